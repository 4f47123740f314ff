// The workbench in a browser: node page.mjs FAROL [PAGE [FOLDER]]. PAGE is the page that src/wasm/build makes. Without it the
// page is packed here, and the native farol stands in for the module: what the page does is the same, how long it takes is
// not, so times are said for PAGE only. With FOLDER it leaves screenshots.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { dark, is_sound, launch, phone } from "../browser.mjs";
import { program, serve } from "./standin.mjs";

const [farol, built, shots] = process.argv.slice(2);
const source = process.env.FAROL_SOURCE_DIR;
const world = await launch("the workbench was");
const { scratch } = world;
const server = built ? undefined : await serve(farol);

const packed = () => {
  writeFileSync(join(scratch, "farol_page.js"), program(server.url));
  writeFileSync(join(scratch, "farol_page.wasm"), "");
  const page = join(scratch, "workbench.html");
  execFileSync(process.execPath, [join(source, "src/wasm/workbench/pack.mjs"), scratch, page], { cwd: process.cwd() });
  // The page may ask nobody; the stand-in must ask the server.
  writeFileSync(page, readFileSync(page, "utf8").replace("default-src 'none';", `default-src 'none'; connect-src ${server.url};`));
  return page;
};

const url = pathToFileURL(built || packed()).href;

// Asked again and again from here: the page itself may evaluate no text.
const until = async (page, condition, argument) => {
  for (let i = 0; i < 1200; ++i) {
    if (await page.evaluate(condition, argument)) return;
    await page.waitForTimeout(100);
  }
  throw new Error(`it does not become true: ${condition}`);
};

const open = async (options = {}) => {
  const start = Date.now();
  const page = await world.open(url, { server: server?.url, ...options });
  page.setDefaultTimeout(120000);
  await until(page, "document.body.dataset.ready === 'true' && document.getElementById('page').src !== ''");
  return { page, took: Date.now() - start };
};

const shoot = async (page, name) => { if (shots) await page.screenshot({ path: join(shots, `${name}.png`) }); };
const paper = (page) => page.frameLocator("#page");
const finding = (page, text) => page.locator("#findings li", { hasText: text });

// Types at the end of the text. Returns how long it took until a finding says `text`, in the page's own clock.
const type_and_wait = async (page, typed, text) => {
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText(typed.slice(0, -1));
  await page.waitForTimeout(1500);
  assert.doesNotMatch(await page.locator("#findings").innerText(), new RegExp(text), "it is the last key that brings it");
  await page.evaluate((wanted) => {
    window.seen = new Promise((resolve) => {
      const list = document.getElementById("findings");
      const watcher = new MutationObserver(() => {
        if (!list.textContent.includes(wanted)) return;
        watcher.disconnect();
        resolve(performance.now() - window.typed);
      });
      watcher.observe(list, { childList: true, subtree: true, characterData: true });
    });
    document.querySelector(".cm-content").addEventListener("beforeinput", () => { window.typed = performance.now(); }, { once: true });
    window.typed = performance.now();
  }, text);
  await page.keyboard.insertText(typed.slice(-1));
  return page.evaluate("window.seen");
};

