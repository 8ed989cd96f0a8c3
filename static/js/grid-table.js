// The table of grid.js as data: read from text whose first line holds the headings and whose cells are set apart by tabs,
// changed, and written as such text again. Also reads what Excel, LibreOffice, Word and WPS put on the clipboard.

// The ends of lines that the server knows, too.
const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;
const BREAKS = /[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+/g;
const WIDEST_SPAN = 60;

export const oneLine = (text) => text.replace(BREAKS, " ");

const tidy = (text) => text.replace(/[\s\x1c-\x1e\x85]+/g, " ").trim();
const same = (one, other) => tidy(one ?? "").toLowerCase() === tidy(other).toLowerCase();
const isBlank = (cells) => cells.every((cell) => !tidy(cell));

function usedWidth(lines) {
  return Math.max(0, ...lines.map((cells) => cells.findLastIndex((cell) => tidy(cell)) + 1));
}

function withoutBlankEnd(lines) {
  return lines.slice(0, lines.findLastIndex((cells) => !isBlank(cells)) + 1);
}

// A cell that holds tabs or line ends stands in quotation marks, with those inside it doubled; any other is as it is.
function readPlain(text) {
  const quoted = /"([^"]*(?:""[^"]*)*)"(?=[\t\r\n]|$)/y;
  const bare = /[^\t\r\n]*/y;
  const lines = [[]];
  for (let at = 0; ; at += 1) {
    quoted.lastIndex = bare.lastIndex = at;
    const inside = quoted.exec(text)?.[1];
    const isQuoted = inside !== undefined && /[\t\r\n]/.test(inside);
    lines.at(-1).push(tidy(isQuoted ? inside.replaceAll('""', '"') : bare.exec(text)[0]));
    at = (isQuoted ? quoted : bare).lastIndex;
    if (at >= text.length) return lines;
    if (text[at] === "\t") continue;
    lines.push([]);
    if (text.startsWith("\r\n", at)) at += 1;
  }
}

// What the site's policy would refuse on parsing is left out before: all attributes but the spans of cells.
function bareHtml(html) {
  return html
    .replace(/<!--[\s\S]*?-->|<(style|script|xml)\b[\s\S]*?<\/\1>/gi, "")
    .replace(/<(\/?[a-z][\w:]*)([^>]*)>/gi, (_, name, attributes) => {
      const spans = [...attributes.matchAll(/\b(colspan|rowspan)\s*=\s*["']?(\d+)/gi)];
      const gap = /^(br|\/p|\/div|\/li)$/i.test(name) ? " " : "";
      return `<${name}${spans.map(([, span, cells]) => ` ${span}="${cells}"`).join("")}>${gap}`;
    });
}

function readHtml(html) {
  const table = new DOMParser().parseFromString(bareHtml(html), "text/html").querySelector("table");
  if (!table) return null;
  const rows = [...table.rows];
  const lines = rows.map(() => []);
  rows.forEach((row, y) => {
    let x = 0;
    for (const cell of row.cells) {
      while (lines[y][x] !== undefined) x += 1;
      const below = Math.min(cell.rowSpan || rows.length, rows.length - y);
      for (let dy = 0; dy < below; dy += 1) {
        for (let dx = 0; dx < Math.min(cell.colSpan, WIDEST_SPAN); dx += 1) {
          lines[y + dy][x + dx] = dx || dy ? "" : tidy(cell.textContent);
        }
      }
    }
  });
  return lines;
}

// The block of cells on the clipboard, all lines equally long; empty when there is no text.
export function readPasted(clipboard) {
  const plain = clipboard.getData("text/plain");
  const html = plain.includes("\t") ? null : readHtml(clipboard.getData("text/html"));
  const lines = withoutBlankEnd(html ?? readPlain(plain));
  const width = usedWidth(lines);
  return lines.map((cells) => Array.from({ length: width }, (_, index) => cells[index] ?? ""));
}

// Every change gives a function that takes it back and tells where it was: [row, column]. It leaves alone what was typed
// meanwhile.
export class Table {
  constructor(text, fixed, further) {
    this.fixed = fixed;
    this.further = further;
    const lines = text.split(LINE_END).map((line) => line.split("\t"));
    const named = Boolean(text) && fixed.every((column, index) => same(lines[0][index], column.heading));
    const head = named ? lines.shift() : [];
    const rows = withoutBlankEnd(lines);
    // Cells to the right of the headings get blank headings, so that nothing is hidden.
    const width = Math.max(fixed.length, usedWidth([head, ...rows]), 1);
    this.headings = Array.from({ length: width }, (_, index) => fixed[index]?.heading ?? tidy(head[index] ?? ""));
    this.rows = rows.map((cells) => Array.from({ length: width }, (_, index) => cells[index] ?? ""));
    this.complete();
  }

  get text() {
    return [this.headings, ...withoutBlankEnd(this.rows)].map((cells) => `${cells.map(oneLine).join("\t")}\n`).join("");
  }

  // Lines without the blank one at the end.
  get length() {
    return this.rows.length - 1;
  }

  // `surplus` are columns for which there is no use, but something stands in them.
  get columns() {
    return this.headings.map((heading, index) => {
      const fixed = this.fixed[index];
      return { ...(fixed ?? this.further), heading, fixed: Boolean(fixed), surplus: !fixed && !this.further };
    });
  }

  isBlank(row) {
    return this.rows[row].every((cell) => !cell);
  }

  complete() {
    if (!this.rows.length || !this.isBlank(this.rows.length - 1)) this.rows.push(this.headings.map(() => ""));
  }

  addRow(index) {
    const added = this.headings.map(() => "");
    this.rows.splice(index, 0, added);
    return () => {
      this.rows = this.rows.filter((cells) => cells !== added || cells.some((cell) => cell));
      return [index, 0];
    };
  }

  removeRow(index) {
    const [cells] = this.rows.splice(index, 1);
    return () => {
      this.rows.splice(index, 0, cells);
      return [index, 0];
    };
  }

  addColumn() {
    const index = this.headings.length;
    this.append();
    return () => {
      this.dropBlank(index);
      return [0, index - 1];
    };
  }

  removeColumn(index) {
    const heading = this.headings[index];
    const cells = new Map(this.rows.map((row) => [row, row[index]]));
    const only = this.headings.length === 1;
    if (only) this.append();
    this.drop(index);
    return () => {
      this.headings.splice(index, 0, heading);
      this.rows.forEach((row) => row.splice(index, 0, cells.get(row) ?? ""));
      if (only) this.dropBlank(1);
      return [0, index];
    };
  }

  append() {
    this.headings.push("");
    this.rows.forEach((cells) => cells.push(""));
  }

  drop(index) {
    this.headings.splice(index, 1);
    this.rows.forEach((cells) => cells.splice(index, 1));
  }

  dropBlank(from) {
    while (this.headings.length > Math.max(from, 1) && !this.headings.at(-1) && this.rows.every((row) => !row.at(-1))) {
      this.drop(this.headings.length - 1);
    }
  }

  repeatsFixed(cells) {
    return this.fixed.every(({ heading }, index) => same(cells[index] ?? "", heading));
  }

  // Whether the first line of a block pasted there names the columns. Where the program has fixed them it must repeat
  // them; columns that people name themselves are named by words above numbers, if nothing is above.
  isHead(block, row, column) {
    const [first, ...below] = block;
    if (row < 0) return true;
    const inFixed = this.fixed.slice(column, column + first.length);
    if (inFixed.length) return inFixed.every(({ heading }, index) => same(first[index], heading));
    if (first.every((cell, index) => cell && same(cell, this.headings[column + index] ?? ""))) return true;
    const hasDigits = (cell) => /\d/.test(cell);
    return row === 0 && this.further?.numeric && !first.some(hasDigits) && below.flat().some(hasDigits);
  }

  fill(block, head, row, column) {
    const width = this.headings.length;
    const changes = [];
    const put = (cells, index, text) => {
      changes.push([cells, index, cells[index], text]);
      cells[index] = text;
    };
    while (this.headings.length < column + Math.max(head.length, block[0]?.length ?? 0)) this.append();
    while (this.rows.length < row + block.length) this.rows.push(this.headings.map(() => ""));
    head.forEach((text, index) => text && column + index >= this.fixed.length && put(this.headings, column + index, text));
    block.forEach((cells, line) => cells.forEach((text, index) => put(this.rows[row + line], column + index, text)));
    return () => {
      for (const [cells, index, former, text] of changes.reverse()) if (cells[index] === text) cells[index] = former;
      this.rows = withoutBlankEnd(this.rows);
      this.dropBlank(width);
      return [row, column];
    };
  }
}
