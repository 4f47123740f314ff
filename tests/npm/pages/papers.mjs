// Every paper of clinic, bank and shop in four languages, printed: node papers.mjs FAROL [FOLDER]. No word lies outside its
// page or its cell, every character has a font, every page has its number, a form has at most two pages, and what stands there in
// another language is what `farol report` has said to have no translation. With FOLDER it leaves the prints.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { misplaced, sheets_of } from "../../formats/sheets.mjs";
import { launch } from "../browser.mjs";

const [farol, kept] = process.argv.slice(2);
const tools = ["pdftotext", "fc-list"].filter((tool) => spawnSync("which", [tool]).status !== 0);
const has_chinese = tools.length === 0 && execFileSync("fc-list", [":lang=zh-tw"]).length > 0;
if (!has_chinese) {
  console.log("NOTE: pdftotext, fc-list or a font with Chinese characters is missing: the papers were not printed");
  process.exit(77);
}
const { browser, close } = await launch("the papers were");
const scratch = kept ?? mkdtempSync(join(tmpdir(), "farol-papers-"));
// Without their history, whose messages are in the language of whoever wrote them.
cpSync(join(process.env.FAROL_SOURCE_DIR, "examples"), join(scratch, "examples"), { recursive: true });
const kinds = execFileSync(farol, ["list", "reports"], { encoding: "utf8" }).trim().split("\n").map((line) => line.split(" ")[0]);
const languages = ["en", "zh-Hant", "zh-Hans", "pt"];
let failures = 0;
const complain = (what, text) => {
  failures += 1;
  if (failures < 60) console.log(`${what}: ${text}`);
};

// What no font has is drawn by one that has boxes for everything, so it is asked of the fonts themselves.
const covered = [];
for (const line of execFileSync("fc-list", ["--format", "%{charset}\n"], { encoding: "utf8", maxBuffer: 1 << 28 }).split("\n")) {
  for (const range of line.split(" ").filter(Boolean)) {
    const [first, last] = range.split("-").map((digits) => parseInt(digits, 16));
    covered.push([first, last ?? first]);
  }
}
const known = new Map();
const has_font = (character) => {
  if (!known.has(character)) {
    const point = character.codePointAt(0);
    known.set(character, covered.some(([first, last]) => first <= point && point <= last));
  }
  return known.get(character);
};

const look_at_print = (what, pages, language, form) => {
  for (const text of misplaced(pages)) complain(what, text);
  pages.forEach((page, index) => {
    const foot = page.words.filter((word) => word.top > page.height - 50).map((word) => word.text).join(" ");
    if (!foot.includes(`${index + 1} / ${pages.length}`)) complain(what, `page ${index + 1} has no number: ${foot}`);
  });
  if (form === undefined) return;
  const starts = pages.flatMap((page, index) => (form.test(page.words.map((word) => word.text).join("")) ? [index] : []));
  if (starts.length === 0) complain(what, "no form begins");
  starts.forEach((start, i) => {
    const count = (starts[i + 1] ?? pages.length) - start;
    if (count > 2) complain(what, `form ${i + 1} has ${count} pages`);
  });
};
// How the head of a form begins, without its blanks.
const forms = { en: /Notification\d+of\d+:/, "zh-Hant": /通知第\d+份，共\d+份/, "zh-Hans": /通知第\d+份，共\d+份/, pt: /Notificação\d+de\d+:/ };

// What people read, in pieces between marks of punctuation. What stands as it is typed or sent is the same for all.
const pieces_of = (text) => text.split(/[,;:·()…“”«»「」、；：，。（）\n]/).map((piece) => piece.trim()).filter(Boolean);
const texts_on = async (page) => {
  const texts = await page.evaluate(() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest("code, script, style, .screen")) found.push(walker.currentNode.data);
    }
    return found;
  });
  return texts.flatMap(pieces_of);
};
// Names that nobody translates: of files, of packs, of what is sent, of who has decided, and what Portuguese shares with English.
const firms = ["clinic", "bank", "shop"];
const as_written = new Set(firms.flatMap((firm) => readdirSync(join(scratch, "examples", firm)).filter((file) => file.endsWith(".farol")).flatMap((file) =>
  [...readFileSync(join(scratch, "examples", firm, file), "utf8").matchAll(/\bby "([^"]+)"|^use pack (\S+)/gm)].flatMap(([, name, pack]) => pieces_of(name ?? pack)))));
const same_in_all = (text) => /^[\w@.-]*[_.@][\w@.-]*$/.test(text) || ["dingtalk", "DingTalk", "Farol", "Markdown", "Macau", "Item", "Data"].includes(text) || as_written.has(text);

const page = await browser.newPage();
let printed = 0, sheets = 0;
for (const firm of firms) {
  for (const kind of kinds) {
    const fragments = {}, listed = {};
    for (const language of languages) {
      const what = `${firm} ${kind} ${language}`, name = join(scratch, `${firm}-${kind}-${language}`);
      const mixed = kind === "notification" ? ["--mixed"] : [];
      const made = spawnSync(farol, ["report", kind, `examples/${firm}`, "--lang", language, "--as-of", "2026-11-24", "-o",
        `${name}.html`, ...mixed], { cwd: scratch, encoding: "utf8" });
      if (made.status !== 0) {
        complain(what, made.stderr);
        continue;
      }
      listed[language] = made.stderr.split("\n").filter((line) => line.startsWith("  ")).map((line) => line.trim());
      await page.goto(pathToFileURL(`${name}.html`).href);
      await page.pdf({ path: `${name}.pdf`, preferCSSPageSize: true });
      execFileSync("pdftotext", ["-bbox", `${name}.pdf`, `${name}.words`]);
      const pages = sheets_of(`${name}.words`);
      look_at_print(what, pages, language, firm === "clinic" && kind === "notification" ? forms[language] : undefined);
      printed += 1;
      sheets += pages.length;
      const text = await texts_on(page);
      fragments[language] = text;
      for (const character of new Set(text.join(""))) {
        if (!has_font(character) && character.trim() !== "") complain(what, `no font has ${character} (${character.codePointAt(0).toString(16)})`);
      }
    }
    // A checklist shows rules as they are written, and names as they are typed.
    if (kind === "checklist") continue;
    const english = new Set(fragments.en ?? []);
    for (const language of languages.slice(1)) {
      const what = `${firm} ${kind} ${language}`;
      for (const fragment of fragments[language] ?? []) {
        if (!english.has(fragment) || !/\p{Ll}{3}/u.test(fragment) || same_in_all(fragment)) continue;
        if (!listed[language].some((text) => text.includes(fragment))) complain(what, `English, and not listed: ${fragment}`);
      }
      if (language === "pt") continue;
      // A Latin word within a Chinese sentence.
      for (const fragment of fragments[language] ?? []) {
        if (same_in_all(fragment)) continue;
        for (const word of fragment.match(/[A-Za-zÀ-ÿ]*\p{Ll}{3}[A-Za-zÀ-ÿ]*/gu) ?? []) {
          if (same_in_all(word)) continue;
          if (!listed[language].some((text) => text.includes(word))) complain(what, `"${word}" in "${fragment}"`);
        }
      }
    }
  }
}
await close();
if (!kept) rmSync(scratch, { recursive: true });
console.log(`NOTE: ${printed} papers were printed, ${sheets} pages`);
if (printed === 0) complain("nothing", "was printed");
process.exit(failures === 0 ? 0 : 1);
