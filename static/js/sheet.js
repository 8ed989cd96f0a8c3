// The score sheet: whole marks to tap on, and a button that adds the scale's step.

function typed(field) {
  const value = Number(field.value.trim().replace(",", "."));
  return field.value.trim() && Number.isFinite(value) ? value : null;
}

function put(field, text) {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

for (const box of document.querySelectorAll("[data-quick-marks]")) {
  const field = document.getElementById(box.dataset.quickMarks);
  const show = () => {
    const whole = typed(field) === null ? null : Math.floor(typed(field));
    for (const button of box.children) button.setAttribute("aria-pressed", String(whole === Number(button.value)));
  };
  box.hidden = false;
  show();
  field.addEventListener("input", show);
  field.addEventListener("kbk:restored", show);
  box.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) put(field, button.value);
  });
}

for (const button of document.querySelectorAll("[data-add-to]")) {
  const field = document.getElementById(button.dataset.addTo);
  button.hidden = false;
  button.addEventListener("click", () => {
    const sum = (typed(field) ?? 0) + Number(button.dataset.add.replace(",", "."));
    // Scales have at most six decimals; rounding there takes away what binary fractions add.
    put(field, String(Math.round(sum * 1e6) / 1e6).replace(".", ","));
  });
}

// The calculation stays unfolded when it is refreshed.
let unfolded = false;
document.addEventListener("htmx:beforeSwap", (event) => {
  unfolded = event.target.querySelector("details")?.open ?? false;
});
document.addEventListener("htmx:afterSwap", () => {
  const calculation = document.querySelector("#hitungan details");
  if (calculation) calculation.open = unfolded;
});
