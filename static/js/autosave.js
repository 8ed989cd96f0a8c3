// Saves form[data-autosave] while it is being filled in. Answer of the server: {saved_at, version, problems: {field: sentence},
// shown?: {id: HTML}, told?: sentence}.

const PAUSE_MS = 1200;
const FIRST_RETRY_MS = 3000;
const LAST_RETRY_MS = 30000;
const ANSWER_WITHIN_MS = 30000;
const STAY = "Belum tersimpan karena server tidak terjangkau. Tetaplah di halaman ini; isian Anda dikirim begitu tersambung.";

// What the page shows of the whole is drawn by the server, as when the page is loaded.
function redraw(id, html) {
  const place = document.getElementById(id);
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  if (!place || place.innerHTML.trim() === fresh.innerHTML) return;
  const usable = () => [...place.querySelectorAll("a, summary, [tabindex]")];
  const focused = usable().indexOf(document.activeElement);
  const opened = [...place.querySelectorAll("details")].map((details) => details.open);
  const scrolled = [...place.querySelectorAll("[tabindex]")].map((box) => box.scrollLeft);
  place.replaceChildren(fresh.content);
  place.querySelectorAll("details").forEach((details, number) => (details.open = opened[number] ?? details.open));
  place.querySelectorAll("[tabindex]").forEach((box, number) => (box.scrollLeft = scrolled[number] ?? 0));
  if (focused >= 0) usable()[focused]?.focus({ preventScroll: true });
}

