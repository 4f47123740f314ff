// What every test of a page in a browser shares: Debian's Chromium, and what a page is held to in each of its states. The
// packages are those of the folder in which a script starts, where tests/npm/install has put them.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "here.js"));
const program = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
export const dark = { colorScheme: "dark" };

// Runs in the page. Text is held to 4.5 : 1, and what has a meaning beside text to 3 : 1: the bars of marked lines and
// cards, and the edges of what can be filled in or pressed. Controls that cannot be used are left out, as WCAG does.
const too_faint = () => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const color_of = (text) => {
    if (!known.has(text)) {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = text;
      brush.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
      known.set(text, [r, g, b, a / 255]);
    }
    return known.get(text);
  };
  const over = (front, back) => [0, 1, 2].map((i) => front[i] * front[3] + back[i] * (1 - front[3])).concat(1);
  const back_of = (node) => {
    const layers = [];
    for (let at = node; at !== null; at = at.parentElement) {
      const color = color_of(getComputedStyle(at).backgroundColor);
      if (color[3] > 0) layers.push(color);
      if (color[3] === 1) break;
    }
    return layers.reverse().reduce((back, front) => over(front, back), [255, 255, 255, 1]);
  };
  const light = (color) => {
    const [r, g, b] = color.map((each) => (each / 255 <= 0.04045 ? each / 255 / 12.92 : ((each / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (front, back) => {
    const [a, b] = [light(over(front, back)), light(back)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  const name_of = (node) => `<${node.localName} class="${node.getAttribute("class") ?? ""}">`;
  const seen = (node) => node.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && node.getClientRects().length > 0;
  const found = new Set();
  const hold = (least, front, back, what) => {
    const is = ratio(front, back);
    if (is < least - 0.005) found.add(`${is.toFixed(2)} instead of ${least}: ${what}`);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const node = text.parentElement;
    if (text.data.trim() === "" || !seen(node) || node.closest("script, style, option, :disabled, .spoken") !== null) continue;
    hold(4.5, color_of(getComputedStyle(node).color), back_of(node), `${name_of(node)} ${text.data.trim().slice(0, 40)}`);
  }
  for (const node of document.body.querySelectorAll("*")) {
    if (!seen(node)) continue;
    const style = getComputedStyle(node), is_control = node.matches("input:not([type=checkbox]), select, textarea, button") && !node.matches(":disabled");
    if (is_control && style.borderBottomStyle !== "none" && parseFloat(style.borderBottomWidth) > 0)
      hold(3, color_of(style.borderBottomColor), back_of(node.parentElement), `edge of ${name_of(node)}`);
    const marked = node.matches(".widening, .narrowing, .mixed, .attention, .allow, .deny, .done, .platform, .withheld, .bar");
    if (marked && parseFloat(style.borderLeftWidth) >= 3) hold(3, color_of(style.borderLeftColor), back_of(node.parentElement), `bar of ${name_of(node)}`);
    if (node.matches(".bar")) hold(3, color_of(style.borderTopColor), back_of(node.parentElement), `edge of ${name_of(node)}`);
    if (node.matches("path") && style.stroke !== "none") hold(3, color_of(style.stroke), back_of(document.body), `line of ${name_of(node)}`);
  }
  return [...found];
};

// Runs in the page: what is wider than the window.
const sideways = () => {
  if (document.documentElement.scrollWidth <= document.documentElement.clientWidth) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((node) => node.getBoundingClientRect().right > innerWidth + 1);
  return wide.slice(-3).map((node) => `${node.localName}.${node.className} ends at ${Math.round(node.getBoundingClientRect().right)} of ${innerWidth}`);
};

export const launch = async (what) => {
  if (program === undefined) {
    console.log(`NOTE: there is no Chromium: ${what} not tried in a browser`);
    process.exit(77);
  }
  const { chromium } = require("playwright-core");
  const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
  const scratch = mkdtempSync(join(tmpdir(), "farol-page-"));
  const problems = [];
  return {
    browser, scratch,
    // A page that was opened at this address. Whatever it says on its console, or asks of the network, is a problem;
    // `server` is an address that it may ask.
    open: async (url, { server, ...options } = {}) => {
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "en-GB", acceptDownloads: true, ...options });
      const page = await context.newPage();
      page.on("console", (message) => { if (["error", "warning"].includes(message.type())) problems.push(`${url}: ${message.text()}`); });
      page.on("pageerror", (error) => problems.push(`${url}: ${error}`));
      page.on("request", (request) => {
        const asked = request.url();
        if (!/^(file|data|blob|about):/.test(asked) && asked !== server) problems.push(`${url} asks for ${asked}`);
      });
      page.on("dialog", (dialog) => dialog.accept());
      await page.goto(url);
      return page;
    },
    close: async () => {
      await browser.close();
      rmSync(scratch, { recursive: true });
    },
    no_problem: () => assert.deepEqual(problems, []),
  };
};

// What a page is held to in whatever state it is.
export const is_sound = async (page, state, { contrast = true } = {}) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate("axe.run({ iframes: false })");
  assert.deepEqual(violations.map((each) => `${each.id}: ${each.nodes[0].html}`), [], `axe-core: ${state}`);
  if (contrast) assert.deepEqual(await page.evaluate(too_faint), [], `contrast: ${state}`);
  assert.deepEqual(await page.evaluate(sideways), [], `it scrolls sideways: ${state}`);
};
