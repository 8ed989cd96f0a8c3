// Lets a[data-pdf] be read in the page: data-pdf="open" at once, data-pdf="folded" behind "Lihat di sini". Without this
// file, and whenever a file cannot be shown, the link itself brings the file.

const VERSION = "6.5.438";
const FOLDER = new URL(`../vendor/pdfjs-${VERSION}/`, import.meta.url).href;
const SPRITE = document.body.dataset.icons;
const OPTIONS = {
  standardFontDataUrl: FOLDER,
  wasmUrl: FOLDER,
  // The content policy forbids compiled code; the picture decoders are there as plain scripts too.
  useWasm: false,
  enableXfa: false,
  disableRange: true,
  maxImageSize: 1e8,
  verbosity: 0,
};
const MOST_PIXELS = 12e6;
const [SMALLEST, LARGEST, ZOOM_STEP] = [0.5, 4, 1.25];

let loaded;

// Some 550 KB travel only for somebody who comes near a PDF; after a lost network the next try asks again.
function library() {
  loaded ??= import(`${FOLDER}pdf.min.mjs?v=${VERSION}`);
  return loaded.catch((error) => {
    loaded = undefined;
    throw error;
  });
}

function make(tag, attributes = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...content);
  return element;
}

function icon(name) {
  const drawing = document.createElement("template");
  drawing.innerHTML = `<svg class="icon" aria-hidden="true"><use href="${SPRITE}#${name}"></use></svg>`;
  return drawing.content;
}

function button(label, pressed, sign) {
  const look = { type: "button", class: "button button-quiet button-small", "aria-label": label, title: label };
  const element = make("button", look, sign ? icon(sign) : label);
  element.addEventListener("click", pressed);
  return element;
}

// One page: its place stays, its text stays once it is known, its picture comes and goes.
class Leaf {
  constructor(pdf, number, view) {
    Object.assign(this, { pdf, number, view, width: view.width, near: false });
    this.element = make("div", { class: "reader-leaf", role: "group", "aria-label": `Halaman ${number}` });
  }

  get #scale() {
    return this.width / this.view.width;
  }

  // Takes up `width` pixels of the window.
  resize(width) {
    this.width = width;
    this.#shape();
    if (this.near) this.paint();
  }

  #shape() {
    this.element.style.setProperty("--total-scale-factor", this.#scale);
    this.element.style.width = `${this.width}px`;
    this.element.style.height = `${this.#scale * this.view.height}px`;
  }

  // Text of all pages is laid out, so that the browser's own search finds it wherever the reader is.
  prepare() {
    return (this.ready ??= this.#layText());
  }

  async #layText() {
    const [{ TextLayer }, page] = await Promise.all([library(), this.pdf.getPage(this.number)]);
    const viewport = page.getViewport({ scale: 1 });
    const container = make("div", { class: "reader-text" });
    this.view = viewport;
    this.#shape();
    const layer = new TextLayer({ textContentSource: page.streamTextContent(), container, viewport });
    // A page whose text cannot be laid out is still worth its picture.
    await layer.render().catch(() => {});
    // The library sizes by round(), which older browsers do not know.
    container.style.width = `calc(var(--total-scale-factor) * ${viewport.rawDims.pageWidth}px)`;
    container.style.height = `calc(var(--total-scale-factor) * ${viewport.rawDims.pageHeight}px)`;
    this.element.append(container);
    return page;
  }

  async paint() {
    try {
      const page = await this.prepare();
      this.job?.cancel();
      if (!this.near) return;
      const { width, height } = this.view;
      const scale = Math.min(this.#scale * (devicePixelRatio || 1), Math.sqrt(MOST_PIXELS / (width * height)));
      const canvas = make("canvas", { "aria-hidden": "true" });
      canvas.width = Math.floor(width * scale);
      canvas.height = Math.floor(height * scale);
      this.job = page.render({ canvas, viewport: page.getViewport({ scale }) });
      await this.job.promise;
      this.#drop();
      if (!this.near) return;
      this.canvas = canvas;
      this.element.prepend(canvas);
    } catch (error) {
      if (error.name === "RenderingCancelledException" || this.canvas) return;
      this.element.replaceChildren(make("p", {}, `Halaman ${this.number} tidak dapat ditampilkan.`));
    }
  }

  // A canvas without size gives its memory back at once, not when rubbish is collected.
  #drop() {
    if (!this.canvas) return;
    this.canvas.width = 0;
    this.canvas.remove();
    this.canvas = undefined;
  }

  release() {
    this.job?.cancel();
    this.#drop();
    this.ready?.then((page) => page.cleanup(), () => {});
  }
}

class Reader {
  #leaves = [];
  #zoom = 1;

