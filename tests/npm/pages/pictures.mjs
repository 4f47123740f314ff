// The pictures in docs/pictures: node pictures.mjs FAROL [FOLDER] makes them anew, as the target `pictures` does, and leaves
// them as PNG in FOLDER. With `--check` it looks whether each is of a page that the program still makes, and whether each page
// has its pictures and is shown; pixels are not compared, since every font draws others.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { day, make_pages, review_comment } from "./made.mjs";

const [farol, mode] = process.argv.slice(2);
const root = process.env.FAROL_SOURCE_DIR, folder = join(root, "docs/pictures");
const forms = ["light", "dark", "phone", "paper"];
const most_bytes = 3_000_000;

// Two rules of which neither is more special, as a terminal shows them.
const conflict = `farol 1

use dingtalk 2026.12
tiers public < confidential
data payroll: confidential

role staff
role hr inherits staff
role it inherits staff
role office_manager inherits hr, it

allow hr to drive.read on payroll
deny  it to drive.read on payroll
`;

// The roles of a site are the graph again.
const pages_of = (at) => {
  const { roles, ...pages } = make_pages(farol, at);
  return pages;
};
const names_of = (pages) => [...Object.keys(pages).flatMap((name) => forms.map((form) => `${name}-${form}.webp`)), "comment.webp", "conflict.webp"].sort();

const check = (pages) => {
  const wanted = names_of(pages), there = readdirSync(folder).sort();
  assert.deepEqual(there, wanted, "docs/pictures has not one picture of each form of each page: build the target `pictures`");
  const bytes = there.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  assert.ok(bytes < most_bytes, `the pictures have ${bytes} bytes`);
  const shown = readFileSync(join(root, "docs/pages.md"), "utf8") + readFileSync(join(root, "README.md"), "utf8");
  for (const name of wanted) assert.ok(shown.includes(`pictures/${name}`), `no page shows ${name}`);
};

const escaped = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);
// What a terminal makes of the text: the program uses these alone.
const as_terminal = (text) => {
  const looks = { 1: "font-weight:700", 2: "opacity:.7", 31: "color:#ff8a80", 32: "color:#8ce99a", 33: "color:#ffd866", 34: "color:#8ab4ff", 36: "color:#7fdbff" };
  const body = escaped(text).replace(/\x1b\[([\d;]*)m/g, (_, codes) => {
    if (codes === "0" || codes === "") return "</span>";
    return `<span style="${codes.split(";").map((code) => { assert.ok(code in looks, `SGR ${code}`); return looks[code]; }).join(";")}">`;
  });
  return `<!doctype html><meta charset="utf-8"><body style="margin:0;background:#15181e;color:#e6e8ec;padding:20px 24px;font:15px/1.45 'Noto Sans Mono',monospace;white-space:pre-wrap">${body}`;
};
const as_comment = (markdown) => {
  const body = execFileSync("cmark-gfm", ["--unsafe", "-e", "table", "-e", "strikethrough"], { input: markdown, encoding: "utf8" });
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; padding: 20px; background: #fff; font: 15px/1.5 "Noto Sans", "Noto Sans CJK TC", sans-serif; color: #1f2328; }
    article { border: 1px solid #d1d9e0; border-radius: 6px; } header { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; padding: 8px 16px; color: #59636e; border-radius: 6px 6px 0 0; }
    main { padding: 4px 16px 12px; } h1 { font-size: 1.5em; } h1, h2 { border-bottom: 1px solid #d1d9e0; padding-bottom: .25em; } h2 { font-size: 1.25em; margin: 1em 0 .5em; } h3 { font-size: 1.05em; }
    code { background: #eff1f3; border-radius: 6px; padding: .15em .35em; font: 85% "Noto Sans Mono", monospace; } pre { background: #f6f8fa; padding: 12px; border-radius: 6px; overflow: hidden; } pre code { background: none; padding: 0; }
    table { border-collapse: collapse; } td, th { border: 1px solid #d1d9e0; padding: 5px 12px; } ul { padding-left: 1.6em; } p, ul { margin: .5em 0; }
    </style><article><header><b>farol</b> commented on this change</header><main>${body}</main></article>`;
};

const draw = async (pages, scratch) => {
  const { dark, launch, phone } = await import("../browser.mjs");
  const world = await launch("the pages were");
  const store = await world.browser.newPage();
  // A form that browsers read and write, so that no other program is needed.
  const keep = async (name, png) => {
    const [, data] = (await store.evaluate(async (source) => {
      const picture = new Image();
      picture.src = source;
      await picture.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [picture.width, picture.height];
      canvas.getContext("2d").drawImage(picture, 0, 0);
      return canvas.toDataURL("image/webp", 0.6);
    }, `data:image/png;base64,${png.toString("base64")}`)).split(",");
    writeFileSync(join(folder, `${name}.webp`), Buffer.from(data, "base64"));
    if (mode !== undefined) writeFileSync(join(mode, `${name}.png`), png);
  };
  const desk = { viewport: { width: 1280, height: 800 } };
  for (const [name, url] of Object.entries(pages)) {
    for (const [form, options] of [["light", desk], ["dark", { ...desk, ...dark }], ["phone", { ...phone, deviceScaleFactor: 1.5 }]]) {
      const page = await world.open(url, options);
      await keep(`${name}-${form}`, await page.screenshot());
      if (form === "light") {
        const print = join(scratch, "print");
        await page.pdf({ path: `${print}.pdf`, preferCSSPageSize: true });
        execFileSync("pdftoppm", ["-r", "96", "-png", "-singlefile", `${print}.pdf`, print]);
        await keep(`${name}-paper`, readFileSync(`${print}.png`));
      }
      await page.context().close();
    }
  }
  for (const [name, text, width, most] of others(scratch)) {
    const file = join(scratch, `${name}.html`);
    writeFileSync(file, text);
    const page = await world.open(pathToFileURL(file).href, { viewport: { width, height: 100 } });
    const height = Math.min(most, await page.evaluate("document.documentElement.scrollHeight"));
    await keep(name, await page.screenshot({ fullPage: true, clip: { x: 0, y: 0, width, height } }));
    await page.context().close();
  }
  world.no_problem();
  await world.close();
};

// What is no page of the program: as name, page, width, and the most of its height that is shown.
const others = (scratch) => {
  for (const name of ["conflict", "comment"]) mkdirSync(join(scratch, name));
  const cwd = join(scratch, "conflict");
  writeFileSync(join(cwd, "payroll.farol"), conflict);
  const said = spawnSync(farol, ["check", "payroll.farol", ...day, "--color", "always"], { cwd, encoding: "utf8" });
  assert.equal(said.status, 1, said.stderr);
  return [
    ["conflict", as_terminal(`$ farol check payroll.farol\n${said.stdout}${said.stderr}`), 1000, 700],
    ["comment", as_comment(review_comment(farol, join(scratch, "comment"))), 900, 820],
  ];
};

const scratch = mkdtempSync(join(tmpdir(), "farol-pictures-"));
try {
  const pages = pages_of(join(scratch, "pages"));
  if (mode === "--check") check(pages);
  else {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await draw(pages, scratch);
  }
} finally {
  rmSync(scratch, { recursive: true });
}
