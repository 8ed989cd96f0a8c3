// Hides a judge's marks when nobody has touched the page for a while, also without a network, until the password is
// typed. The server locks by itself (see kbk/web/access.py) and is told of touches, so that reading is no absence.

const TELL_EVERY_MS = 60_000;
const TOUCHES = ["pointerdown", "keydown", "wheel", "touchmove"];

const box = document.querySelector("[data-lock]");
const form = box.querySelector("form");
const password = form.elements.namedItem("password");
const words = box.querySelector("[data-lock-words]");
const lockAfter = Number(box.dataset.lock) * 1000;

let touched = Date.now();
let told = touched;
let left = { focus: null, scroll: 0 };

function lock() {
  if (!box.hidden) return;
  left = { focus: document.activeElement, scroll: scrollY };
  for (const field of document.querySelectorAll("input[type=password]")) field.value = "";
  words.textContent = "";
  box.hidden = false;
  document.body.classList.add("is-locked");
  password.focus();
}

function unlock() {
  box.hidden = true;
  document.body.classList.remove("is-locked");
  password.value = "";
  touched = told = Date.now();
  scrollTo({ top: left.scroll, behavior: "instant" });
  left.focus?.focus({ preventScroll: true });
  document.dispatchEvent(new Event("kbk:unlocked"));
}

function check() {
  if (Date.now() - touched >= lockAfter) lock();
}

async function tell() {
  told = Date.now();
  const answer = await fetch(box.dataset.ask, { method: "HEAD", headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (answer?.status === 423) lock();
}

function touch() {
  check();
  if (!box.hidden) return;
  touched = Date.now();
  if (touched - told >= TELL_EVERY_MS) tell();
}

function refuse(sentence) {
  words.textContent = sentence;
  password.select();
  password.focus();
}

function askToSignIn(sentence) {
  const link = document.createElement("a");
  link.href = `/masuk?lanjut=${encodeURIComponent(location.pathname + location.search)}`;
  link.textContent = "Masuk lagi";
  words.replaceChildren(`${sentence} Isian Anda tersimpan di peramban ini. `, link);
}

async function ask() {
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } });
  } catch {
    return refuse("Belum ada sambungan ke server. Isian Anda aman; coba lagi begitu tersambung.");
  }
  if (answer.ok) return unlock();
  const { message } = await answer.json().catch(() => ({}));
  if (answer.status === 401) return askToSignIn(message);
  return refuse(message ?? "Server belum dapat menjawab. Coba lagi sebentar lagi.");
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  await ask();
  delete form.dataset.sending;
});

for (const kind of TOUCHES) addEventListener(kind, touch, { capture: true, passive: true });
// A tablet that slept runs no timers: it is looked at anew when it wakes.
for (const kind of ["pageshow", "focus", "visibilitychange"]) addEventListener(kind, check, { capture: true });
setInterval(check, 5_000);
document.addEventListener("kbk:locked", lock);
