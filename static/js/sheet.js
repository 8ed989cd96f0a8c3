// The score sheet: whole marks to tap on, a button that adds the scale's step, and the way to the next blank criterion.

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
  box.parentElement.classList.add("has-quick-marks");
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

const jump = document.querySelector("[data-next-blank]");
if (jump) {
  const form = jump.closest("form");
  const criteria = [...form.querySelectorAll(".criterion")];
  const fields = (criterion) => [...criterion.querySelectorAll(".mark-input, input[type=radio]")];
  const isBlank = (criterion) => fields(criterion).every((field) => (field.type === "radio" ? !field.checked : !field.value.trim()));
  let last = -1;
  const show = () => {
    const next = [...criteria.slice(last + 1), ...criteria.slice(0, last + 1)].find(isBlank);
    jump.hidden = !next;
    if (!next) return;
    jump.href = `#${next.id}`;
    jump.querySelector("[data-next-number]").textContent = `Nomor ${criteria.indexOf(next) + 1}`;
  };
  form.addEventListener("input", (event) => {
    const criterion = event.target.closest(".criterion");
    if (criterion) last = criteria.indexOf(criterion);
    show();
  });
  jump.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(jump.href);
    // Where there is a keyboard typing goes on at once; on a tablet it would open one over the marks to tap on.
    if (matchMedia("(pointer: fine)").matches) fields(document.querySelector(jump.hash))[0].focus({ preventScroll: true });
  });
  show();
}

// A locked page asks for nothing that a locked server would refuse; it asks once it is unlocked.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.body.classList.contains("is-locked")) event.preventDefault();
});

// The calculation stays unfolded when it is refreshed.
let unfolded = false;
document.addEventListener("htmx:beforeSwap", (event) => {
  unfolded = event.target.querySelector("details")?.open ?? false;
});
document.addEventListener("htmx:afterSwap", () => {
  const calculation = document.querySelector("#hitungan details");
  if (calculation) calculation.open = unfolded;
});
