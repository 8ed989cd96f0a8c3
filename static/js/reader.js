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
  maxImageSize: 2 ** 27,
  verbosity: 0,
};
const REFUSED = "Berkas ini tidak dapat ditampilkan di sini. ";
const MOST_PIXELS = 12e6;
const [SMALLEST, LARGEST, ZOOM_STEP] = [0.5, 4, 1.25];

let loaded;

// Some 550 KB travel only for somebody who comes near a PDF; after a lost network the next try asks again.
function library() {
  loaded ??= import(`${FOLDER}pdf.min.mjs?v=${VERSION}`).then(
    (pdfjs) => {
      pdfjs.GlobalWorkerOptions.workerSrc = `${FOLDER}pdf.worker.min.mjs?v=${VERSION}`;
      return pdfjs;
    },
    (error) => {
      loaded = undefined;
      throw error;
    },
  );
  return loaded;
}

function make(tag, attributes = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...content);
  return element;
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
  svg.firstChild.setAttribute("href", `${SPRITE}#${name}`);
  return svg;
}

function button(label, pressed, sign) {
  const element = make("button", { type: "button", class: "button button-quiet button-small" }, sign ? icon(sign) : label);
  if (sign) element.ariaLabel = element.title = label;
  element.addEventListener("click", pressed);
  return element;
}

// One page: its place stays, its text stays once it is known, its picture comes and goes.
class Leaf {
  constructor(pdf, number, view) {
    Object.assign(this, { pdf, number, view, near: false });
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
    this.ready ??= this.#layText();
    return this.ready;
  }

  async #layText() {
    const [{ TextLayer }, page] = await Promise.all([library(), this.pdf.getPage(this.number)]);
    const viewport = page.getViewport({ scale: 1 });
    const container = make("div", { class: "reader-text" });
    this.view = viewport;
    this.#shape();
    await new TextLayer({ textContentSource: page.streamTextContent(), container, viewport }).render();
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
    const role = { tabindex: "0", role: "region", "aria-label": `Isi ${name}` };
    this.pages = make("div", { class: "reader-pages", ...role });
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
    const parts = [this.bar, this.note, this.pages];
    this.element = make("section", { class: "reader", "aria-label": `Pembaca ${name}` }, ...parts);
  }

  async open() {
    let task;
    this.note.textContent = "Berkas sedang dibuka …";
    try {
      task = (await library()).getDocument({ url: this.link.href, ...OPTIONS });
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
    const options = { root: this.pages, rootMargin: "100% 0px" };
    const observer = new IntersectionObserver((entries) => this.#turn(entries), options);
    for (const { element } of this.#leaves) observer.observe(element);
    // A page that fails says so when it comes near.
    for (const leaf of this.#leaves) await leaf.prepare().catch(() => {});
  }

  #refuse() {
    const way = make("a", { href: this.link.href, download: "" }, "Unduh berkasnya");
    const again = button("Coba lagi", () => this.open());
    this.note.replaceChildren(REFUSED, way, " untuk dibaca dengan aplikasi lain. ", again);
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
    const number = Math.min(Math.max(Math.round(wanted) || 1, 1), this.#leaves.length);
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

const readers = new Map();
const nearby = new IntersectionObserver((entries) => {
  for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
    nearby.unobserve(target);
    readers.get(target).open();
  }
}, { rootMargin: "50%" });

function folded(element) {
  const label = make("span", { class: "unfold-label" }, "Lihat di sini");
  return make("details", { class: "unfold" }, make("summary", {}, label, " ", icon("chevron-down")), element);
}

for (const link of document.querySelectorAll("a[data-pdf]")) {
  const reader = new Reader(link);
  const { element } = reader;
  const file = link.closest(".file");
  file.classList.add("has-reader");
  file.append(link.dataset.pdf === "folded" ? folded(element) : element);
  readers.set(element, reader);
  nearby.observe(element);
}
