// What both forms of the extension do: the commands, and the papers of a policy beside its text. `host` calls farol:
// start(client options): the client of the language server, started; run(words, folder): { code, out, err };
// folder_of(uri): where a policy is, as run() takes it; keeps_commits: what the last commit has can be had.
const vscode = require("vscode");

// The language of Farol that is nearest to that of the editor.
function language() {
  const named = vscode.workspace.getConfiguration("farol").get("language");
  if (named) return named;
  const of_editor = vscode.env.language.toLowerCase();
  if (/^zh-(tw|hk|mo|hant)/.test(of_editor)) return "zh-Hant";
  if (of_editor.startsWith("zh")) return "zh-Hans";
  return of_editor.startsWith("pt") ? "pt" : "en";
}

const escape = (text) => text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);
const name_of = (folder) => folder.split(/[\\/]/).pop();

class Extension {
  #host;
  #subscriptions;
  #output = vscode.window.createOutputChannel("Farol");
  #previews = new Map();  // by title and policy
  #client;

  constructor(host, subscriptions) { [this.#host, this.#subscriptions] = [host, subscriptions]; }

  async start() {
    this.#client = await this.#host.start({ documentSelector: [{ language: "farol" }], initializationOptions: { language: language() } });
  }
  stop() { return this.#client?.stop(); }

  register() {
    const commands = {
      "farol.matrix": () => this.show("matrix", "Matrix", ["matrix", "--format", "html"]),
      "farol.diff": () => this.show("diff", "Changes", ["diff", "--format", "html"]),
      "farol.checklist": () => this.show("checklist", "Checklist", ["report", "checklist", "--format", "html"]),
      "farol.test": () => this.test(),
      "farol.restart": async () => { await this.stop(); await this.start(); },
    };
    for (const [name, action] of Object.entries(commands))
      this.#subscriptions.push(vscode.commands.registerCommand(name, action));
    this.#subscriptions.push(this.#output, vscode.workspace.onDidSaveTextDocument((document) => {
      if (document.languageId === "farol") this.renew(this.#host.folder_of(document.uri));
    }), vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("farol")) vscode.commands.executeCommand("farol.restart");
    }));
  }

  // Of a policy in a folder that was saved.
  renew(folder) {
    for (const preview of this.#previews.values()) if (preview.folder === folder) preview.refresh();
  }

  // The paper is made anew whenever a file of the policy is saved.
  async show(name, title, words) {
    const editor = vscode.window.activeTextEditor;
    if (!editor || editor.document.languageId !== "farol") {
      vscode.window.showInformationMessage("Farol: open a policy first.");
      return undefined;
    }
    if (name === "diff" && !this.#host.keeps_commits) {
      vscode.window.showInformationMessage("Farol: in a browser there is no commit to compare with.");
      return undefined;
    }
    await vscode.workspace.saveAll(false);
    const folder = this.#host.folder_of(editor.document.uri), key = `${name} ${folder}`;
    let preview = this.#previews.get(key);
    if (!preview) {
      const panel = vscode.window.createWebviewPanel(`farol.${name}`, `${title}: ${name_of(folder)}`,
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, { enableScripts: true, localResourceRoots: [] });
      preview = {
        folder,
        refresh: async () => {
          const { out, err } = await this.#host.run([...words, "--lang", language()], folder);
          panel.webview.html = out || `<!doctype html><meta charset="utf-8"><pre>${escape(err)}</pre>`;
        },
        reveal: () => panel.reveal(undefined, true),
      };
      this.#previews.set(key, preview);
      panel.onDidDispose(() => this.#previews.delete(key), undefined, this.#subscriptions);
    }
    preview.reveal();
    return preview.refresh();
  }

  async test() {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== "farol") return undefined;
    await vscode.workspace.saveAll(false);
    const { out, err } = await this.#host.run(["test", "--lang", language()], this.#host.folder_of(document.uri));
    this.#output.clear();
    this.#output.append(out + err);
    this.#output.show(true);
    return out + err;
  }
}

// The extension as VS Code asks for it, around a host that is made of the extension's context.
module.exports = (host_of) => {
  let extension;
  return {
    async activate(context) {
      extension = new Extension(await host_of(context), context.subscriptions);
      extension.register();
      await extension.start();
    },
    deactivate: () => extension?.stop(),
  };
};
