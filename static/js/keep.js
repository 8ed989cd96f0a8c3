// Keeps what is typed in form[data-keep] in this browser until the server has it, and offers it again after a mishap.

const PREFIX = "kbk:keep:";
const SENT = "kbk:sent";
const SPRITE = document.body.dataset.icons;
const KEPT_FOR_MS = 30 * 24 * 3600 * 1000;

function storage(area) {
  try {
    area.setItem("kbk:test", "1");
    area.removeItem("kbk:test");
    return area;
  } catch {
    return null;
  }
}

function typedFields(form) {
  return [...form.elements].filter(
    (field) => field.name && !field.closest("[data-keep-not]") && !["hidden", "password", "file", "submit", "button"].includes(field.type),
  );
}

function read(form) {
  return typedFields(form)
    .filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
    .flatMap((field) =>
      field.type === "select-multiple"
        ? [...field.selectedOptions].map((option) => [field.name, option.value])
        : [[field.name, field.value.replace(/\r\n/g, "\n")]],
    );
}

function write(form, pairs) {
  const wanted = new Map();
  for (const [name, value] of pairs) wanted.set(name, [...(wanted.get(name) ?? []), value]);
  for (const field of typedFields(form)) {
    const values = wanted.get(field.name) ?? [];
    if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
    else if (field.type === "select-multiple") {
      for (const option of field.options) option.selected = values.includes(option.value);
    } else if (values.length) field.value = values.shift();
    field.dispatchEvent(new Event("kbk:restored"));
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function warningIcon() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${SPRITE}#exclamation-triangle-fill`);
  svg.append(use);
  return svg;
}

function offer(form, kept, drop) {
  const box = document.createElement("div");
  box.className = "callout callout-warning restore-offer";
  box.setAttribute("role", "status");
  const body = document.createElement("div");
  body.className = "callout-body";
  const words = document.createElement("p");
  const when = new Date(kept.at).toLocaleString("id-ID", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
  words.textContent = `Ada isian dari ${when} yang belum tersimpan di server.`;
  const actions = document.createElement("p");
  actions.className = "callout-actions";
  for (const [label, variant, act] of [
    ["Pulihkan isian", "secondary", () => write(form, kept.fields)],
    ["Buang", "quiet", drop],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `button button-${variant} button-small`;
    button.textContent = label;
    button.addEventListener("click", () => {
      box.remove();
      act();
    });
    actions.append(button);
  }
  body.append(words, actions);
  box.append(warningIcon(), body);
  form.prepend(box);
}

function settleSentForms(local, tab) {
  const sent = JSON.parse(tab.getItem(SENT) ?? "[]");
  tab.removeItem(SENT);
  // Only a page that tells what was done follows a form that the server has taken. After a lost network or a server
  // that was away any page may come next; an error page or a sign-in page may still tell of something before.
  const told = document.querySelector(".flashes");
  if (!told || document.querySelector("[data-failed], [data-sign-in]")) return;
  for (const key of sent) {
    const form = document.querySelector(`form[data-keep="${CSS.escape(key)}"]`);
    if (!form?.querySelector(".error-summary")) local.removeItem(PREFIX + key);
  }
}

function watch(form, local, tab) {
  const key = form.dataset.keep;
  const drop = () => local.removeItem(PREFIX + key);
  const kept = JSON.parse(local.getItem(PREFIX + key) ?? "null");
  if (kept && Date.now() - kept.at > KEPT_FOR_MS) drop();
  else if (kept && JSON.stringify(kept.fields) !== JSON.stringify(read(form))) offer(form, kept, drop);

  let timer;
  const save = () => {
    clearTimeout(timer);
    try {
      local.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), fields: read(form) }));
    } catch {
      // A full store must not disturb typing.
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 400);
  });
  form.addEventListener("kbk:saved", (event) => {
    if (!event.detail.whole) return;
    clearTimeout(timer);
    drop();
  });
  // On the window, where it is known whether another script keeps the form here.
  addEventListener("submit", (event) => {
    if (event.target !== form || event.defaultPrevented) return;
    save();
    tab.setItem(SENT, JSON.stringify([...JSON.parse(tab.getItem(SENT) ?? "[]"), key]));
  });
}

const local = storage(localStorage);
const tab = storage(sessionStorage);
if (local && tab) {
  settleSentForms(local, tab);
  for (const form of document.querySelectorAll("form[data-keep]")) watch(form, local, tab);
}
