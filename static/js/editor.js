// Turns textarea[data-editor] into a rich text editor. The textarea stays the form's field and always holds the HTML,
// so a plain form post works; without this file the textarea itself is edited.
import {
  Blockquote, Bold, BulletList, Document, Dropcursor, Editor, Gapcursor, HardBreak, Heading, Image, Italic, ListItem,
  ListKeymap, OrderedList, Paragraph, Placeholder, Table, TableCell, TableHeader, TableRow, Text, Underline, UndoRedo,
} from "../vendor/tiptap-3.32.2/editor.js?v=3.32.2";

const SPRITE = document.body.dataset.icons;
const PICTURES = "image/png,image/jpeg,image/webp";

const COMMANDS = [
  [
    { label: "Tebal", keys: "Ctrl+B", icon: "type-bold", run: (c) => c.toggleBold(), active: ["bold"] },
    { label: "Miring", keys: "Ctrl+I", icon: "type-italic", run: (c) => c.toggleItalic(), active: ["italic"] },
    { label: "Garis bawah", keys: "Ctrl+U", icon: "type-underline", run: (c) => c.toggleUnderline(), active: ["underline"] },
  ],
  [
    { label: "Judul", icon: "type-h3", run: (c) => c.toggleHeading({ level: 3 }), active: ["heading", { level: 3 }] },
    { label: "Anak judul", icon: "type-h4", run: (c) => c.toggleHeading({ level: 4 }), active: ["heading", { level: 4 }] },
    { label: "Butir", icon: "list-ul", run: (c) => c.toggleBulletList(), active: ["bulletList"] },
    { label: "Bernomor", icon: "list-ol", run: (c) => c.toggleOrderedList(), active: ["orderedList"] },
    { label: "Kutipan", icon: "blockquote-left", run: (c) => c.toggleBlockquote(), active: ["blockquote"] },
  ],
  [
    { label: "Sisipkan gambar", icon: "image", upload: true },
    {
      label: "Sisipkan tabel",
      icon: "table",
      run: (c) => c.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
      can: (c) => c.insertTable(),
    },
  ],
  [
    { label: "Batalkan", keys: "Ctrl+Z", icon: "arrow-counterclockwise", run: (c) => c.undo(), can: (c) => c.undo() },
    { label: "Ulangi", keys: "Ctrl+Y", icon: "arrow-clockwise", run: (c) => c.redo(), can: (c) => c.redo() },
  ],
];

const TABLE_COMMANDS = [
  ["Tambah baris", (c) => c.addRowAfter()],
  ["Tambah kolom", (c) => c.addColumnAfter()],
  ["Hapus baris", (c) => c.deleteRow()],
  ["Hapus kolom", (c) => c.deleteColumn()],
  ["Baris judul", (c) => c.toggleHeaderRow()],
  ["Hapus tabel", (c) => c.deleteTable()],
];

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${SPRITE}#${name}`);
  svg.append(use);
  return svg;
}

// Pictures come from this site only: an address elsewhere would tell that place who reads, and break on paper.
const OwnImage = Image.extend({
  parseHTML() {
    return [
      {
        tag: "img[src]",
        getAttrs: (img) => {
          const source = img.getAttribute("src");
          const local = source.startsWith("kbk:") || new URL(source, location.href).origin === location.origin;
          return local && !source.startsWith("data:") ? {} : false;
        },
      },
    ];
  },
});

// Widths in style attributes are forbidden by the site's policy and useless on paper.
const PlainTable = Table.extend({ renderHTML: () => ["table", ["tbody", 0]] });
const withoutWidth = {
  addAttributes() {
    const { colspan, rowspan } = this.parent();
    return { colspan, rowspan };
  },
};

