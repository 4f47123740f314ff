// printed.mjs PAGE.html WORDS: is all text of the page among the words of its print, and every word inside the margins?
// WORDS is what `pdftotext -bbox` writes.
import { readFileSync } from "node:fs";

const [page, words] = process.argv.slice(2).map((path) => readFileSync(path, "utf8"));
const unescaped = (text) =>
  text.replace(/&(lt|gt|quot|amp|apos);/g, (_, name) => ({ lt: "<", gt: ">", quot: '"', amp: "&", apos: "'" })[name]);
const letters = (text) => text.normalize("NFKC").replace(/[\s\u00ad\u2022]/g, "");

// What only a screen has, and what the script reads, is not printed.
const on_paper = page
  .replace(/^[\s\S]*<body>/, "")
  .replace(/<(nav|div) class="(?:choices )?screen"[\s\S]*?<\/\1>/g, "")
  .replace(/<script[\s\S]*?<\/script>/g, "");
const shown = letters(unescaped(on_paper.replace(/<[^>]*>/g, "")));
const side = 30; // points; the style asks for 16 mm, which is 45
const edge = 12; // the head and the foot of a page are in its margins, where printers still print: 4 mm from the edge
let printed = "";
let pages = 0;
let width = 0;
let height = 0;
for (const line of words.split("\n")) {
  const size = line.match(/<page width="([\d.]+)" height="([\d.]+)">/);
  if (size) {
    [width, height] = size.slice(1).map(Number);
    pages += 1;
  }
  const word = line.match(/<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*)<\/word>/);
  if (!word) continue;
  const [left, top, right, bottom] = word.slice(1, 5).map(Number);
  if (left < side || top < edge || right > width - side || bottom > height - edge) {
    console.log(`page ${pages}: "${word[5]}" is outside of the margins`);
    process.exitCode = 1;
  }
  printed += letters(unescaped(word[5]));
}

// A head is repeated on every page of its table, and cells stand beside each other, so the order differs: count letters.
const counts = (text) => {
  const found = new Map();
  for (const letter of text) found.set(letter, (found.get(letter) ?? 0) + 1);
  return found;
};
const there = counts(printed);
for (const [letter, count] of counts(shown)) {
  if ((there.get(letter) ?? 0) >= count) continue;
  console.log(`"${letter}" stands ${count} times on the page and is printed ${there.get(letter) ?? 0} times`);
  process.exitCode = 1;
}
if (pages === 0 || shown.length === 0) {
  console.log("nothing was printed");
  process.exitCode = 1;
}
