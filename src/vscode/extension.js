// The client of `farol lsp` in VS Code, and the papers of a policy beside its text.
const vscode = require("vscode");
const { execFile } = require("node:child_process");
const { existsSync } = require("node:fs");
const path = require("node:path");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;
const previews = new Map();  // by title and policy

// How `farol` is called: the program that the setting names, what the extension brings, or the one in PATH.
function program(extensionPath) {
  const named = vscode.workspace.getConfiguration("farol").get("path");
  if (named) return { command: named, words: [], options: {} };
  const bundled = path.join(extensionPath, "server", "farol.js");
  if (!existsSync(bundled)) return { command: "farol", words: [], options: {} };
  return { command: process.execPath, words: [bundled], options: { env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" } } };
}

// The language of Farol that is nearest to that of the editor.
function language() {
  const named = vscode.workspace.getConfiguration("farol").get("language");
  if (named) return named;
  const of_editor = vscode.env.language.toLowerCase();
  if (/^zh-(tw|hk|mo|hant)/.test(of_editor)) return "zh-Hant";
  if (of_editor.startsWith("zh")) return "zh-Hans";
  return of_editor.startsWith("pt") ? "pt" : "en";
}

async function start(extensionPath) {
  const { command, words, options } = program(extensionPath);
  const server = { command, args: [...words, "lsp"], options, transport: TransportKind.stdio };
  client = new LanguageClient("farol", "Farol", { run: server, debug: server }, {
    documentSelector: [{ language: "farol" }],
    initializationOptions: { language: language() },
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/*.farol") },
  });
  try {
    await client.start();
  } catch (error) {
    vscode.window.showErrorMessage(`Farol: ${command} cannot be started: ${error.message}. The setting farol.path says which program is run.`);
  }
}

// Runs a verb in the folder of the policy. Exit code 1 is an answer too.
function run(extensionPath, words, folder) {
  const { command, words: before, options } = program(extensionPath);
  return new Promise((resolve) => {
    execFile(command, [...before, ...words], { ...options, cwd: folder, maxBuffer: 1 << 28 }, (error, out, err) =>
      resolve({ code: error ? error.code ?? 2 : 0, out, err: err || (error ? error.message : "") }));
  });
}

const escape = (text) => text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);

// The paper is made anew whenever a file of the policy is saved.
async function show(context, name, title, words) {
  const editor = vscode.window.activeTextEditor;
  if (!editor || editor.document.languageId !== "farol") {
    vscode.window.showInformationMessage("Farol: open a policy first.");
    return undefined;
  }
  await vscode.workspace.saveAll(false);
  const folder = path.dirname(editor.document.uri.fsPath), key = `${name} ${folder}`;
  let preview = previews.get(key);
  if (!preview) {
    const panel = vscode.window.createWebviewPanel(`farol.${name}`, `${title}: ${path.basename(folder)}`,
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, { enableScripts: true, localResourceRoots: [] });
    preview = {
      folder,
      async refresh() {
        const { out, err } = await run(context.extensionPath, [...words, "--lang", language()], folder);
        panel.webview.html = out || `<!doctype html><meta charset="utf-8"><pre>${escape(err)}</pre>`;
      },
      reveal: () => panel.reveal(undefined, true),
    };
    previews.set(key, preview);
    panel.onDidDispose(() => previews.delete(key), undefined, context.subscriptions);
  }
  preview.reveal();
  return preview.refresh();
}

async function test(context) {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== "farol") return undefined;
  await vscode.workspace.saveAll(false);
  const { out, err } = await run(context.extensionPath, ["test", "--lang", language()], path.dirname(document.uri.fsPath));
  context.output.clear();
  context.output.append(out + err);
  context.output.show(true);
  return out + err;
}

async function activate(context) {
  const output = vscode.window.createOutputChannel("Farol");
  const tools = { extensionPath: context.extensionPath, subscriptions: context.subscriptions, output };
  const commands = {
    "farol.matrix": () => show(tools, "matrix", "Matrix", ["matrix", "--format", "html"]),
    "farol.diff": () => show(tools, "diff", "Changes", ["diff", "--format", "html"]),
    "farol.checklist": () => show(tools, "checklist", "Checklist", ["report", "checklist", "--format", "html"]),
    "farol.test": () => test(tools),
    "farol.restart": async () => { await client?.stop(); await start(context.extensionPath); },
  };
  for (const [name, action] of Object.entries(commands))
    context.subscriptions.push(vscode.commands.registerCommand(name, action));
  context.subscriptions.push(output, vscode.workspace.onDidSaveTextDocument((document) => {
    if (document.languageId !== "farol") return;
    const folder = path.dirname(document.uri.fsPath);
    for (const preview of previews.values()) if (preview.folder === folder) preview.refresh();
  }), vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration("farol")) vscode.commands.executeCommand("farol.restart");
  }));
  await start(context.extensionPath);
}

module.exports = { activate, deactivate: () => client?.stop() };
