// The table of grid.js as one sees it: a field for each cell, named for screen readers by its heading and its row.

const SPRITE = document.body.dataset.icons;
const FIELD = { class: "grid-field", autocomplete: "off", enterkeyhint: "next" };

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export function button(icon, attributes, label = "") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${SPRITE}#${icon}`);
  svg.append(use);
  return element("button", { type: "button", ...attributes }, svg, label && element("span", {}, label));
}

const remover = (attributes) => button("x-lg", { class: "grid-remove", ...attributes });

export class Sheet {
  // `columns` are {heading, numeric, hint, fixed, surplus}; ids begin with `prefix`.
  constructor(prefix, labels) {
    this.prefix = prefix;
    this.table = element("table", { class: "grid-table", ...labels });
    this.lines = 0;
    this.marked = [];
  }

  get body() {
    return this.table.tBodies[0];
  }

  draw(columns, rows) {
    this.columns = columns;
    this.marked = [];
    const width = ({ numeric, fixed }) => (numeric ? `grid-numeric${fixed ? "" : " grid-named"}` : "grid-words");
    const widths = columns.map((column) => element("col", { class: width(column) }));
    const head = element("tr", {}, element("th", { scope: "col" }, element("span", { class: "visually-hidden" }, "Baris")));
    head.append(...columns.map((column, index) => this.heading(column, index)), element("td"));
    const body = element("tbody");
    body.append(...rows.map((cells) => this.line(cells)));
    this.table.classList.toggle("is-wide", columns.length > 4);
    this.table.replaceChildren(
      element("colgroup", {}, element("col", { class: "grid-number" }), ...widths, element("col", { class: "grid-end" })),
      element("thead", {}, head),
      body,
    );
    this.renumber(0);
  }

  heading(column, index) {
    const id = `${this.prefix}-column-${index}`;
    const cell = element("th", { scope: "col", class: column.numeric ? "number" : undefined });
    if (column.fixed) cell.append(element("span", { id }, column.heading));
    else {
      // The cells' names take the words from here, because a field inside a heading is read in different ways.
      const words = element("span", { id, class: column.surplus ? undefined : "visually-hidden" });
      const title = `Judul kolom ${index + 1}`;
      const field = this.words(column.heading, { placeholder: "Judul", "aria-label": title, "aria-describedby": this.hintId(index) });
      const parts = element("div", { class: "grid-head" }, words, ...(column.surplus ? [] : [field]), remover({ "data-remove": "column" }));
      cell.append(parts);
    }
    if (!column.fixed) this.name(cell, index, column.heading);
    const hint = column.surplus ? "di luar tabel ini" : column.hint;
    // The hint of columns that people add is the same for all of them.
    if (column.surplus || this.hintId(index) === `${id}-hint`) cell.append(element("span", { id: `${id}-hint`, class: "grid-hint" }, hint));
    return cell;
  }

  hintId(index) {
    const { fixed, hint } = this.columns[index];
    const shown = fixed ? index : this.columns.findIndex((column) => !column.fixed);
    return hint ? `${this.prefix}-column-${shown}-hint` : undefined;
  }

  name(cell, index, heading) {
    const words = heading.trim() || `Kolom ${index + 1}`;
    cell.querySelector(`#${CSS.escape(this.prefix)}-column-${index}`).textContent = words;
    cell.querySelector("button").setAttribute("aria-label", `Hapus kolom “${words}”`);
  }

  rename(index, heading) {
    this.name(this.table.tHead.rows[0].cells[index + 1], index, heading);
  }

  line(cells) {
    this.lines += 1;
    const id = `${this.prefix}-row-${this.lines}`;
    const row = element("tr", {}, element("th", { scope: "row", id }));
    cells.forEach((text, index) => row.append(this.cell(text, index, id)));
    // Out of the way of the tabulator, which goes from cell to cell; the arrow keys lead here.
    row.append(element("td", {}, remover({ "data-remove": "row", tabindex: "-1" })));
    return row;
  }

  cell(text, index, row) {
    const column = this.columns[index];
    const heading = `${this.prefix}-column-${index}`;
    const attributes = { "aria-labelledby": `${heading} ${row}`, "aria-describedby": this.hintId(index) };
    if (!column.numeric) return element("td", {}, this.words(text, attributes));
    const field = element("input", { type: "text", inputmode: "decimal", ...FIELD, ...attributes });
    field.value = text;
    return element("td", { class: "number" }, field);
  }

  words(text, attributes) {
    const field = element("textarea", { rows: "1", ...FIELD, ...attributes });
    field.value = text;
    // The field is as high as this copy of its text.
    return element("div", { class: "grid-text", "data-text": text }, field);
  }

  // The last line is always blank and cannot be removed.
  renumber(from) {
    const rows = [...this.body.rows];
    rows.forEach((row, index) => {
      const remove = row.querySelector("button");
      remove.hidden = index === rows.length - 1;
      if (index < from) return;
      row.cells[0].replaceChildren(element("span", { class: "visually-hidden" }, "Baris "), String(index + 1));
      remove.setAttribute("aria-label", `Hapus baris ${index + 1}`);
    });
  }

  insert(cells, index) {
    this.body.insertBefore(this.line(cells), this.body.rows[index] ?? null);
    this.renumber(index);
  }

  remove(index) {
    this.body.rows[index].remove();
    this.renumber(index);
  }

  fields(row) {
    return [...row.querySelectorAll(".grid-field")];
  }

  // Where a field or button is: {row, column}, both from 0; row -1 is that of the headings.
  place(field) {
    const cell = field.closest("td, th");
    return { row: cell.parentElement.sectionRowIndex - (cell.closest("thead") ? 1 : 0), column: cell.cellIndex - 1 };
  }

  at(row, column) {
    const line = row < 0 ? this.table.tHead.rows[0] : this.body.rows[row];
    return line?.cells[column + 1]?.querySelector(".grid-field, button:not([hidden])") ?? null;
  }

  show(field) {
    if (field.parentElement.dataset.text !== undefined) field.parentElement.dataset.text = field.value;
  }

  // Marks the cell that an element tells to be wrong, or all of its line; the focus stays where it is.
  mark(fault) {
    for (const [field, described] of this.marked) {
      field.removeAttribute("aria-invalid");
      if (described) field.setAttribute("aria-describedby", described);
      else field.removeAttribute("aria-describedby");
    }
    this.marked = [];
    if (!fault) return;
    fault.id ||= `${this.prefix}-fault`;
    const { row = "", column = "" } = fault.dataset;
    const line = row ? this.body.rows[row - 1] : this.table.tHead.rows[0];
    const one = column && line?.cells[Number(column) + 1]?.querySelector(".grid-field");
    for (const field of one ? [one] : row && line ? this.fields(line) : []) {
      const described = field.getAttribute("aria-describedby");
      this.marked.push([field, described]);
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", [described, fault.id].filter(Boolean).join(" "));
    }
  }
}
