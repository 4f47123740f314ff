// Every page but the matrix in a browser: node documents.mjs FAROL. Each page is sound in light and dark, on a telephone and
// on paper, in English and Chinese; its links lead somewhere; the keyboard reaches what can be pressed; folds open. Then
// what each page can do by itself.
import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { dark, is_sound, launch, phone } from "../browser.mjs";
import { day, example, make_pages, run } from "./made.mjs";

const [farol] = process.argv.slice(2);
const world = await launch("the pages were");
const { open } = world;

const links_lead_somewhere = async (page, name) => {
  const links = await page.evaluate(() => [...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href")));
  for (const link of links) {
    if (/^https?:/.test(link)) continue;
    if (link.startsWith("#")) {
      assert.equal(await page.evaluate((id) => document.getElementById(id) !== null, decodeURIComponent(link.slice(1))), true, `${name}: ${link}`);
    } else {
      assert.ok(existsSync(fileURLToPath(new URL(link.replace(/#.*/, ""), page.url()))), `${name}: ${link}`);
    }
  }
};

// Where the Tab key goes shows that it is there.
const keyboard_shows_where_it_is = async (page, name) => {
  for (let i = 0; i < 12; ++i) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement === document.body)) break;
    const at = await page.evaluate(() => ({ what: document.activeElement.outerHTML.slice(0, 80), outline: getComputedStyle(document.activeElement).outlineStyle, width: parseFloat(getComputedStyle(document.activeElement).outlineWidth) }));
    assert.ok(at.outline !== "none" && at.width >= 2, `${name}: nothing shows that the keyboard is at ${at.what}`);
  }
};

const folds = async (page, name) => {
  const count = await page.locator("details").count();
  if (count === 0) return;
  const first = page.locator("details").first();
  assert.equal(await first.evaluate((node) => node.open), false, name);
  await first.locator("summary").first().focus();
  await page.keyboard.press("Enter");
  assert.equal(await first.evaluate((node) => node.open), true, name);
  await is_sound(page, `${name}, unfolded`);
  await page.keyboard.press("Enter");
  // Paper cannot be unfolded.
  const open_ones = () => page.locator("details[open]").count();
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  assert.equal(await open_ones(), count, name);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  assert.equal(await open_ones(), 0, name);
};

const try_forms = async (name, url) => {
  const page = await open(url);
  await is_sound(page, name);
  await links_lead_somewhere(page, name);
  await keyboard_shows_where_it_is(page, name);
  await folds(page, name);
  await page.emulateMedia({ media: "print" });
  await is_sound(page, `${name} on paper`);
  for (const [form, options] of [["in the dark", dark], ["on a telephone", phone], ["in the dark on a telephone", { ...dark, ...phone }]]) {
    const other = await open(url, options);
    await is_sound(other, `${name} ${form}`);
    await other.context().close();
  }
  await page.context().close();
};

const try_diff = async (url, written) => {
  const page = await open(url, { permissions: ["clipboard-read", "clipboard-write"] });
  const seen = (mark) => page.evaluate((its) => [...document.querySelectorAll(`main li.${its}, main td.${its}`)].filter((node) => node.closest("[hidden]") === null).length, mark);
  const all = await seen("narrowing");
  assert.ok(all > 0 && await seen("widening") > 0);
  const wider = page.locator("button[data-mark=widening]");
  await wider.focus();
  await page.keyboard.press("Space");
  assert.equal(await wider.getAttribute("aria-pressed"), "true");
  assert.equal(await page.locator("main > section > section.narrowing:not([hidden])").count(), 0);
  assert.ok(await seen("widening") > 0);
  assert.match(page.url(), /#only=widening$/);
  await is_sound(page, "what is wider alone");
  await page.reload();
  assert.equal(await wider.getAttribute("aria-pressed"), "true");
  await wider.click();
  assert.equal(await seen("narrowing"), all);
  await page.locator("#copy").click();
  await page.waitForFunction(() => document.querySelector("#said").textContent !== "");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), written);
  // An address opens what is folded.
  const folded = await page.evaluate(() => document.querySelector("details [id]")?.id);
  if (folded !== undefined) {
    const linked = await open(`${url}#${folded}`);
    assert.equal(await linked.locator(`[id="${folded}"]`).isVisible(), true);
    await linked.context().close();
  }
  await page.context().close();
};

// What is signed on the page is a file that the program reads.
const try_checklist = async (url) => {
  const page = await open(url);
  const all = Number(await page.locator("#progress").getAttribute("max"));
  assert.ok(all > 10);
  assert.equal(await page.locator("#save").isDisabled(), true);
  const card = page.locator(".card", { has: page.locator("[data-record]") }).first(), field = (name) => card.locator(`[data-field=${name}]`);
  await field("done").focus();
  await page.keyboard.press("Space");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.field), "by");
  assert.equal(await field("by").getAttribute("aria-invalid"), "true");
  assert.equal(await page.locator("#save").isDisabled(), true);
  await page.keyboard.type("=Ada \"Lam\"");
  await field("on").fill("2026-11-24");
  await field("evidence").fill("a picture, of 24 November");
  assert.equal(await page.locator("#progress-text").innerText(), `1 / ${all}`);
  await is_sound(page, "a signed card");
  await page.emulateMedia({ media: "print" });
  await is_sound(page, "a signed card on paper");
  await page.emulateMedia({ media: "screen" });
  const [saved] = await Promise.all([page.waitForEvent("download"), page.locator("#save").click()]);
  assert.equal(saved.suggestedFilename(), "confirmations.csv");
  const clinic = join(world.scratch, "signed");
  cpSync(example("clinic"), clinic, { recursive: true });
  await saved.saveAs(join(clinic, "confirmations.csv"));
  assert.match(readFileSync(join(clinic, "confirmations.csv"), "utf8"), /"'=Ada ""Lam"""/);
  await page.context().close();
  run(farol, ["compile", clinic, ...day, "-o", join(clinic, "out")]);
  const again = await open(pathToFileURL(join(clinic, "out/checklist.html")).href);
  assert.equal(await again.locator("#progress-text").innerText(), `1 / ${all}`);
  assert.match(await again.locator(".card").first().innerText(), /Ada "Lam"/);
  await again.context().close();
};

const try_due = async (url) => {
  const page = await open(url);
  const days = await page.locator("td:first-child").allInnerTexts();
  const places = await page.locator(".axis circle").evaluateAll((all) => all.map((each) => parseFloat(each.getAttribute("cx"))));
  assert.ok(days.length >= 2 && places.length === days.length);
  assert.deepEqual([...places].sort((a, b) => a - b), places);
  await page.context().close();
};

const try_drift = async (url) => {
  const page = await open(url);
  for (const [light, count] of [["deny", 3], ["widening", 1], ["attention", 4], ["done", 4]]) {
    const link = page.locator(`.choices a.${light}`);
    assert.match(await link.innerText(), new RegExp(`${count}$`));
    await link.click();
    const target = page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`);
    assert.equal(await target.locator(`li.${light}`).count(), count);
  }
  await page.context().close();
};

const try_graph = async (url, in_site) => {
  const page = await open(url);
  const roles = page.locator(".role");
  assert.equal(await roles.count(), 7);
  assert.equal(await page.locator("#lines path.inherits").count(), 6);
  assert.equal(await page.locator("#lines path.apart").count(), 3);
  await roles.filter({ hasText: "Reception" }).hover();
  assert.equal(await page.locator("#lines path.on").count(), 1);
  await page.context().close();
  const linked = await open(in_site);
  await linked.locator(".role a", { hasText: "Reception" }).click();
  await linked.locator("#matrix .role").first().waitFor();
  assert.equal(await linked.locator("#matrix .role").count(), 1);
  await linked.context().close();
};

const try_site = async (url, many) => {
  const page = await open(url);
  for (const link of await page.locator("main a[href$='.html']").evaluateAll((all) => all.map((each) => each.href))) {
    await page.goto(link);
    assert.notEqual(await page.locator("h1").innerText(), "");
  }
  await page.goto(many);
  assert.equal(await page.locator("tbody tr").count(), 2);
  await page.locator("main a").first().click();
  assert.match(await page.locator("h1").innerText(), /Lotus Clinics/);
  await page.context().close();
};

try {
  for (const language of ["en", "zh-Hant"]) {
    const pages = make_pages(farol, join(world.scratch, language), language);
    for (const [name, url] of Object.entries(pages)) if (name !== "matrix") await try_forms(`${name} (${language})`, url);
    if (language !== "en") continue;
    const folder = join(world.scratch, language);
    await try_diff(pages.diff, run(farol, ["diff", "clinic", "changed", ...day, "--format", "md"], { cwd: folder }));
    await try_checklist(pages.checklist);
    await try_due(pages.due);
    await try_drift(pages.drift);
    await try_graph(pages.graph, pages.roles);
    await try_site(pages.site, pages.sites);
  }
  world.no_problem();
} finally {
  await world.close();
}
