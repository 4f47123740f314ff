// node pack.mjs FOLDER OUTPUT: makes the workbench, one page, of the files here and of farol_page.js and farol_page.wasm in
// FOLDER. It runs where esbuild and the packages of package.json are installed.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const { build } = createRequire(join(process.cwd(), "here.js"))("esbuild");
const [folder, output] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const shared = { bundle: true, minify: true, write: false, format: "esm", target: "es2022", legalComments: "inline", logLevel: "warning", nodePaths: [join(process.cwd(), "node_modules")] };

const text_of = async (options) => (await build({ ...shared, ...options })).outputFiles[0].text;
const worker = await text_of({ entryPoints: [join(here, "worker.js")], format: "iife" });
const script = await text_of({
  entryPoints: [join(here, "main.js")],
  plugins: [{
    name: "worker",
    setup(builder) {
      builder.onResolve({ filter: /^worker-source$/ }, ({ path }) => ({ path, namespace: "worker" }));
      builder.onLoad({ filter: /.*/, namespace: "worker" }, () => ({ contents: worker, loader: "text" }));
    },
  }],
});
const style = readFileSync(join(here, "../../document/page.css"), "utf8") + readFileSync(join(here, "page.css"), "utf8");

// What stands inside an element must not end it.
const inside = (text) => text.replace(/<\/(script|style)/gi, "<\\/$1").replace(/<!--/g, "<\\!--");
const parts = {
  STYLE: style,
  PROGRAM: inside(readFileSync(join(folder, "farol_page.js"), "utf8")),
  MODULE: gzipSync(readFileSync(join(folder, "farol_page.wasm")), { level: 9 }).toString("base64"),
  SCRIPT: inside(script),
};
const page = readFileSync(join(here, "page.html"), "utf8").replace(/@([A-Z]+)@/g, (whole, name) => parts[name] ?? whole);
writeFileSync(output, page);
