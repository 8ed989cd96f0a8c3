// Copy buttons: data-copy="#id" names the field whose text is copied.

async function copy(field) {
  if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(field.value);
  // Plain http in an office network has no clipboard interface.
  field.focus();
  field.select();
  if (!document.execCommand("copy")) throw new Error("refused");
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.querySelector(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    let words = "Tersalin.";
    try {
      await copy(field);
    } catch {
      field.select();
      words = "Teks sudah dipilih. Tekan Ctrl+C untuk menyalin.";
    }
    document.dispatchEvent(new CustomEvent("kbk:announce", { detail: words }));
  });
}
