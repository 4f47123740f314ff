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
const rows = (page) => page.locator("#matrix th[scope=row]").count();
const columns = (page) => page.locator("#matrix thead th").count();

const try_clinic = async (url) => {
  const page = await open(url);
  const [all, roles] = [await rows(page), await columns(page)];
  assert.ok(all > 20 && roles === 10, `${all} rows, ${roles} columns`);
  await has_no_violation(page, "the clinic");
  await shoot(page, "clinic-light");

  await page.keyboard.press("/");
  await page.keyboard.type("meeting record");
  assert.equal(await rows(page), 2);
  assert.match(await page.locator("#count").innerText(), /^2 /);
  await page.locator("#search").fill("");
  await page.locator("#role").selectOption({ label: "Senior executives" });
  assert.equal(await columns(page), 3);
  await page.locator("#mark").selectOption("allow");
  assert.ok(await rows(page) < all);
  await page.locator("#tier").selectOption({ label: "restricted" });
  assert.equal(await page.locator("#matrix .entry.allow", { hasText: "public" }).count(), 0);
  for (const filter of ["role", "mark", "tier"]) await page.locator(`#${filter}`).selectOption("");
  await page.locator("#group").selectOption({ label: "Meetings" });
  assert.ok(await rows(page) > 0 && await rows(page) < all);

  // From the first cell two down and two right, open, close: the cell has the focus again.
  await page.locator("#search").fill("record");
  await page.locator("#matrix button[tabindex='0']").focus();
  for (const key of ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowRight", "Enter"]) await page.keyboard.press(key);
  const dialog = page.locator("dialog");
  assert.match(await dialog.innerText(), /Senior executives: Record a meeting/);
  assert.match(await dialog.innerText(), /^rules\.farol:\d+$/m);
  assert.match(await dialog.innerText(), /“Board meetings are minuted”/);
  await has_no_violation(page, "a cell of the clinic");
  await shoot(page, "clinic-cell");
  await page.keyboard.press("Escape");
  assert.equal(await dialog.isVisible(), false);
  assert.equal(await page.evaluate("document.activeElement.dataset.column"), "2");
  await page.locator("#search").fill("");
  await page.locator("#group").selectOption("");

  for (const [language, words] of [["繁體中文", "高級管理人員"], ["简体中文", "角色"], ["Português", "Língua"], ["English", "Senior executives"]]) {
    await page.locator("#language").selectOption({ label: language });
    assert.ok((await page.locator("body").innerText()).includes(words), language);
    assert.equal(await rows(page), all);
    await has_no_violation(page, language);
    await shoot(page, `clinic-${await page.evaluate("document.documentElement.lang")}`);
  }

  // A4 landscape, and no control on paper.
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".controls").isVisible(), false);
  await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
  assert.equal(await page.evaluate("document.body.scrollWidth <= document.documentElement.clientWidth"), true);
  await shoot(page, "clinic-print");
  await page.evaluate("window.dispatchEvent(new Event('afterprint'))");
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.match(pdf.toString("latin1"), /\/MediaBox \[0 0 84[12]\S* 59[456]/);
  if (shots) writeFileSync(join(shots, "clinic.pdf"), pdf);
  await page.context().close();

  const dark = await open(url, { colorScheme: "dark" });
  await has_no_violation(dark, "the clinic in the dark");
  await shoot(dark, "clinic-dark");
  await dark.context().close();
  const narrow = await open(url, { viewport: { width: 390, height: 800 } });
  await has_no_violation(narrow, "the clinic on a telephone");
  assert.equal(await narrow.evaluate("document.documentElement.scrollWidth <= innerWidth"), true);
  await shoot(narrow, "clinic-narrow");
  await narrow.context().close();
};

const try_large = async (url) => {
  const page = await open(url);
  assert.equal(await rows(page), 100);
  assert.equal(await columns(page), 202);
  const took = await page.evaluate(() => {
    const search = document.getElementById("search"), start = performance.now();
    search.value = "feature42";
    search.dispatchEvent(new Event("input"));
    return performance.now() - start;
  });
  assert.equal(await rows(page), 1);
  // The slowest is to draw it whole again.
  const whole = await page.evaluate(() => {
    const search = document.getElementById("search"), start = performance.now();
    search.value = "";
    search.dispatchEvent(new Event("input"));
    document.body.getBoundingClientRect();
    return performance.now() - start;
  });
  assert.equal(await rows(page), 100);
  assert.equal(await columns(page), 202);
  console.log(`NOTE: the matrix of 200 roles and 100 features: ${Math.round(took)} ms to search, ${Math.round(whole)} ms to draw`);
  // Headings stay when the table moves.
  await page.locator("#matrix").evaluate((node) => node.scrollTo(4000, 1500));
  const head = await page.locator("#matrix thead th").first().boundingBox();
  const table = await page.locator("#matrix").boundingBox();
  assert.ok(Math.abs(head.x - table.x) < 3 && Math.abs(head.y - table.y) < 3);
  await page.locator("#role").selectOption({ label: "role7" });
  assert.equal(await columns(page), 3);
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