try {
  const { page, took } = await open();
  await is_sound(page, "the page");
  await shoot(page, "start");
  assert.match(await page.locator(".cm-content").innerText(), /^farol 1/);
  assert.match(await paper(page).locator("h1").innerText(), /who may do what/);

  // A conflict, its repair, and what the repair changes in the matrix.
  const row = paper(page).locator("[role=row]", { hasText: "drive.delete" });
  const search = async (text) => {
    if (!await paper(page).locator("[type=search]").isVisible()) await paper(page).locator("button", { hasText: "Filters" }).click();
    await paper(page).locator("[type=search]").fill(text);
  };
  // What a name means is a table, and nothing of its Markdown is left.
  await page.locator(".cm-line", { hasText: "allow staff to drive.read" }).first().hover({ position: { x: 150, y: 8 } });
  const meaning = page.locator(".cm-tooltip .hover");
  await meaning.locator("tr", { hasText: "kept by" }).waitFor();
  assert.doesNotMatch(await meaning.innerText(), /\|\s*---|&#|<br>|\\/);
  await shoot(page, "meaning");
  await page.mouse.move(0, 0);
  await search("drive.delete");
  assert.doesNotMatch(await row.innerText(), /✔/);
  const waited = await type_and_wait(page, "\nallow staff to drive.delete on internall", "`internall`");
  assert.equal(await page.locator(".cm-lintRange-error").innerText(), "internall");
  assert.match(await page.locator("#count").innerText(), /error: 1/);
  await shoot(page, "finding");
  await is_sound(page, "with a finding");
  await finding(page, "`internall`").locator("button.repair").click();
  await finding(page, "`internall`").waitFor({ state: "detached" });
  assert.match(await page.locator(".cm-content").innerText(), /allow staff to drive\.delete on internal$/m);
  // What was looked for in the matrix still is.
  await row.filter({ hasText: "✔" }).waitFor();
  assert.equal(await paper(page).locator("[type=search]").inputValue(), "drive.delete");
  await search("");

  // Two rules that disagree have three repairs.
  await type_and_wait(page, "\ndeny hr to drive.read on payroll", "disagree");
  assert.ok(await finding(page, "disagree").locator("button.repair").count() >= 2);
  await page.locator("#stale", { hasText: "errors" }).waitFor();
  await finding(page, "disagree").locator("button.repair").nth(1).click();
  await finding(page, "disagree").waitFor({ state: "detached" });
  await page.keyboard.press("Control+z");
  await finding(page, "disagree").waitFor();
  // The last key and what was typed before it are undone one after the other.
  for (let i = 0; i < 2; ++i) await page.keyboard.press("Control+z");
  assert.doesNotMatch(await page.locator(".cm-content").innerText(), /deny hr/);

  // A test of the policy that does not hold is a finding, and says what it means.
  await page.locator("#count", { hasText: "tests that hold: 2/2" }).waitFor();
  await type_and_wait(page, '\ntest "new" { expect deny staff to chat.send }', "chat.send");
  await page.locator("#count", { hasText: /error: 1.*tests that hold: 2\/3/ }).waitFor();
  await finding(page, "chat.send").locator("button.why").click();
  await page.locator("#explanation", { hasText: "failed-expectation" }).waitFor();
  await is_sound(page, "with an explanation");
  await shoot(page, "explanation");
  await page.locator("#why button").click();
  await page.locator(".cm-content").click();
  for (let i = 0; i < 2; ++i) await page.keyboard.press("Control+z");
  await finding(page, "chat.send").waitFor({ state: "detached" });

  // What has changed since the policy was opened.
  await page.locator("#tab-changes").click();
  await paper(page).locator("body", { hasText: "drive.delete" }).waitFor();
  assert.match(await paper(page).locator("body").innerText(), /before → now/);
  await shoot(page, "changes");
  for (const tab of ["checklist", "papers"]) {
    await page.locator(`#tab-${tab}`).click();
    await until(page, (name) => document.getElementById("page").title.toLowerCase() === name, tab);
    await paper(page).locator("h1").waitFor();
  }
  assert.ok(await page.locator("#paper option").count() > 3);
  await page.locator("#tab-papers").focus();
  await page.keyboard.press("ArrowLeft");
  assert.equal(await page.locator("#tab-checklist").getAttribute("aria-selected"), "true");
  for (let i = 0; i < 2; ++i) await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator("#tab-matrix").getAttribute("aria-selected"), "true");

  // Completion knows the place.
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("\nallow staff to meeting.re");
  await page.keyboard.press("Control+Space");
  await page.locator(".cm-tooltip-autocomplete li", { hasText: "meeting.record" }).first().waitFor();
  await shoot(page, "completion");
  await page.keyboard.press("Escape");
  for (let i = 0; i < 26; ++i) await page.keyboard.press("Backspace");

  // Chinese: the page, the findings and the matrix.
  await page.locator("#language").selectOption("zh-Hant");
  assert.equal(await page.evaluate("document.documentElement.lang"), "zh-Hant");
  assert.equal(await page.locator("#save").innerText(), "儲存");
  await paper(page).locator("html[lang=zh-Hant]").waitFor();
  await is_sound(page, "in Chinese");
  await shoot(page, "chinese");

  const [saved] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Control+s")]);
  assert.equal(saved.suggestedFilename(), "policy.farol");
  const file = join(scratch, "policy.farol");
  await saved.saveAs(file);
  assert.match(readFileSync(file, "utf8"), /allow staff to drive\.delete on internal/);
  execFileSync(farol, ["check", file], { stdio: "ignore" });
  assert.equal(await page.locator("#saved").innerText(), "已儲存");

  // An example of several files is saved as one archive; a file that is opened is the policy.
  await page.locator("#start").selectOption("clinic");
  await until(page, "document.getElementById('file').options.length > 2");
  await page.locator("#file").selectOption("rules.farol");
  await until(page, "document.querySelector('.cm-content').innerText.includes('at_work')");
  const [archive] = await Promise.all([page.waitForEvent("download"), page.locator("#save").click()]);
  assert.equal(archive.suggestedFilename(), "clinic.zip");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.locator("#open-files").click()]);
  await chooser.setFiles(file);
  await until(page, "document.getElementById('file').options.length === 1");
  assert.match(await page.locator(".cm-content").innerText(), /^farol 1/);
  await page.context().close();

  for (const [name, options] of [["dark", dark], ["narrow", phone]]) {
    const other = await open(options);
    await is_sound(other.page, name);
    await shoot(other.page, name);
    await other.page.context().close();
  }
  world.no_problem();
  if (built) console.log(`NOTE: the workbench is there after ${took} ms, and a finding ${Math.round(waited)} ms after the key`);
} finally {
  server?.close();
  await world.close();
}
