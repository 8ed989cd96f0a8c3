// No form is sent twice by a double click, none is left with unsaved typing unasked, and errors get the focus.

const changed = new WeakSet();

for (const form of document.querySelectorAll("form[data-guard]")) {
  form.addEventListener("input", () => changed.add(form));
  form.addEventListener("kbk:saved", (event) => event.detail.whole && changed.delete(form));
}

addEventListener("beforeunload", (event) => {
  const forms = [...document.querySelectorAll("form[data-guard]")];
  if (forms.some((form) => changed.has(form) && !form.dataset.sending)) event.preventDefault();
});

function release(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  // A download leaves the page where it is, so the form must become usable again. Files take their time: pressing once
  // more would send them from the beginning.
  if (form.enctype !== "multipart/form-data") setTimeout(() => release(form), 8000);
});

addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sending]").forEach(release);
});

const wanted = document.querySelector("[data-focus]");
wanted?.focus();
// An address that names a part of the page takes the focus away again when the page is loaded.
addEventListener("load", () => document.activeElement === document.body && wanted?.focus({ preventScroll: true }));
