// pages.mjs PAGE: milliseconds in Chromium until the page has painted, until the last key of a search is answered and drawn,
// and of the slowest of a hundred steps of scrolling. Each is the middle one of five runs.
import { pathToFileURL } from "node:url";
import { launch } from "../npm/browser.mjs";

const [file] = process.argv.slice(2);
const { open, close } = await launch("the large page was");
const figures = { paint: [], search: [], scroll: [] };
for (let run = 0; run < 5; ++run) {
  const page = await open(pathToFileURL(file).href);
  await page.waitForSelector("#matrix .cell");
  await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
  figures.paint.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime));
  // With the moment in which the page waits for the next key.
  figures.search.push(await page.evaluate(() => new Promise((done) => {
    const search = document.getElementById("search");
    search.value = "feature42";
    search.dispatchEvent(new Event("input"));
    const start = performance.now();
    const look = new MutationObserver(() => {
      look.disconnect();
      document.body.getBoundingClientRect();
      done(performance.now() - start);
    });
    look.observe(document.getElementById("matrix"), { childList: true });
  })));
  await page.evaluate(() => { const search = document.getElementById("search"); search.value = ""; search.dispatchEvent(new Event("input")); });
  await page.waitForTimeout(200);
  figures.scroll.push(await page.evaluate(async () => {
    const table = document.getElementById("matrix");
    let slowest = 0;
    for (let step = 0; step < 100; ++step) {
      const start = performance.now();
      table.scrollBy(900, 120);
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      slowest = Math.max(slowest, performance.now() - start);
    }
    return slowest;
  }));
  await page.context().close();
}
await close();
const middle = (all) => Math.round([...all].sort((a, b) => a - b)[2]);
for (const [what, all] of Object.entries(figures)) console.log(`${what}: ${middle(all)} ms`);
