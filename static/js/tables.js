// The filter box above a table hides the rows that do not contain what is typed.

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