// Told once, when it has become another than the one this page told before.
function tell(sentence) {
  const place = document.querySelector("[data-told]");
  if (!place || !sentence || place.dataset.told === sentence) return;
  place.dataset.told = sentence;
  document.dispatchEvent(new CustomEvent("kbk:announce", { detail: sentence }));
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-save-status]");
    this.retryAfter = FIRST_RETRY_MS;
    form.addEventListener("input", () => this.change());
    form.addEventListener("change", () => this.change());
    form.addEventListener("submit", (event) => this.beforeSubmit(event));
    addEventListener("online", () => this.dirty && this.save());
    document.addEventListener("kbk:locking", (event) => event.detail.push(this.flush()));
    document.addEventListener("kbk:unlocked", () => this.unlocked());
    document.addEventListener("visibilitychange", () => document.hidden && this.dirty && this.save());
  }

  change() {
    this.dirty = true;
    this.typedSince = true;
    this.retrying = false;
    if (this.refused) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE_MS);
  }

  async beforeSubmit(event) {
    clearTimeout(this.timer);
    // Without a network the browser would put a page of its own in the place of this one.
    const unreachable = !this.refused && (this.lost || !navigator.onLine);
    // A save under way changes the version the form carries, so the sending waits for it.
    if (this.sure || event.defaultPrevented || !(this.underway || unreachable)) return;
    event.preventDefault();
    await this.underway;
    if (unreachable) {
      this.save();
      await this.underway;
      if (this.lost) return this.say("retrying", STAY);
    }
    clearTimeout(this.timer);
    this.dirty = false;
    this.sure = true;
    this.form.requestSubmit(event.submitter);
    this.sure = false;
  }

  save() {
    clearTimeout(this.timer);
    if (this.underway || this.refused || this.form.dataset.sending) return;
    // An answer that got lost leaves open whether the server has taken what was sent: the same is sent once more, so
    // that the version becomes known, and then what was typed since. Otherwise one would be in conflict with oneself.
    this.dirty = Boolean(this.lost && this.typedSince);
    const body = this.lost ?? this.typed();
    this.typedSince = false;
    this.say("saving", "Menyimpan …");
    this.underway = this.post(body).finally(() => {
      this.underway = null;
      if (!this.dirty || this.refused) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), this.lost ? this.retryAfter : PAUSE_MS);
    });
  }

  async flush() {
    await this.underway;
    if (this.dirty) this.save();
    await this.underway;
  }

  typed() {
    const body = new FormData(this.form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    return body;
  }

  async post(body) {
    const retrying = this.retrying;
    this.retrying = false;
    let response;
    try {
      response = await fetch(this.form.dataset.autosave || this.form.action, {
        method: "POST",
        body,
        headers: { "X-Requested-With": "fetch", Accept: "application/json", ...(retrying && { "X-Retry": "1" }) },
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
    } catch {
      return this.retry(body);
    }
    const answer = await response.json().catch(() => null);
    if (response.status >= 500 || response.status === 429 || !answer) return this.retry(body);
    // A locked server has not looked at what was sent, so an answer lost before stays lost.
    this.lost = response.status === 423 ? body : null;
    if (response.ok) return this.saved(answer);
    // What the person can put right, such as a text that is too long, is sent again after the next change.
    this.refused = response.status !== 400;
    this.dirty ||= this.refused;
    if (response.status === 423) return this.locked(answer.message);
    if (response.status === 401) return this.askToSignIn(answer.message);
    return this.say("refused", answer.message || "Tidak dapat disimpan. Salin isian Anda, lalu muat ulang halaman.");
  }

  saved(answer) {
    this.retryAfter = FIRST_RETRY_MS;
    const version = this.form.elements.namedItem("version");
    if (version && answer.version !== undefined) version.value = answer.version;
    for (const [id, html] of Object.entries(answer.shown ?? {})) redraw(id, html);
    tell(answer.told);
    const problems = answer.problems ?? {};
    // What was refused is only in the form: it is not whole on the server, so it stays guarded and kept.
    const whole = Object.keys(problems).length === 0;
    this.show(problems);
    // What was typed meanwhile follows at once; until then nobody is told that all is saved.
    if (this.dirty) return;
    if (whole) this.say("saved", `Tersimpan ${answer.saved_at}`);
    else this.say("incomplete", "Belum semua tersimpan; perbaiki isian bertanda merah");
    this.form.dispatchEvent(new CustomEvent("kbk:saved", { detail: { whole } }));
  }

  retry(body) {
    this.lost = body;
    this.dirty = true;
    this.retrying = true;
    this.retryAfter = Math.min(this.retryAfter * 2, LAST_RETRY_MS);
    this.say("retrying", "Belum tersimpan, mencoba lagi");
  }

  // A page left alone (see lock.js): what was typed waits in it until the password is typed.
  locked(words) {
    this.isLocked = true;
    this.say("retrying", words);
    document.dispatchEvent(new Event("kbk:locked"));
  }

  unlocked() {
    if (!this.isLocked) return;
    this.isLocked = this.refused = false;
    this.save();
  }

  // What was typed is kept by keep.js and offered when the person comes back to this page.
  askToSignIn(words) {
    this.say("refused", `${words} Isian Anda tersimpan di peramban ini. `);
    if (!this.status) return;
    const link = document.createElement("a");
    link.href = `/masuk?lanjut=${encodeURIComponent(location.pathname + location.search)}`;
    link.textContent = "Masuk lagi";
    link.addEventListener("click", () => (this.form.dataset.sending = "yes"));
    this.status.append(link);
  }

  show(problems) {
    for (const old of this.form.querySelectorAll("[data-problem]")) old.remove();
    for (const field of this.form.querySelectorAll("[data-problem-of]")) {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("data-problem-of");
    }
    for (const [name, sentence] of Object.entries(problems)) {
      const found = this.form.elements.namedItem(name);
      const field = found instanceof RadioNodeList ? found[0] : found;
      if (!field) continue;
      const line = document.createElement("p");
      line.className = "field-error";
      line.dataset.problem = name;
      line.id = `${field.id || name}-problem`;
      line.textContent = sentence;
      (field.closest(".field") ?? field.parentElement).append(line);
      field.dataset.problemOf = name;
      field.setAttribute("aria-invalid", "true");
      const described = new Set((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
      field.setAttribute("aria-describedby", [...described.add(line.id)].join(" "));
    }
  }

  say(state, words) {
    if (!this.status) return;
    this.status.dataset.state = state;
    this.status.textContent = words;
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
