// The score sheet: marks to tap on, and the document part shown first where the address asks for it.

function typed(field) {
  const value = Number(field.value.trim().replace(",", "."));
  return field.value.trim() && Number.isFinite(value) ? value : null;
}

function put(field, text) {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function mark(box, field) {
  for (const button of box.querySelectorAll("button[value]")) {
    button.setAttribute("aria-pressed", String(typed(field) !== null && Math.floor(typed(field)) === Number(button.value)));
  }
}

for (const box of document.querySelectorAll("[data-quick-marks]")) {
  const field = document.getElementById(box.dataset.quickMarks);
  box.hidden = false;
  mark(box, field);
  field.addEventListener("input", () => mark(box, field));
  field.addEventListener("kbk:restored", () => mark(box, field));
  box.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (!button.dataset.add) return put(field, button.value);
    // Steps are thousandths at the finest, so a sum of them is exact once it is rounded there.
    const sum = Math.round(((typed(field) ?? 0) + Number(button.dataset.add.replace(",", "."))) * 1000) / 1000;
    put(field, String(sum).replace(".", ","));
  });
}
