// The matrix page in a browser: node page.mjs FAROL [FOLDER]. Drives filters, search, keyboard, languages and paper for a
// worked example and for a policy of 200 roles, and holds the page against axe-core. With FOLDER it leaves screenshots.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [farol, shots] = process.argv.slice(2);
const program = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
if (program === undefined) {
  console.log("NOTE: there is no Chromium: the matrix page was not tried in a browser");
  process.exit(77);
}
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const scratch = mkdtempSync(join(tmpdir(), "farol-matrix-"));
const day = ["--as-of", "2026-11-24"];

const make_page = (policy, name) => {
  const file = join(scratch, `${name}.html`);
  execFileSync(farol, ["matrix", policy, ...day, "-o", file]);
  execFileSync(farol, ["matrix", policy, ...day, "--check", file]);
  return pathToFileURL(file).href;
};

const large_policy = () => {
  const roles = 200, features = 100;
  const lines = ["farol 1", "tiers public < internal < confidential < restricted", "control mfa",
    "context device: managed | personal"];
  for (let i = 0; i < features; ++i) lines.push(`feature area${i % 10}.feature${i} { acts_on: data  kept_by: console }`);
  for (let i = 0; i < roles; ++i) {
    lines.push(`role role${i}`);
    lines.push(`allow role${i} to area${i % 10}.* on ${["public", "internal or below", "all"][i % 3]}` +
      (i % 4 === 0 ? " when device is managed requiring mfa" : "") + ` because "Work of role ${i}"`);
  }
  const file = join(scratch, "large.farol");
  writeFileSync(file, lines.join("\n") + "\n");
  return file;
};

const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
const problems = [];

const open = async (url, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) problems.push(message.text()); });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => { if (!/^(file|data):/.test(request.url())) problems.push(`asks for ${request.url()}`); });
  await page.goto(url);
  return page;
};

const has_no_violation = async (page, what) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate("axe.run()");
  assert.deepEqual(violations.map((each) => `${each.id}: ${each.nodes[0].html}`), [], what);
};

const shoot = async (page, name) => { if (shots) await page.screenshot({ path: join(shots, `${name}.png`) }); };
const rows = (page) => page.locator("#matrix .name").count();
const columns = (page) => page.locator("#matrix .role").count();
const hash = (page) => page.evaluate("location.hash");
const settled = (page) => page.waitForTimeout(120);  // the search waits a moment for the next key

const try_filters = async (page, all) => {
  await page.keyboard.press("/");
  await page.keyboard.type("meeting record");
  await settled(page);
  assert.equal(await rows(page), 2);
  assert.match(await page.locator("#count").innerText(), /^2 /);
  await page.locator("#search").fill("");
  await page.locator("#role").selectOption({ label: "\u2003Senior executives" });
  assert.equal(await columns(page), 1);
  assert.match(await hash(page), /role=executive/);
  await page.locator("#base").selectOption({ label: "Staff" });
  assert.equal(await columns(page), 2);
  await page.locator("#differ").check();
  assert.ok(await rows(page) < all);
  assert.equal(await page.locator("#matrix .cell.same").count(), 0);
  await has_no_violation(page, "two roles side by side");
  await shoot(page, "clinic-compared");
  await page.locator("#reset").click();
  assert.equal(await rows(page), all);
  // Who reaches a tier.
  await page.locator("#tier").selectOption({ label: "restricted" });
  const heads = await page.locator("#matrix .role b").allInnerTexts();
  assert.ok(heads.includes("Reception") && !heads.includes("Staff"), heads.join());
  assert.equal(await page.locator("#matrix .cell.allow", { hasText: "internal" }).count(), 0);
  await page.locator("#reset").click();
  // Refusals are there when they are asked for.
  assert.equal(await page.locator("#matrix .cell", { hasText: "Medical records" }).count(), 0);
  await page.locator("#refusals").check();
  assert.ok(await page.locator("#matrix .cell", { hasText: "Medical records" }).count() > 0);
  await has_no_violation(page, "refusals");
  await page.locator("#reset").click();
};

