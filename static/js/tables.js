// The filter box above a table hides the rows that do not contain what is typed; boxes in a list are ticked together.

for (const bar of document.querySelectorAll("[data-table-filter]")) {
  const rows = [...bar.closest(".table-block").querySelectorAll("tbody > tr")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const count = bar.querySelector("[data-table-count]");
  const input = bar.querySelector("input");
  bar.hidden = rows.length < 2;
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, index) => {
      row.hidden = !words.every((word) => texts[index].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    count.textContent = words.length ? `${shown} dari ${rows.length} baris` : "";
  });
}

// A box above a list of boxes ticks all of them, how many are ticked stands
// beside it, and the action on them stays in sight while there are any.

for (const list of document.querySelectorAll("[data-ticks]")) {
  const boxes = [...list.querySelectorAll("input[type=checkbox][name]")];
  const bar = list.querySelector("[data-tick-all]");
  if (!bar || boxes.length < 2) continue;
  const all = bar.querySelector("input");
  const actions = list.querySelector("[data-tick-bar]");
  const told = list.querySelector("[data-tick-count]");
  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && !all.checked;
    actions?.classList.toggle("form-actions-sticky", ticked > 0);
    told.textContent = `${ticked} dicentang`;
  };
  bar.hidden = false;
  all.addEventListener("change", () => {
    // What the filter box hides is not meant by "all".
    for (const box of boxes) if (!box.closest("tr[hidden]")) box.checked = all.checked;
    tell();
  });
  list.addEventListener("change", tell);
  addEventListener("pageshow", tell);
  tell();
}
