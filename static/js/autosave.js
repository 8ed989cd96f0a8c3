// Saves form[data-autosave] while it is being filled in. Answer of the server: {saved_at, version, problems: {field: sentence}, state?: HTML}.

const PAUSE_MS = 1200;
const FIRST_RETRY_MS = 3000;
const LAST_RETRY_MS = 30000;
const ANSWER_WITHIN_MS = 20000;

class Autosave {
  constructor(form) {
    this.form = form;
    this.turn = form.elements.namedItem("turn");
    this.status = form.querySelector("[data-save-status]");
    this.retryAfter = FIRST_RETRY_MS;
    form.addEventListener("input", () => this.change());
    form.addEventListener("change", () => this.change());
    form.addEventListener("submit", (event) => this.beforeSubmit(event));
    addEventListener("online", () => this.dirty && this.save());
    document.addEventListener("kbk:unlocked", () => this.unlocked());
    document.addEventListener("kbk:locking", (event) => event.detail.push(this.flush()));
    document.addEventListener("visibilitychange", () => document.hidden && this.dirty && this.save());
  }

  change() {
    this.dirty = true;
    this.retrying = false;
    if (this.refused) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE_MS);
  }

  async beforeSubmit(event) {
    clearTimeout(this.timer);
    this.count();
    // A save under way changes the version the form carries, so the sending waits for it.
    if (!this.underway || event.defaultPrevented) return;
    event.preventDefault();
    await this.underway;
    clearTimeout(this.timer);
    this.dirty = false;
    this.form.requestSubmit(event.submitter);
  }

  save() {
    clearTimeout(this.timer);
    if (this.underway || this.refused || this.form.dataset.sending) return;
    this.dirty = false;
    this.say("saving", "Menyimpan …");
    this.underway = this.post().finally(() => {
      this.underway = null;
      if (this.dirty && !this.refused) this.timer = setTimeout(() => this.save(), this.retryAfter);
    });
  }

  // Tells the server which of this page's saves it is, so that one whose answer was lost is no conflict with oneself.
  count() {
    if (this.turn) this.turn.value = String(Number(this.turn.value) + 1);
  }

  async flush() {
    await this.underway;
    if (this.dirty) this.save();
    await this.underway;
  }

  async post() {
    const retrying = this.retrying;
    this.retrying = false;
    this.count();
    const body = new FormData(this.form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    let response;
    try {
      response = await fetch(this.form.dataset.autosave || this.form.action, {
        method: "POST",
        body,
        // A save that is known by its turn may be given up and sent again; others must wait for their answer.
        signal: this.turn ? AbortSignal.timeout(ANSWER_WITHIN_MS) : undefined,
        headers: { "X-Requested-With": "fetch", Accept: "application/json", ...(retrying && { "X-Retry": "1" }) },
      });
    } catch {
      return this.retry();
    }
    const answer = await response.json().catch(() => null);
    if (response.ok && answer) return this.saved(answer);
    if (response.status >= 500 || response.status === 429 || !answer) return this.retry();
    this.refused = true;
    this.dirty = true;
    if (response.status === 423) return this.locked(answer.message);
    if (response.status === 401) return this.askToSignIn(answer.message);
    return this.say("refused", answer.message || "Tidak dapat disimpan. Salin isian Anda, lalu muat ulang halaman.");
  }

  saved(answer) {
    this.retryAfter = FIRST_RETRY_MS;
    const version = this.form.elements.namedItem("version");
    if (version && answer.version !== undefined) version.value = answer.version;
    // What stands beside the title of this part is drawn by the server, as when the page is loaded.
    const state = this.form.closest("section")?.querySelector("[data-saved-state]");
    if (state && answer.state) state.innerHTML = answer.state;
    const problems = answer.problems ?? {};
    // What was refused is only in the form: it is not whole on the server, so it stays guarded and kept.
    const whole = Object.keys(problems).length === 0;
    this.show(problems);
    if (whole) this.say("saved", `Tersimpan ${answer.saved_at}`);
    else this.say("incomplete", "Belum semua tersimpan; perbaiki isian bertanda merah");
    if (!this.dirty) this.form.dispatchEvent(new CustomEvent("kbk:saved", { detail: { whole } }));
  }

  retry() {
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
