// Questions before actions that cannot be undone, spoken announcements, and menus that close by themselves.

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function ask({ title, question, action, danger }) {
  return new Promise((resolve) => {
    const dialog = element("dialog", "dialog");
    const heading = element("h2", "", title);
    heading.id = "dialog-title";
    dialog.setAttribute("aria-labelledby", heading.id);
    const form = element("form", "dialog-actions");
    form.method = "dialog";
    const cancel = element("button", "button button-quiet", "Batal");
    cancel.value = "";
    const confirm = element("button", `button button-${danger ? "danger" : "primary"}`, action);
    confirm.value = "yes";
    form.append(cancel, confirm);
    dialog.append(heading, element("p", "", question), form);
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
    cancel.focus();
  });
}

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    const asker = event.submitter?.dataset.confirm ? event.submitter : form;
    if (!asker.dataset.confirm || form.dataset.confirmed) {
      delete form.dataset.confirmed;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = event.submitter;
    const agreed = await ask({
      title: asker.dataset.confirmTitle || "Lanjutkan?",
      question: asker.dataset.confirm,
      action: asker.dataset.confirmAction || submitter?.textContent.trim() || "Lanjutkan",
      danger: asker.dataset.confirmTone === "danger",
    });
    if (!agreed) {
      submitter?.focus();
      return;
    }
    form.dataset.confirmed = "yes";
    form.requestSubmit(submitter);
  },
  true,
);

let silence;
document.addEventListener("kbk:announce", (event) => {
  const announcer = document.querySelector("[data-announcer]");
  announcer.textContent = event.detail;
  clearTimeout(silence);
  silence = setTimeout(() => (announcer.textContent = ""), 4000);
});

const MENUS = ".usermenu[open], .more-menu[open]";
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(MENUS)) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(MENUS)) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
