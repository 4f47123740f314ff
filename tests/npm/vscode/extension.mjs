// The extension for VS Code as it is packed: node extension.mjs FAROL. There is no VS Code here, so its interface and the
// client of the protocol are stand-ins; what the extension runs, and what it shows, is real.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [farol] = process.argv.slice(2);
const source = process.env.FAROL_SOURCE_DIR;
const require = createRequire(join(process.cwd(), "here.js"));
const Module = require("node:module");
const scratch = mkdtempSync(join(tmpdir(), "farol-vscode-"));

const unpack = (archive, folder) => new Promise((resolve, reject) => {
  const names = [];
  require("yauzl").open(archive, { lazyEntries: true }, (error, zip) => {
    if (error) return reject(error);
    zip.on("entry", (entry) => zip.openReadStream(entry, async (failed, stream) => {
      if (failed) return reject(failed);
      const chunks = await stream.toArray(), file = join(folder, entry.fileName);
      require("node:fs").mkdirSync(join(file, ".."), { recursive: true });
      writeFileSync(file, Buffer.concat(chunks));
      names.push(entry.fileName);
      zip.readEntry();
    }));
    zip.on("end", () => resolve(names.sort()));
    zip.readEntry();
    return undefined;
  });
});

// A request of the protocol to the program that the extension names, and its answer.
const handshake = (server) => new Promise((resolve, reject) => {
  const child = spawn(server.command, server.args, { ...server.options, stdio: ["pipe", "pipe", "inherit"] });
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params: { capabilities: {} } });
  let text = "";
  child.on("error", reject);
  child.stdout.on("data", (data) => {
    text += data;
    const at = text.indexOf("\r\n\r\n");
    if (at < 0 || text.length < at + 4 + Number(/\d+/.exec(text)[0])) return;
    child.kill();
    resolve(JSON.parse(text.slice(at + 4)));
  });
  child.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
});

