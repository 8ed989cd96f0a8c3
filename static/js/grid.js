// Turns textarea[data-grid] into a table to type in and to paste into from Excel. The textarea stays the form's field and
// always holds the text, so a plain form post works; without this file the textarea itself is used. Also marks the cell
// that the server's drawing in #gambar tells to be wrong, and sends the form when select[data-reloads] changes.
import { button, element, Sheet } from "./grid-sheet.js";
import { oneLine, readPasted, Table } from "./grid-table.js";

const MOST_LINES = 300;
// More fields than these take an old computer's breath away, even when somebody asks for them.
const MOST_CELLS = 12_000;
const MOVES = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };

class Grid {
  constructor(area) {
    this.area = area;
    this.fixed = JSON.parse(area.dataset.grid);
    this.further = area.dataset.gridFurther ? JSON.parse(area.dataset.gridFurther) : null;
    const label = area.labels[0];
    if (label) label.id ||= `${area.id}-label`;
    this.sheet = new Sheet(area.id, { "aria-labelledby": label?.id, "aria-describedby": area.getAttribute("aria-describedby") ?? undefined });
    this.build();
    this.listen(label);
    this.read();
  }

  build() {
    const small = { class: "button button-quiet button-small" };
    this.scroll = element("div", { class: "grid-scroll" }, this.sheet.table);
    this.told = element("p", { class: "grid-told", role: "status" });
    this.undoer = button("arrow-counterclockwise", { ...small, hidden: "" }, "Batalkan");
    this.adders = [button("plus-lg", { ...small, "data-add": "row" }, "Tambah baris")];
    if (this.further) this.adders.push(button("plus-lg", { ...small, "data-add": "column" }, "Tambah kolom"));
    this.copier = button("copy", small, "Salin tabel");
    this.switcher = button("arrows", small, "");
    this.box = element(
      "div",
      { class: "grid" },
      this.scroll,
      element("div", { class: "grid-bar" }, ...this.adders, this.copier, this.switcher),
      element("div", { class: "grid-news" }, this.told, this.undoer),
    );
    this.area.after(this.box);
  }

  listen(label) {
    const { table } = this.sheet;
    table.addEventListener("input", (event) => this.type(event));
    // The form has heard of it by the input.
    table.addEventListener("change", (event) => event.stopPropagation());
    table.addEventListener("keydown", (event) => this.press(event));
    table.addEventListener("paste", (event) => this.paste(event));
    table.addEventListener("click", (event) => this.remove(event.target.closest("[data-remove]")));
    table.addEventListener("focusin", ({ target }) => target.matches("tbody .grid-field") && (this.active = target));
    this.adders[0].addEventListener("click", () => this.addRow());
    this.adders[1]?.addEventListener("click", () => this.addColumn());
    this.copier.addEventListener("click", () => this.copy());
    this.switcher.addEventListener("click", () => this.toggle());
    this.undoer.addEventListener("click", () => this.undo());
    label?.addEventListener("click", () => this.asText || this.go(0, 0));
    this.area.addEventListener("kbk:restored", () => this.read());
    // What is written as text cannot be taken back cell by cell.
    this.area.addEventListener("input", (event) => event.isTrusted && this.forget());
    // Browsers put back what was typed when one returns to a page.
    addEventListener("pageshow", () => this.asText || this.area.value === this.written || this.read());
  }

  // ---- the text and the table

  read() {
    this.written = this.area.value;
    this.data = new Table(this.written, this.fixed, this.further);
    this.forget();
    const long = this.data.length > MOST_LINES || this.isHuge;
    this.say(long ? `Tabel ini besar (${this.size}), karena itu ditampilkan sebagai teks.` : "");
    this.show(long || Boolean(this.asText));
  }

  get size() {
    return `${this.data.length} baris, ${this.data.headings.length} kolom`;
  }

  get isHuge() {
    return this.data.rows.length * this.data.headings.length > MOST_CELLS;
  }