// What the site's policy would refuse on parsing is renamed before it is parsed: style and event handlers.
function parseInert(html) {
  const body = /<body[^>]*>([\s\S]*)<\/body>/i.exec(html)?.[1] ?? html;
  const kept = body.replace(/<!--[\s\S]*?-->|<!\[[^\]]*\]>|<(style|script|xml)\b[\s\S]*?<\/\1>/gi, "");
  const inert = kept.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/([\s"'/])(style|on\w+)\s*=/gi, "$1data-$2="));
  return new DOMParser().parseFromString(inert, "text/html");
}

function styleOf(node) {
  return node.dataset.style ?? "";
}

function listKind(paragraph) {
  const level = /mso-list:[^;"]*level(\d)/i.exec(styleOf(paragraph));
  if (!level) return null;
  const sign = [...paragraph.querySelectorAll("span")].find((span) => /mso-list:\s*Ignore/i.test(styleOf(span)));
  const ordered = /^\s*\(?([0-9]+|[a-z]|[ivx]+)[.)]/i.test(sign?.textContent ?? "");
  sign?.remove();
  return { level: Number(level[1]), tag: ordered ? "ol" : "ul" };
}

// Word writes lists as paragraphs with hand-made signs; they become lists again.
function rebuildLists(page) {
  let open = [];
  let last = null;
  for (const paragraph of page.querySelectorAll("p")) {
    const kind = listKind(paragraph);
    if (!kind) continue;
    if (paragraph.previousElementSibling !== last) open = [];
    open = open.slice(0, kind.level);
    while (open.length < kind.level) {
      const list = page.createElement(kind.tag);
      const parent = open.at(-1);
      if (parent) (parent.lastElementChild ?? parent.appendChild(page.createElement("li"))).append(list);
      else paragraph.before(list);
      open.push(list);
    }
    const item = page.createElement("li");
    item.append(...paragraph.childNodes);
    open.at(-1).append(item);
    paragraph.remove();
    last = open[0];
  }
}

// Styles that mean something become elements; all others go.
function keepEmphasis(page) {
  for (const node of page.querySelectorAll("[data-style]")) {
    const style = styleOf(node);
    if (node.matches("b, strong") && /(^|;)\s*font-weight:\s*normal/i.test(style)) node.replaceWith(...node.childNodes);
    if (!node.matches("span")) continue;
    for (const [tag, sign] of [["strong", /(^|;)\s*font-weight:\s*(bold|[6-9]00)/i], ["em", /(^|;)\s*font-style:\s*italic/i], ["u", /(^|;)\s*text-decoration[^;]*underline/i]]) {
      if (!sign.test(style)) continue;
      const emphasis = page.createElement(tag);
      emphasis.append(...node.childNodes);
      node.append(emphasis);
    }
  }
}

function cleanPaste(html) {
  const page = parseInert(html);
  rebuildLists(page);
  keepEmphasis(page);
  for (const heading of page.querySelectorAll("h1, h2, h5, h6")) {
    const better = page.createElement(heading.matches("h1, h2") ? "h3" : "h4");
    better.append(...heading.childNodes);
    heading.replaceWith(better);
  }
  for (const node of page.body.querySelectorAll("*")) {
    for (const { name } of [...node.attributes]) {
      if (!["src", "alt", "colspan", "rowspan", "start"].includes(name) && !name.startsWith("data-pm")) node.removeAttribute(name);
    }
    if (node.localName.includes(":")) node.replaceWith(...node.childNodes);
  }
  for (const paragraph of page.querySelectorAll("p")) {
    if (!paragraph.textContent.trim() && !paragraph.querySelector("img, br")) paragraph.remove();
  }
  return page.body.innerHTML;
}

// Cells that come without their HTML, as from many telephones: lines with the same number of tabs become a table.
function cellsOf(data) {
  if (!data || data.types.includes("text/html")) return null;
  const lines = data.getData("text/plain").replace(/\s+$/, "").split(/\r?\n/).map((line) => line.split("\t"));
  const even = lines.every((cells) => cells.length === lines[0].length);
  return even && lines.length > 1 && lines[0].length > 1 ? lines : null;
}

function tableOf(lines) {
  const row = (cells) => element("tr", {}, ...cells.map((cell) => element("td", {}, element("p", {}, cell.trim()))));
  return element("table", {}, element("tbody", {}, ...lines.map(row))).outerHTML;
}

class RichText {
  constructor(textarea) {
    this.textarea = textarea;
    this.form = textarea.form;
    this.frame = element("div", { class: "editor" });
    this.surface = element("div", { class: "editor-surface" });
    this.words = element("p", { class: "editor-words", role: "status", hidden: "" });
    textarea.after(this.frame);
    textarea.hidden = true;
    this.editor = this.makeEditor();
    this.frame.append(this.makeToolbar(), this.surface, this.words);
    this.refresh();
    document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`)?.addEventListener("click", () => this.editor.commands.focus());
    textarea.addEventListener("kbk:restored", () => this.editor.commands.setContent(textarea.value, { emitUpdate: false }));
    // Links of an error summary point at the textarea, which is hidden.
    for (const link of document.querySelectorAll(`a[href="#${CSS.escape(textarea.id)}"]`)) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.editor.commands.focus();
        this.frame.scrollIntoView({ block: "center" });
      });
    }
  }

  makeEditor() {
    const label = document.querySelector(`label[for="${CSS.escape(this.textarea.id)}"]`);
    const attributes = {
      class: "prose editor-text",
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": (label?.firstChild?.textContent ?? "Teks").trim(),
      lang: "id",
    };
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (this.textarea.hasAttribute(name)) attributes[name] = this.textarea.getAttribute(name);
    }
    return new Editor({
      element: this.surface,
      content: this.textarea.value,
      injectCSS: false,
      editorProps: {
        attributes,
        transformPastedHTML: cleanPaste,
        handlePaste: (view, event) => this.takePictures(event.clipboardData) || this.takeCells(view, event.clipboardData),
        handleDrop: (view, event) => this.takePictures(event.dataTransfer),
      },
      extensions: [
        Document, Paragraph, Text, HardBreak, Bold, Italic, Underline, Blockquote, BulletList, OrderedList, ListItem, ListKeymap,
        Heading.configure({ levels: [3, 4] }), OwnImage, PlainTable, TableRow, TableHeader.extend(withoutWidth),
        TableCell.extend(withoutWidth), UndoRedo, Gapcursor, Dropcursor.configure({ color: false, class: "editor-drop" }),
        Placeholder.configure({ placeholder: this.textarea.placeholder }),
      ],
      onUpdate: () => this.keepInStep(),
      onTransaction: () => this.refresh(),
    });
  }

  keepInStep() {
    const { doc } = this.editor.state;
    const empty = doc.childCount === 1 && doc.firstChild.type.name === "paragraph" && doc.firstChild.childCount === 0;
    this.textarea.value = empty ? "" : this.editor.getHTML();
    this.textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  makeToolbar() {
    this.buttons = [];
    const bar = element("div", { class: "editor-bar", role: "toolbar", "aria-label": "Bentuk teks" });
    for (const group of COMMANDS) {
      const box = element("div", { class: "editor-group" });
      for (const command of group) {
        if (command.upload && !this.textarea.dataset.uploadUrl) continue;
        const title = command.keys ? `${command.label} (${command.keys})` : command.label;
        box.append(this.makeButton({ "aria-label": command.label, title }, icon(command.icon), command));
      }
      bar.append(box);
    }
    this.tableBox = element("div", { class: "editor-group editor-table", role: "group", "aria-label": "Tabel" });
    for (const [label, run] of TABLE_COMMANDS) this.tableBox.append(this.makeButton({}, label, { run, can: run }));
    bar.append(this.tableBox);
    bar.addEventListener("keydown", (event) => this.walk(event));
    return bar;
  }

  makeButton(attributes, content, command) {
    const button = element("button", { type: "button", class: "editor-button", tabindex: "-1", ...attributes }, content);
    // Keeping the focus in the text keeps the phone's keyboard open.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      if (command.upload) this.choosePicture();
      else command.run(this.editor.chain().focus()).run();
    });
    this.buttons.push({ button, command });
    return button;
  }

  refresh() {
    if (!this.buttons || !this.editor) return;
    this.tableBox.hidden = !this.editor.isActive("table");
    for (const { button, command } of this.buttons) {
      if (command.active) button.setAttribute("aria-pressed", String(this.editor.isActive(...command.active)));
      if (command.can) button.setAttribute("aria-disabled", String(!command.can(this.editor.can())));
    }
    const shown = this.shownButtons();
    if (!shown.some((button) => button.tabIndex === 0)) shown[0].tabIndex = 0;
  }

  shownButtons() {
    return this.buttons.map(({ button }) => button).filter((button) => !button.parentElement.hidden);
  }

  walk(event) {
    const shown = this.shownButtons();
    const at = shown.indexOf(document.activeElement);
    const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: shown.length - 1 };
    if (event.key === "Escape") this.editor.commands.focus();
    if (!(event.key in steps)) return;
    event.preventDefault();
    const next = shown[(steps[event.key] + shown.length) % shown.length];
    for (const { button } of this.buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  }

  choosePicture() {
    const input = element("input", { type: "file", accept: PICTURES });
    input.addEventListener("change", () => this.uploadAll([...input.files]));
    input.click();
  }

  takePictures(data) {
    const pictures = [...(data?.files ?? [])].filter((file) => PICTURES.split(",").includes(file.type));
    // Word puts a picture of the copied text beside the text itself; the text is wanted.
    if (!pictures.length || data.types.includes("text/html") || !this.textarea.dataset.uploadUrl) return false;
    this.uploadAll(pictures);
    return true;
  }

  takeCells(view, data) {
    const lines = cellsOf(data);
    return lines !== null && view.pasteHTML(tableOf(lines));
  }

  async uploadAll(pictures) {
    for (const picture of pictures) {
      this.say(`Mengunggah ${picture.name} …`);
      try {
        const url = await this.upload(picture);
        const alt = picture.name.replace(/\.\w+$/, "");
        // With the cursor in a line below, what is typed next does not take the picture's place.
        const shown = { type: "image", attrs: { src: url, alt } };
        this.editor.chain().focus().insertContent([shown, { type: "paragraph" }]).run();
        this.say("");
      } catch (error) {
        this.say(error.message);
      }
    }
  }

  async upload(picture) {
    const body = new FormData();
    body.append("file", picture);
    const token = this.form?.elements.namedItem("csrf_token")?.value ?? "";
    const response = await fetch(this.textarea.dataset.uploadUrl, {
      method: "POST",
      body,
      headers: { "X-Requested-With": "fetch", "X-CSRFToken": token, Accept: "application/json" },
    }).catch(() => {
      throw new Error("Gambar belum terunggah karena jaringan terputus. Coba sekali lagi.");
    });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok || !answer.url) throw new Error(answer.message ?? "Gambar ini tidak dapat diunggah.");
    return answer.url;
  }

  say(words) {
    this.words.hidden = !words;
    this.words.textContent = words;
  }
}

for (const textarea of document.querySelectorAll("textarea[data-editor]")) new RichText(textarea);
