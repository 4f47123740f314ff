// The extension as it is packed, in a browser: node web.mjs WASM NODE_MODULES, where WASM is the folder of src/wasm/build and
// NODE_MODULES has the packages of src/vscode. There is no VS Code here, so its interface and the client of the protocol are
// stand-ins; the worker, the compiler in it, and what passes between them are real.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { launch } from "../browser.mjs";

const [wasm, modules] = process.argv.slice(2);
const source = process.env.FAROL_SOURCE_DIR;
const world = await launch("the extension was");
const { scratch } = world;

execFileSync(join(source, "src/vscode/build"), [scratch, wasm], { env: { ...process.env, FAROL_NODE_MODULES: modules } });
execFileSync("python3", ["-m", "zipfile", "-e", join(scratch, "farol.vsix"), join(scratch, "vsix")]);
const packed = join(scratch, "vsix/extension");
const manifest = JSON.parse(readFileSync(join(packed, "package.json"), "utf8"));
assert.equal(manifest.browser, "./dist/web.js");
// The client is in the bundle; a stand-in for it has to be built around.
const { buildSync } = createRequire(join(modules, "here.js"))("esbuild");
assert.match(readFileSync(join(packed, manifest.browser), "utf8"), /didChangeWatchedFiles/);
const script = buildSync({
  entryPoints: [join(source, "src/vscode/web.js")], bundle: true, write: false, format: "cjs", external: ["vscode", "vscode-languageclient/browser"],
}).outputFiles[0].text;

const page_of_test = "<!doctype html><meta charset=utf-8><title>extension</title>";
const server = createServer((request, response) => {
  const path = new URL(request.url, "http://x").pathname;
  if (path === "/") return response.setHeader("content-type", "text/html").end(page_of_test);
  response.setHeader("content-type", path.endsWith(".js") ? "text/javascript" : "application/wasm");
  try { response.end(readFileSync(join(packed, path))); } catch { response.writeHead(404).end(); }
  return undefined;
}).listen(0, "127.0.0.1");
await new Promise((ready) => server.on("listening", ready));
const address = `http://127.0.0.1:${server.address().port}`;

// Runs in the page: enough of VS Code, with one folder of a virtual file system.
const activate = async ({ script, files }) => {
  class Uri {
    constructor(parts) { Object.assign(this, { scheme: "", authority: "", path: "" }, parts); }
    static from(parts) { return new Uri(parts); }
    static parse(text) {
      const [, scheme, authority, path] = /^([a-z-]+):\/\/([^/]*)(.*)$/s.exec(text);
      return new Uri({ scheme, authority: decodeURIComponent(authority), path: decodeURIComponent(path) });
    }
    static joinPath(uri, ...names) { return new Uri({ ...uri, path: [uri.path.replace(/\/$/, ""), ...names].join("/") }); }
    toString(plain) {
      const written = (text) => (plain ? text : encodeURIComponent(text).replaceAll("%2F", "/"));
      return `${this.scheme}://${this.authority}${written(this.path)}`;
    }
  }
  const disposable = { dispose() {} };
  const world = { files: new Map(Object.entries(files)), found: new Map(), said: [], panels: [], commands: new Map(), clients: [] };
  const uri_of = (name) => new Uri({ scheme: "vscode-vfs", authority: "github", path: `/firma/política/${name}` });
  const name_of = (uri) => uri.path.split("/").pop();
  const watched = {};
  const listen = (name) => (listener) => ((watched[name] = listener), disposable);
  world.document = { languageId: "farol", uri: uri_of("rules.farol") };
  world.change = async (name, text) => {
    text === null ? world.files.delete(name) : world.files.set(name, text);
    await watched[text === null ? "deleted" : "changed"](uri_of(name));
  };
  world.saved = () => watched.saved(world.document);
  world.uri_of = uri_of;
  const vscode = {
    Uri,
    env: { language: "zh-tw" },
    ViewColumn: { Beside: -2 },
    commands: { registerCommand: (name, action) => (world.commands.set(name, action), disposable) },
    window: {
      activeTextEditor: { document: world.document },
      createOutputChannel: () => ({ ...disposable, clear() {}, append: (text) => world.said.push(text), show() {} }),
      showInformationMessage: (text) => world.said.push(text),
      createWebviewPanel: (kind, title) => {
        const panel = { kind, title, webview: { html: "" }, reveal() {}, onDidDispose() {} };
        world.panels.push(panel);
        return panel;
      },
    },
    workspace: {
      getConfiguration: () => ({ get: () => "" }),
      saveAll: async () => true,
      onDidSaveTextDocument: listen("saved"),
      onDidChangeConfiguration: () => disposable,
      findFiles: async () => [...world.files.keys()].map(uri_of),
      createFileSystemWatcher: () => ({ ...disposable, onDidCreate: listen("created"), onDidChange: listen("changed"), onDidDelete: listen("deleted") }),
      fs: {
        readFile: async (uri) => (uri.scheme === "http" ? new Uint8Array(await (await fetch(uri.toString(true))).arrayBuffer())
          : new TextEncoder().encode(world.files.get(name_of(uri)))),
      },
    },
  };
  class LanguageClient {
    constructor(id, title, options, worker) {
      Object.assign(this, { options, worker, next: 0, waiting: new Map() });
      world.clients.push(this);
      worker.onmessage = ({ data }) => {
        if (data.method === "textDocument/publishDiagnostics")
          world.found.set(options.uriConverters.protocol2Code(data.params.uri).toString(true), data.params.diagnostics);
        this.waiting.get(data.id)?.(data);
      };
    }
    sendNotification(method, params) { this.worker.postMessage({ jsonrpc: "2.0", method, params }); }
    request(method, params) {
      const id = ++this.next;
      this.worker.postMessage({ jsonrpc: "2.0", id, method, params });
      return new Promise((resolve) => this.waiting.set(id, resolve));
    }
    async start() {
      this.capabilities = (await this.request("initialize", { capabilities: {}, initializationOptions: this.options.initializationOptions })).result.capabilities;
      this.sendNotification("initialized", {});
    }
    async stop() { await this.request("shutdown"); }
  }
  world.LanguageClient = LanguageClient;
  const module = { exports: {} };
  new Function("module", "exports", "require", script)(module, module.exports, (name) => (name === "vscode" ? vscode : { LanguageClient }));
  window.world = world;
  window.extension = module.exports;
  await module.exports.activate({ extensionUri: Uri.parse(`${location.origin}/`), subscriptions: [] });
};

