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

// Files chosen together travel in one request, which has the same limit as one file.
function together(input) {
  return [...input.files].reduce((sum, file) => sum + file.size, 0);
}

function problem(input) {
  const limit = Number(input.dataset.maxBytes);
  const [large] = tooLarge(input);
  if (large) return `“${large.name}” berukuran ${size(large.size)}, lebih besar dari batas ${size(limit)}. Pilih berkas lain atau perkecil lebih dahulu.`;
  if (limit && together(input) > limit) return `${input.files.length} berkas ini bersama-sama ${size(together(input))}, lebih besar dari batas ${size(limit)}. Unggah sebagian dahulu.`;
  return "";
}

function describe(input) {
  const info = input.closest(".field")?.querySelector("[data-file-info]");
  if (!info) return;
  const refused = problem(input);
  info.hidden = input.files.length === 0;
  info.classList.toggle("is-too-large", refused !== "");
  input.toggleAttribute("aria-invalid", refused !== "");
  info.setAttribute("role", "status");
  info.textContent = refused || [...input.files].map((file) => `${file.name} (${size(file.size)})`).join(", ");
}

function tellOfSending(input) {
  const info = input.closest(".field")?.querySelector("[data-file-info]");
  if (info && input.files.length) info.textContent = `Mengunggah ${size(together(input))} … Tetaplah di halaman ini sampai selesai.`;
}

for (const input of document.querySelectorAll("input[type=file]")) {
  input.addEventListener("change", () => describe(input));
  addEventListener("pageshow", (event) => event.persisted && describe(input));
}

addEventListener("submit", (event) => {
  if (!event.defaultPrevented) event.target.querySelectorAll("input[type=file]").forEach(tellOfSending);
});

document.addEventListener(
  "submit",
  (event) => {
    const refused = [...event.target.querySelectorAll("input[type=file]")].find((input) => problem(input));
    if (!refused) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    refused.focus();
  },
  true,
);
