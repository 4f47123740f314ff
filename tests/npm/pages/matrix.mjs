// The matrix page in a browser: node matrix.mjs FAROL. Drives filters, search, keyboard, address, languages and paper for a
// worked example and for a policy of 200 roles.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { dark, is_sound, launch, phone } from "../browser.mjs";
import { day, example, run } from "./made.mjs";

const [farol] = process.argv.slice(2);
const world = await launch("the matrix page was");
const { open, scratch } = world;

const make_page = (policy, name) => {
  const file = join(scratch, `${name}.html`);
  run(farol, ["matrix", policy, ...day, "-o", file]);
  run(farol, ["matrix", policy, ...day, "--check", file]);
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
  await is_sound(page, "two roles side by side");
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
  await is_sound(page, "refusals");
  await page.locator("#reset").click();
};

const try_tests = async (page) => {
  await page.locator("#tests").check();
  assert.match(await hash(page), /tests=1/);
  const seen = page.locator("#matrix .cell.allow", { hasText: "tested" });
  assert.ok(await seen.count() > 0);
  await is_sound(page, "what tests look at");
  await seen.first().click();
  assert.match(await page.locator("#detail").innerText(), /expectations of tests about it: [1-9]/);
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
  await is_sound(page, "a cell of the clinic");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#detail").isVisible(), false);
  assert.equal(await page.evaluate("document.activeElement.dataset.column"), "3");
};

const try_clinic = async (url) => {
  const page = await open(url);
  const [all, roles] = [await rows(page), await columns(page)];
  assert.ok(all > 20 && roles === 8, `${all} rows, ${roles} columns`);
  assert.equal(await page.locator("#matrix .role b").first().innerText(), "Staff");
  await is_sound(page, "the clinic");
  await try_filters(page, all);
  await try_tests(page);
  await try_cell(page);
  await page.locator("#reset").click();

  for (const [language, words] of [["繁體中文", "高級管理人員"], ["简体中文", "角色"], ["Português", "Língua"], ["English", "Senior executives"]]) {
    await page.locator("#language").selectOption({ label: language });
    assert.ok((await page.locator("body").innerText()).includes(words), language);
    assert.equal(await rows(page), all);
    await is_sound(page, language);
  }

  // A4 landscape, at most three pages, and no control on paper.
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("#controls").isVisible(), false);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  assert.match(pdf, /\/MediaBox \[0 0 84[12]\S* 59[456]/);
  const pages = pdf.match(/\/Type \/Page\b/g).length;
  assert.ok(pages <= 3, `${pages} pages`);
  await page.context().close();

  // The address names a cell.
  const linked = await open(`${url}#cell=executive:meeting.record`);
  assert.match(await linked.locator("#panel-title").innerText(), /Senior executives: Record a meeting/);
  await linked.context().close();
  const night = await open(url, dark);
  await is_sound(night, "the clinic in the dark");
  for (const tick of ["refusals", "tests"]) {
    await night.locator(`#${tick}`).check();
    await is_sound(night, `${tick} in the dark`);
  }
  await night.context().close();
  const narrow = await open(url, phone);
  await is_sound(narrow, "the clinic on a telephone");
  assert.equal(await narrow.locator("#controls").isVisible(), false);
  await narrow.locator("#filters").click();
  assert.equal(await narrow.locator("#controls").isVisible(), true);
  await is_sound(narrow, "the filters on a telephone");
  await narrow.locator("#filters").click();
  await narrow.locator("#matrix .cell.allow").first().click();
  await is_sound(narrow, "a cell on a telephone");
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
  await settled(page);
  assert.equal(await page.evaluate("document.activeElement.getAttribute('aria-colindex')"), await page.locator("[role=grid]").getAttribute("aria-colcount"));
  await page.locator("#role").selectOption({ label: "role7" });
  assert.equal(await columns(page), 1);
  // This policy has no tests, so that no cell with a rule is tested.
  await page.locator("#tests").check();
  assert.equal(await page.locator("#matrix .cell.allow").count(), 0);
  assert.ok(await page.locator("#matrix .cell.deny", { hasText: "no test" }).count() > 0);
  await is_sound(page, "one role of 200");
  await page.context().close();
};

try {
  await try_clinic(make_page(example("clinic"), "clinic"));
  await try_large(make_page(large_policy(), "large"));
  world.no_problem();
} finally {
  await world.close();
}