  constructor(link) {
    const name = link.textContent.trim();
    this.link = link;
    const typing = { inputmode: "numeric", enterkeyhint: "go", autocomplete: "off", value: "1" };
    this.number = make("input", { type: "text", class: "form-control", ...typing });
    this.number.addEventListener("focus", () => this.number.select());
    this.number.addEventListener("change", () => this.#jump(Number(this.number.value)));
    this.number.addEventListener("keydown", ({ key }) => key === "Enter" && this.pages.focus({ preventScroll: true }));
    this.total = make("span");
    this.pages = make("div", { class: "reader-pages", tabindex: "0", role: "region", "aria-label": `Isi ${name}` });
    this.pages.addEventListener("scroll", () => this.#follow());
    this.bar = make(
      "div",
      { class: "reader-bar", hidden: "" },
      make("label", { class: "reader-number" }, "Halaman ", this.number, this.total),
      button("Perkecil", () => this.#resize(this.#zoom / ZOOM_STEP), "zoom-out"),
      button("Perbesar", () => this.#resize(this.#zoom * ZOOM_STEP), "zoom-in"),
      button("Selebar kolom", () => this.#resize(1), "arrows"),
    );
    this.note = make("p", { class: "reader-note", role: "status" });
    this.element = make("section", { class: "reader", "aria-label": `Pembaca ${name}` });
    this.element.append(this.bar, this.note, this.pages);
  }

  async open() {
    let task;
    this.note.textContent = "Berkas sedang dibuka …";
    try {
      const { GlobalWorkerOptions, getDocument } = await library();
      GlobalWorkerOptions.workerSrc = `${FOLDER}pdf.worker.min.mjs?v=${VERSION}`;
      task = getDocument({ url: this.link.href, ...OPTIONS });
      const pdf = await task.promise;
      const first = (await pdf.getPage(1)).getViewport({ scale: 1 });
      this.#leaves = Array.from({ length: pdf.numPages }, (_, index) => new Leaf(pdf, index + 1, first));
      this.#show();
    } catch {
      task?.destroy();
      this.#refuse();
    }
  }

  async #show() {
    this.note.hidden = true;
    this.bar.hidden = false;
    this.total.textContent = ` dari ${this.#leaves.length}`;
    this.pages.replaceChildren(...this.#leaves.map((leaf) => leaf.element));
    new ResizeObserver(() => this.#resize(this.#zoom)).observe(this.pages);
    const near = new IntersectionObserver((seen) => this.#turn(seen), { root: this.pages, rootMargin: "100% 0px" });
    for (const { element } of this.#leaves) near.observe(element);
    // A page that fails says so when it comes near.
    for (const leaf of this.#leaves) await leaf.prepare().catch(() => {});
  }

  #refuse() {
    this.note.replaceChildren(
      "Berkas ini tidak dapat ditampilkan di sini. ",
      make("a", { href: this.link.href, download: "" }, "Unduh berkasnya"),
      " untuk dibaca dengan aplikasi lain. ",
      button("Coba lagi", () => this.open()),
    );
  }

  #turn(entries) {
    for (const { target, isIntersecting } of entries) {
      const leaf = this.#leaves.find(({ element }) => element === target);
      leaf.near = isIntersecting;
      if (isIntersecting) leaf.paint();
      else leaf.release();
    }
  }

  // The page that crosses the upper third is the one being read.
  get #current() {
    const line = this.pages.scrollTop + this.pages.clientHeight / 3;
    return this.#leaves.findLast(({ element }) => element.offsetTop <= line) ?? this.#leaves[0];
  }

  #follow() {
    if (this.pages.scrollTop !== this.jumped) this.number.value = this.#current.number;
  }

  #jump(wanted) {
    const number = Math.min(Math.max(Math.round(wanted) || this.#current.number, 1), this.#leaves.length);
    this.number.value = number;
    this.pages.scrollTop = this.#leaves[number - 1].element.offsetTop;
    this.jumped = this.pages.scrollTop;
    this.element.scrollIntoView({ block: "nearest" });
  }

  // Zoom 1 fills the column, whatever the size of the paper; what is read stays where it is.
  #resize(zoom) {
    const room = this.pages.clientWidth - 2 * parseFloat(getComputedStyle(this.pages).paddingLeft);
    if (room <= 0) return;
    const { element } = this.#current;
    const part = (this.pages.scrollTop - element.offsetTop) / (element.offsetHeight || 1);
    this.#zoom = Math.min(Math.max(zoom, SMALLEST), LARGEST);
    for (const leaf of this.#leaves) leaf.resize(room * this.#zoom);
    this.pages.scrollTop = element.offsetTop + part * element.offsetHeight;
  }
}

function openWhenNear(reader) {
  const observer = new IntersectionObserver(([{ isIntersecting }]) => {
    if (!isIntersecting) return;
    observer.disconnect();
    reader.open();
  }, { rootMargin: "50%" });
  observer.observe(reader.element);
  return reader.element;
}

function openWhenUnfolded(reader) {
  const label = make("span", { class: "unfold-label" }, "Lihat di sini");
  const summary = make("summary", {}, label, " ", icon("chevron-down"));
  const details = make("details", { class: "unfold" }, summary, reader.element);
  details.addEventListener("toggle", () => reader.open(), { once: true });
  return details;
}

for (const link of document.querySelectorAll("a[data-pdf]")) {
  const place = link.dataset.pdf === "folded" ? openWhenUnfolded : openWhenNear;
  link.closest(".file").classList.add("has-reader");
  link.closest(".file").append(place(new Reader(link)));
}
