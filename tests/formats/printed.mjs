// printed.mjs PAGE WORDS [MOST]: is all text of the page among the words of its print, every word where it belongs, and are there
// no more than MOST sheets? PAGE is a page or a plain text, WORDS what `pdftotext -bbox` writes.
import { readFileSync } from "node:fs";
import { misplaced, sheets_of } from "./sheets.mjs";

const page = readFileSync(process.argv[2], "utf8");
const sheets = sheets_of(process.argv[3]);
const most = Number(process.argv[4] || Infinity);
const unescaped = (text) =>
  text.replace(/&(lt|gt|quot|amp|apos);/g, (_, name) => ({ lt: "<", gt: ">", quot: '"', amp: "&", apos: "'" })[name]);
const letters = (text) => text.normalize("NFKC").replace(/[\s\u00ad\u2022]/g, "");
const complain = (text) => {
  console.log(text);
  process.exitCode = 1;
};

// The text that goes to paper: not what only a screen has, and not what the script reads.
const on_paper = (html) => {
  const empty = new Set(["br", "hr", "img", "input", "link", "meta", "col"]);
  let text = "", left_out = 0; // how deep we are in what is left out
  for (const [, end, name, attributes, words] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>|([^<]+)/g)) {
    if (words !== undefined) text += left_out === 0 ? words : "";
    else if (empty.has(name)) continue;
    else if (end !== "") left_out = Math.max(0, left_out - 1);
    else if (left_out > 0 || name === "script" || /class="[^"]*\bscreen\b/.test(attributes)) left_out += 1;
  }
  return text;
};
const shown = letters(unescaped(on_paper(page.replace(/^[\s\S]*<body>/, "").replace(/<!--[\s\S]*?-->|(?<=<script[^>]*>)[\s\S]*?(?=<\/script>)/g, ""))));
const printed = letters(sheets.flatMap((sheet) => sheet.words.map((word) => word.text)).join(""));
misplaced(sheets).forEach(complain);
if (sheets.length > most) complain(`${process.argv[2]} takes ${sheets.length} sheets, and at most ${most} are wanted`);

// A head is repeated on every page of its table, and cells stand beside each other, so the order differs: count letters.
const counts = (text) => {
  const found = new Map();
  for (const letter of text) found.set(letter, (found.get(letter) ?? 0) + 1);
  return found;
};
const there = counts(printed);
for (const [letter, count] of counts(shown)) {
  if ((there.get(letter) ?? 0) < count) complain(`"${letter}" stands ${count} times on the page and is printed ${there.get(letter) ?? 0} times`);
}
if (sheets.length === 0 || shown.length === 0) complain("nothing was printed");