try {
  execFileSync(join(source, "src/vscode/build"), [scratch], { env: { ...process.env, FAROL_NODE_MODULES: join(process.cwd(), "node_modules") } });
  const names = await unpack(join(scratch, "farol.vsix"), join(scratch, "vsix"));
  const extension = join(scratch, "vsix/extension");
  const manifest = JSON.parse(readFileSync(join(extension, "package.json"), "utf8"));
  const needed = [manifest.main, ...["grammars", "snippets"].map((each) => manifest.contributes[each][0].path),
    manifest.contributes.languages[0].configuration].map((path) => join("extension", path));
  for (const path of needed) assert.ok(names.includes(path), `${path} is not in ${names}`);
  assert.ok(!names.some((name) => /node_modules|\.log$/.test(name)), String(names));
  const version = execFileSync(farol, ["version"], { encoding: "utf8" }).split(/\s/)[1];
  assert.equal(manifest.version, version);
  assert.doesNotMatch(readFileSync(join(extension, "README.md"), "utf8"), /\]\([^)]*\.md\)/);

  // Each snippet, as it is inserted, is a statement that the parser takes.
  const snippets = JSON.parse(readFileSync(join(extension, "snippets/farol.json"), "utf8"));
  for (const [name, { body }] of Object.entries(snippets)) {
    const text = body.join("\n").replace(/\$\{\d+:([^}]*)\}/g, "$1").replace(/\$\d/g, "");
    const file = join(scratch, "snippet.farol");
    writeFileSync(file, text.startsWith("farol 1") ? text : `farol 1\n${text}\n`);
    let out = "";
    try { execFileSync(farol, ["check", file, "--error-format", "json"]); } catch (error) { out = error.stdout.toString(); }
    assert.doesNotMatch(out, /"F1\d{3}"/, `${name}: ${out}`);
  }

  const commands = new Map(), panels = [], listeners = {}, clients = [], said = [];
  const policy = join(scratch, "clinic");
  cpSync(join(source, "examples/clinic"), policy, { recursive: true });
  const document = { languageId: "farol", uri: { fsPath: join(policy, "rules.farol") } };
  const disposable = { dispose() {} };
  const vscode = {
    env: { language: "zh-tw" },
    ViewColumn: { Beside: -2 },
    commands: { registerCommand: (name, action) => (commands.set(name, action), disposable), executeCommand: (name) => commands.get(name)() },
    window: {
      activeTextEditor: { document },
      createOutputChannel: () => ({ ...disposable, clear() {}, append: (text) => said.push(text), show() {} }),
      showErrorMessage: (text) => said.push(text),
      showInformationMessage: (text) => said.push(text),
      createWebviewPanel: (kind, title) => {
        const panel = { kind, title, webview: { html: "" }, reveal() {}, onDidDispose: (done) => { panel.close = done; } };
        panels.push(panel);
        return panel;
      },
    },
    workspace: {
      getConfiguration: () => ({ get: (name) => ({ path: farol, language: "" })[name] }),
      createFileSystemWatcher: () => disposable,
      saveAll: async () => true,
      onDidSaveTextDocument: (listener) => ((listeners.saved = listener), disposable),
      onDidChangeConfiguration: (listener) => ((listeners.configured = listener), disposable),
    },
  };
  // The client is in the bundle; what the extension gives to it is seen by building the extension around a stand-in.
  const seen = join(scratch, "seen.js");
  for (const [name, file] of [["extension.js", seen], ["common.js", join(scratch, "common.js")]])
    writeFileSync(file, readFileSync(join(source, "src/vscode", name)));
  const load = Module._load;
  Module._load = (name, ...rest) => name === "vscode" ? vscode
    : name !== "vscode-languageclient/node" ? load(name, ...rest)
    : {
      TransportKind: { stdio: 0 },
      LanguageClient: class {
        constructor(id, title, server, options) { Object.assign(this, { server, options }); clients.push(this); }
        async start() { this.started = true; }
        async stop() { this.started = false; }
      },
    };
  const { activate, deactivate } = require(seen);
  await activate({ extensionPath: extension, subscriptions: [] });
  assert.deepEqual([...commands.keys()].sort(), manifest.contributes.commands.map(({ command }) => command).sort());
  assert.equal(clients.length, 1);
  assert.deepEqual(clients[0].options.initializationOptions, { language: "zh-Hant" });
  const { result } = await handshake(clients[0].server.run);
  assert.ok(result.capabilities.codeActionProvider && result.capabilities.hoverProvider);

  await commands.get("farol.matrix")();
  assert.match(panels[0].webview.html, /<html lang="zh-Hant"/);
  assert.match(panels[0].webview.html, /會議/);
  const before = panels[0].webview.html;
  writeFileSync(document.uri.fsPath, readFileSync(document.uri.fsPath, "utf8") + "\ndeny hr to doc.write on internal\n");
  await listeners.saved(document);
  for (let i = 0; i < 100 && panels[0].webview.html === before; ++i) await new Promise((done) => setTimeout(done, 50));
  assert.notEqual(panels[0].webview.html, before, "the matrix is made anew when the policy is saved");
  await commands.get("farol.checklist")();
  assert.match(panels[1].webview.html, /<html lang="zh-Hant"/);
  await commands.get("farol.diff")();  // in no repository: the reason is shown
  assert.match(panels[2].webview.html, /git/);
  await commands.get("farol.test")();
  assert.match(said.join(""), /\d/);
  panels[0].close();
  await commands.get("farol.matrix")();
  assert.equal(panels.length, 4);
  await listeners.configured({ affectsConfiguration: () => true });
  await new Promise((done) => setTimeout(done, 50));
  assert.deepEqual(clients.map(({ started }) => started), [false, true]);
  await deactivate();

  // The packed bundle is that source with the real client: it loads where only `vscode` is given.
  Module._load = (name, ...rest) => name === "vscode" ? new Proxy({ version: "1.82.0" }, {
    get: (target, key) => target[key] ?? class {},
  }) : load(name, ...rest);
  assert.equal(typeof require(join(extension, manifest.main)).activate, "function");
} finally {
  rmSync(scratch, { recursive: true });
}
