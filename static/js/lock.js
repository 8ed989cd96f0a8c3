// Hides a judge's marks when nobody has touched the page for a while, or at once by a button, also without a network,
// until the password is typed. The server locks by itself (see kbk/web/access.py) and is told of touches, so that reading
// is no absence; of the button it is told as soon as there is a network, also by another page of this browser.

const TELL_EVERY_MS = 60_000;
const SAVE_WITHIN_MS = 3_000;
const OWED = "kbk:locked";
const TOUCHES = ["pointerdown", "keydown", "wheel", "touchmove"];

const box = document.querySelector("[data-lock]");
const form = box.querySelector("form");
const password = form.elements.namedItem("password");
const words = box.querySelector("[data-lock-words]");
const lockAfter = Number(box.dataset.lock) * 1000;
const button = document.querySelector("[data-lock-now]");

let touched = Date.now();
let told = touched;
let left = { focus: null, scroll: 0 };
let telling = null;
// Only the page with the button and pages opened later tell: another tab would close the server to what is typed here.
let tells = owed();

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

// Whether the server still has to be told that this session was locked by hand.
function owed() {
  try {
    return localStorage.getItem(OWED) === box.dataset.session;
  } catch {
    return false;
  }
}

function owe(yes) {
  try {
    if (yes) localStorage.setItem(OWED, box.dataset.session);
    else localStorage.removeItem(OWED);
  } catch {
    // Without a store the page is hidden all the same, and the server is told once.
  }
}

async function tellLocked(headers = { "X-Retry": "1" }) {
  // What was typed goes first, because a locked server takes nothing.
  const saves = [];
  document.dispatchEvent(new CustomEvent("kbk:locking", { detail: saves }));
  await Promise.race([Promise.all(saves), new Promise((done) => setTimeout(done, SAVE_WITHIN_MS))]);
  const body = new FormData();
  body.set("csrf_token", form.elements.namedItem("csrf_token").value);
  const answer = await fetch(box.dataset.tell, { method: "POST", body, headers: { "X-Requested-With": "fetch", ...headers } }).catch(() => null);
  // A session that has ended is closed too.
  if (answer?.ok || answer?.status === 401) owe(false);
}

function tellOwed(headers) {
  if (telling || form.dataset.sending) return;
  telling = tellLocked(headers).finally(() => (telling = null));
}

function lockNow() {
  lock();
  owe(true);
  tells = true;
  tellOwed({});
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
  // The word that it is locked must not overtake the password.
  await telling;
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } });
  } catch {
    return refuse("Belum ada sambungan ke server. Isian Anda aman; coba lagi begitu tersambung.");
  }
  if (answer.ok) {
    owe(false);
    return unlock();
  }
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

button.hidden = false;
button.addEventListener("click", lockNow);
addEventListener("storage", (event) => event.key === OWED && owed() && lock());
// The way back may lead to a page that the browser has kept.
addEventListener("pageshow", (event) => event.persisted && tell());
const remind = () => tells && owed() && tellOwed();
addEventListener("online", remind);
setInterval(remind, 5_000);
if (tells) {
  lock();
  tellOwed();
}
