// On a bad network a page is not left for one that cannot come: the judge would stand before the browser's own page of
// a fault, without risalah and sheet. A short question goes ahead of every link and form; what it cannot reach is not opened.

const ANSWER_WITHIN_MS = 8_000;
const GOOD_FOR_MS = 2_000;

const bar = document.querySelector("[data-unreached]");
const ask = document.querySelector("[data-ask]").dataset.ask;
let reachedAt = -Infinity;
let asking = false;

async function reach() {
  asking = true;
  try {
    const answer = await fetch(ask, {
      method: "HEAD",
      cache: "no-store",
      headers: { "X-Requested-With": "fetch" },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    reachedAt = performance.now();
    bar.hidden = true;
    // The lock comes over this page, and not over the next, so that nothing has to be sent again.
    if (answer.status === 423) document.dispatchEvent(new Event("kbk:locked"));
    return answer.status !== 423;
  } catch {
    bar.hidden = false;
    return false;
  } finally {
    asking = false;
  }
}

function holds(event) {
  if (performance.now() - reachedAt < GOOD_FOR_MS) return false;
  event.preventDefault();
  event.stopImmediatePropagation();
  return true;
}

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    // The question for the password tells by itself that there is no network.
    if (form.closest("[data-lock]") || form.method === "dialog" || !holds(event) || asking) return;
    const submitter = event.submitter;
    if (await reach()) form.requestSubmit(submitter);
  },
  true,
);

document.addEventListener(
  "click",
  async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const elsewhere = link.origin !== location.origin || link.pathname + link.search !== location.pathname + location.search;
    if (!elsewhere || link.target || link.hasAttribute("download") || !holds(event) || asking) return;
    if (await reach()) link.click();
  },
  true,
);

addEventListener("online", () => (bar.hidden = true));
