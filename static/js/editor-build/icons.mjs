// Collects the icons the pages use into one sprite; an icon that is not listed here does not exist for the pages.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dirname, join } from "node:path";

const here = dirname(fileURLToPath(import.meta.url));
const names = readFileSync(join(here, "icons.txt"), "utf8").split(/\s+/).filter(Boolean).sort();

const symbols = names.map((name) => {
  const svg = readFileSync(join(here, "node_modules/bootstrap-icons/icons", `${name}.svg`), "utf8");
  const drawing = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 16 16">${drawing}</symbol>`;
});
const sprite = `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
writeFileSync(join(here, "../../vendor/bootstrap-icons-1.13.2/sprite.svg"), sprite);