const try_cell = async (page) => {
  // From the first cell: down, up, right three times, open, close: the cell has the focus again.
  await page.locator("#search").fill("meeting.record");
  await settled(page);
  await page.locator("#matrix .cell[tabindex='0']").focus();
  for (const key of ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowRight", "ArrowRight", "Enter"]) await page.keyboard.press(key);
  const panel = page.locator("#panel");
  const text = await panel.innerText();
  assert.match(text, /Senior executives: Record a meeting/);
  assert.match(text, /^rules\.farol:\d+$/m);
  assert.match(text, /“Board meetings are minuted”/);
  assert.match(await hash(page), /cell=executive%3Ameeting\.record$/);
  await has_no_violation(page, "a cell of the clinic");
  await shoot(page, "clinic-cell");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#detail").isVisible(), false);
  assert.equal(await page.evaluate("document.activeElement.dataset.column"), "3");
};

const try_clinic = async (url) => {
  const page = await open(url);
  const [all, roles] = [await rows(page), await columns(page)];
  assert.ok(all > 20 && roles === 8, `${all} rows, ${roles} columns`);
  assert.equal(await page.locator("#matrix .role b").first().innerText(), "Staff");
  await has_no_violation(page, "the clinic");
  await shoot(page, "clinic-light");
  await try_filters(page, all);
  await try_cell(page);
  await page.locator("#reset").click();

  for (const [language, words] of [["繁體中文", "高級管理人員"], ["简体中文", "角色"], ["Português", "Língua"], ["English", "Senior executives"]]) {
    await page.locator("#language").selectOption({ label: language });
    assert.ok((await page.locator("body").innerText()).includes(words), language);
    assert.equal(await rows(page), all);
    await has_no_violation(page, language);
    await shoot(page, `clinic-${await page.evaluate("document.documentElement.lang")}`);
  }

  // A4 landscape, at most three pages, and no control on paper.
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("#controls").isVisible(), false);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  assert.match(pdf, /\/MediaBox \[0 0 84[12]\S* 59[456]/);
  const pages = pdf.match(/\/Type \/Page\b/g).length;
  assert.ok(pages <= 3, `${pages} pages`);
  if (shots) writeFileSync(join(shots, "clinic.pdf"), pdf, "latin1");
  await page.context().close();

  // The address names a cell.
  const linked = await open(`${url}#cell=executive:meeting.record`);
  assert.match(await linked.locator("#panel-title").innerText(), /Senior executives: Record a meeting/);
  await linked.context().close();
  const dark = await open(url, { colorScheme: "dark" });
  await has_no_violation(dark, "the clinic in the dark");
  await shoot(dark, "clinic-dark");
  await dark.context().close();
  const narrow = await open(url, { viewport: { width: 390, height: 800 } });
  await has_no_violation(narrow, "the clinic on a telephone");
  assert.equal(await narrow.evaluate("document.documentElement.scrollWidth <= innerWidth"), true);
  assert.equal(await narrow.locator("#controls").isVisible(), false);
  await narrow.locator("#filters").click();
  assert.equal(await narrow.locator("#controls").isVisible(), true);
  await has_no_violation(narrow, "the filters on a telephone");
  await shoot(narrow, "clinic-narrow");
  await narrow.context().close();
};

// Every third role is like another one, so that its column stands for both.
const try_large = async (url) => {
  const page = await open(url);
  const drawn = await page.locator("#matrix .cell").count();
  assert.ok(drawn > 100 && drawn < 2000, `${drawn} cells are in the page`);
  await page.locator("#search").fill("feature42");
  await settled(page);
  assert.equal(await rows(page), 1);
  await page.locator("#search").fill("");
  await settled(page);
  // Heads stay when the table moves, and what comes into view is drawn.
  await page.locator("#matrix").evaluate((node) => node.scrollTo(4000, 1500));
  await settled(page);
  const head = await page.locator("#matrix .corner").boundingBox();
  const table = await page.locator("#matrix").boundingBox();
  assert.ok(Math.abs(head.x - table.x) < 3 && Math.abs(head.y - table.y) < 3);
  const middle = await page.evaluate(() => {
    const box = document.getElementById("matrix").getBoundingClientRect();
    return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2).closest("[role=row]") !== null;
  });
  assert.equal(middle, true);
  // The keyboard goes where nothing is drawn yet.
  await page.locator("#matrix .cell[tabindex='0']").focus();
  await page.keyboard.press("Control+End");
  assert.equal(await page.evaluate("document.activeElement.getAttribute('aria-colindex')"), await page.locator("[role=grid]").getAttribute("aria-colcount"));
  await page.locator("#role").selectOption({ label: "role7" });
  assert.equal(await columns(page), 1);
  await has_no_violation(page, "one role of 200");
  await shoot(page, "large");
  await page.context().close();
};

try {
  await try_clinic(make_page(join(process.env.FAROL_SOURCE_DIR, "examples/clinic"), "clinic"));
  await try_large(make_page(large_policy(), "large"));
  assert.deepEqual(problems, []);
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true });
}
