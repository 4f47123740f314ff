// The extension on a desk: farol is a program.
const vscode = require("vscode");
const { execFile } = require("node:child_process");
const { existsSync } = require("node:fs");
const path = require("node:path");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");
const extension = require("./common.js");

// How `farol` is called: the program that the setting names, what the extension brings, or the one in PATH.
function program(extensionPath) {
  const named = vscode.workspace.getConfiguration("farol").get("path");
  if (named) return { command: named, words: [], options: {} };
  const bundled = path.join(extensionPath, "server", "farol.js");
  if (!existsSync(bundled)) return { command: "farol", words: [], options: {} };
  return { command: process.execPath, words: [bundled], options: { env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" } } };
}

module.exports = extension(({ extensionPath }) => ({
  keeps_commits: true,
  folder_of: (uri) => path.dirname(uri.fsPath),

  async start(options) {
    const { command, words, options: how } = program(extensionPath);
    const server = { command, args: [...words, "lsp"], options: how, transport: TransportKind.stdio };
    const client = new LanguageClient("farol", "Farol", { run: server, debug: server },
      { ...options, synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/*.farol") } });
    try {
      await client.start();
    } catch (error) {
      vscode.window.showErrorMessage(`Farol: ${command} cannot be started: ${error.message}. The setting farol.path says which program is run.`);
    }
    return client;
  },

  // Runs a verb in the folder of the policy. Exit code 1 is an answer too.
  run(words, folder) {
    const { command, words: before, options } = program(extensionPath);
    return new Promise((resolve) => {
      execFile(command, [...before, ...words], { ...options, cwd: folder, maxBuffer: 1 << 28 }, (error, out, err) =>
        resolve({ code: error ? error.code ?? 2 : 0, out, err: err || (error ? error.message : "") }));
    });
  },
}));
