// Chosen files show name and size; one that is too large is refused before it travels.

const UNITS = ["B", "KB", "MB", "GB"];

function size(bytes) {
  let unit = 0;
  for (; bytes >= 1024 && unit < UNITS.length - 1; unit += 1) bytes /= 1024;
  return `${bytes.toLocaleString("id-ID", { maximumFractionDigits: 1 })} ${UNITS[unit]}`;
}

function tooLarge(input) {
  const limit = Number(input.dataset.maxBytes);
  return limit ? [...input.files].filter((file) => file.size > limit) : [];
}

function describe(input) {
  const info = input.closest(".field")?.querySelector("[data-file-info]");
  if (!info) return;
  const large = tooLarge(input);
  info.hidden = input.files.length === 0;
  info.classList.toggle("is-too-large", large.length > 0);
  input.toggleAttribute("aria-invalid", large.length > 0);
  info.setAttribute("role", "status");
  info.textContent = large.length
    ? `“${large[0].name}” berukuran ${size(large[0].size)}, lebih besar dari batas ${size(Number(input.dataset.maxBytes))}. Pilih berkas lain atau perkecil lebih dahulu.`
    : [...input.files].map((file) => `${file.name} (${size(file.size)})`).join(", ");
}

for (const input of document.querySelectorAll("input[type=file]")) {
  input.addEventListener("change", () => describe(input));
}

document.addEventListener(
  "submit",
  (event) => {
    const refused = [...event.target.querySelectorAll("input[type=file]")].find((input) => tooLarge(input).length);
    if (!refused) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    refused.focus();
  },
  true,
);