  show(asText) {
    this.asText = asText;
    for (const part of [this.scroll, ...this.adders, this.copier]) part.hidden = asText;
    this.area.hidden = !asText;
    this.switcher.lastChild.textContent = asText ? "Tampilkan sebagai tabel" : "Tulis sebagai teks";
    if (asText) this.sheet.table.replaceChildren();
    else this.draw();
  }

  draw() {
    this.sheet.draw(this.data.columns, this.data.rows);
    this.mark();
  }

  tell() {
    this.written = this.area.value = this.data.text;
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  say(words) {
    this.told.textContent = words;
  }

  mark() {
    if (!this.asText) this.sheet.mark(document.querySelector("#gambar [data-fault]"));
  }

  toggle() {
    if (!this.asText) {
      this.show(true);
      this.say("Baris pertama berisi judul kolom; isi sel dipisahkan oleh tab.");
      return this.area.focus();
    }
    if (this.area.value !== this.written) this.read();
    if (this.isHuge) return this.say(`Tabel ini terlalu besar (${this.size}) untuk ditampilkan sebagai tabel. Ubahlah teksnya.`);
    this.say("");
    this.show(false);
    return this.go(0, 0);
  }

  async copy() {
    const { text } = this.data;
    try {
      if (navigator.clipboard && isSecureContext) await navigator.clipboard.writeText(text);
      else this.copyFrom(text);
      this.say("Tabel tersalin, lengkap dengan judulnya. Tempelkan di Excel atau Word.");
    } catch {
      this.say("Peramban tidak mengizinkan penyalinan. Pilih “Tulis sebagai teks”, lalu salin teksnya.");
    }
  }

  // Plain http in an office network has no clipboard interface.
  copyFrom(text) {
    const place = element("textarea", { class: "visually-hidden" });
    place.value = text;
    this.box.append(place);
    place.select();
    const copied = document.execCommand("copy");
    place.remove();
    this.copier.focus();
    if (!copied) throw new Error("refused");
  }

  // ---- typing and moving

  type(event) {
    event.stopPropagation();
    const field = event.target;
    const { row, column } = this.sheet.place(field);
    const { headings, rows } = this.data;
    if (/[\t\r\n]/.test(field.value)) field.value = oneLine(field.value);
    this.sheet.show(field);
    if (row < 0) {
      headings[column] = field.value;
      this.sheet.rename(column, field.value);
    } else {
      rows[row][column] = field.value;
      this.data.complete();
      if (rows.length > this.sheet.body.rows.length) this.sheet.insert(rows.at(-1), rows.length - 1);
    }
    this.tell();
  }

  press(event) {
    const field = event.target;
    const { key } = event;
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const isField = field.matches(".grid-field");
    let { row, column } = this.sheet.place(field);
    if (key === "Enter" ? isField : key in MOVES && !event.shiftKey) {
      event.preventDefault();
      row += event.shiftKey ? -1 : MOVES[key];
    } else if (key === "ArrowLeft" || key === "ArrowRight") {
      const forward = key === "ArrowRight";
      const { selectionStart: start, selectionEnd: end, value } = field;
      const all = start === 0 && end === value.length;
      if (event.shiftKey || (isField && !all && (start !== end || end !== (forward ? value.length : 0)))) return;
      column += forward ? 1 : -1;
      if (this.sheet.at(row, column)) event.preventDefault();
    } else return;
    this.go(row, column);
  }

  go(row, column) {
    const field = this.sheet.at(row, column);
    field?.focus();
    // As in Excel, what is typed next replaces the cell; on a phone handles for the selection would cover it.
    if (matchMedia("(pointer: fine)").matches) field?.select?.();
    else field?.setSelectionRange?.(field.value.length, field.value.length);
  }

  // ---- lines and columns

  // Below the line where one was, or the blank one that is there already.
  addRow() {
    const last = this.data.length;
    const here = this.active?.isConnected ? this.sheet.place(this.active).row : last;
    const index = Math.min(here + 1, last);
    if (!this.data.isBlank(index)) {
      this.did(`Baris ${index + 1} ditambahkan.`, this.data.addRow(index));
      this.sheet.insert(this.data.rows[index], index);
      this.tell();
    }
    this.go(index, 0);
  }

  addColumn() {
    const index = this.data.headings.length;
    this.did(`Kolom ${index + 1} ditambahkan.`, this.data.addColumn());
    this.changed(-1, index);
  }

  // After a change of many cells; the focus goes to one of them.
  changed(row, column) {
    const before = this.sheet.body?.rows.length ?? 0;
    this.data.complete();
    this.tell();
    if (this.isHuge || (this.data.length > MOST_LINES && before <= MOST_LINES + 1)) {
      this.show(true);
      this.say(`${this.told.textContent} Tabel kini besar (${this.size}), karena itu ditampilkan sebagai teks.`);
    } else {
      this.show(false);
      this.go(row, column);
    }
  }

  remove(pressed) {
    if (!pressed) return;
    const { row, column } = this.sheet.place(pressed);
    if (pressed.dataset.remove === "row") this.removeRow(row);
    else this.removeColumn(column);
  }

  removeRow(index) {
    this.did(`Baris ${index + 1} dihapus.`, this.data.removeRow(index));
    this.sheet.remove(index);
    this.tell();
    const end = this.data.headings.length;
    (this.sheet.at(index, end) ?? this.sheet.at(index - 1, end) ?? this.adders[0]).focus();
  }

  removeColumn(index) {
    const heading = this.data.headings[index].trim();
    this.did(`Kolom “${heading || index + 1}” dihapus.`, this.data.removeColumn(index));
    this.changed(0, Math.min(index, this.data.headings.length - 1));
  }

  did(words, takeBack) {
    this.steps.push(takeBack);
    this.undoer.hidden = false;
    this.say(words);
  }

  forget() {
    this.steps = [];
    this.undoer.hidden = true;
  }

  undo() {
    const [row, column] = this.steps.pop()();
    this.undoer.hidden = this.steps.length === 0;
    this.say("Dibatalkan.");
    this.changed(row, column);
  }

  // ---- pasting

  paste(event) {
    const field = event.target;
    let block = readPasted(event.clipboardData);
    if (!block.length || !field.matches(".grid-field")) return;
    event.preventDefault();
    // One cell goes into the text that is there, as anywhere else, and the browser can undo it.
    if (block.length === 1 && block[0].length === 1) return document.execCommand("insertText", false, block[0][0]);
    let { row, column } = this.sheet.place(field);
    // A table copied with its headings goes below the same headings, wherever the caret stands.
    if (this.data.repeatsFixed(block[0])) column = 0;
    const { length: most } = this.data.headings;
    const width = column + block[0].length;
    if (width > most && !this.further) {
      return this.say(
        `Tidak ditempel: tabel ini mempunyai ${most} kolom, sedangkan yang disalin memerlukan ${width} kolom bila ` +
          `dimulai dari kolom ${column + 1}. Salin kolom yang diperlukan saja.`,
      );
    }
    const named = this.data.isHead(block, row, column);
    const head = named ? block[0] : [];
    if (named) block = block.slice(1);
    const told = [block.length && `${block.length} baris ditempel.`, named && "Baris pertama dibaca sebagai judul kolom."];
    this.did(told.filter(Boolean).join(" "), this.data.fill(block, head, Math.max(row, 0), column));
    return this.changed(row, column);
  }
}

for (const area of document.querySelectorAll("textarea[data-grid]")) {
  const grid = new Grid(area);
  area.form?.addEventListener("kbk:saved", () => grid.mark());
}

for (const select of document.querySelectorAll("form select[data-reloads]")) {
  const { form, value } = select;
  let owed = false;
  // After the form's other scripts have heard of it.
  const send = () =>
    setTimeout(() => {
      owed = true;
      form.requestSubmit();
    });
  select.addEventListener("change", send);
  select.addEventListener("kbk:restored", () => select.value === value || send());
  // Without a network the page stays (see autosave.js); the other columns come with the next save.
  form.addEventListener("kbk:saved", () => {
    if (owed) form.requestSubmit();
    owed = false;
  });
}