try {
  const page = await world.open(address, { server: address });
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  const clinic = join(source, "examples/clinic");
  const files = Object.fromEntries(readdirSync(clinic).filter((name) => name.endsWith(".farol"))
    .map((name) => [name, readFileSync(join(clinic, name), "utf8")]));
  await page.evaluate(activate, { script, files });
  const of_page = (body, argument) => page.evaluate(body, argument);
  assert.ok(await of_page(() => world.clients[0].capabilities.hoverProvider));

  // An open text is what counts; findings come to the address of the editor, in the language of the editor.
  const findings = async (wanted) => {
    for (let i = 0; i < 200; ++i) {
      const found = await of_page(() => world.found.get(world.document.uri.toString(true)) ?? []);
      if (found.some(({ message }) => wanted.test(message))) return found;
      await page.waitForTimeout(50);
    }
    throw new Error(`no finding says ${wanted}`);
  };
  await of_page((text) => {
    const uri = world.clients[0].options.uriConverters.code2Protocol(world.document.uri);
    world.clients[0].sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "farol", version: 1, text } });
  }, files["rules.farol"] + "\nallow staf to doc.read on internal\n");
  const [finding] = (await findings(/staf/)).filter(({ message }) => /staf`/.test(message));
  assert.match(finding.message, /[\u4e00-\u9fff]/, "in Chinese");
  const hover = await of_page(() => {
    const uri = world.clients[0].options.uriConverters.code2Protocol(world.document.uri);
    return world.clients[0].request("textDocument/hover", { textDocument: { uri }, position: { line: 7, character: 8 } });
  });
  assert.ok(hover.result === null || hover.result.contents, JSON.stringify(hover));

  // What changes in another file is seen.
  await of_page((text) => world.change("clinic.farol", text), files["clinic.farol"].replace(/^role staff /m, "role staf "));
  await findings(/staff`/);
  await of_page((text) => world.change("clinic.farol", text), files["clinic.farol"]);

  // The papers, made anew when the policy is saved.
  await of_page(() => world.commands.get("farol.matrix")());
  const html = () => of_page(() => world.panels[0].webview.html);
  const before = await html();
  assert.match(before, /<html lang="zh-Hant"/);
  await of_page((text) => world.change("rules.farol", text), files["rules.farol"] + "\ndeny hr to doc.write on internal\n");
  await of_page(() => world.saved());
  for (let i = 0; i < 100 && await html() === before; ++i) await page.waitForTimeout(50);
  assert.notEqual(await html(), before, "the matrix is made anew");
  await of_page(() => world.commands.get("farol.checklist")());
  assert.match(await of_page(() => world.panels[1].webview.html), /<html lang="zh-Hant"/);
  assert.match(await of_page(() => world.commands.get("farol.test")()), /\d/);
  await of_page(() => world.commands.get("farol.diff")());
  assert.match(await of_page(() => world.said.join("\n")), /no commit/);
  assert.equal(await of_page(() => world.panels.length), 2);
  await of_page(() => world.commands.get("farol.restart")());
  assert.equal(await of_page(() => world.clients.length), 2);
  await of_page(() => extension.deactivate());
  assert.deepEqual(faults, []);
  console.log("NOTE: the extension in a browser found a slip, saw another file change, and made the matrix, the checklist and the tests");
} finally {
  server.close();
  await world.close();
}
