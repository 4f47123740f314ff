// The extension in a browser: farol is a worker, and the policies of the workspace lie in its memory, each file at a path
// that is made of its address.
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/browser");
const extension = require("./common.js");

const path_of = (uri) => `/${encodeURIComponent(`${uri.scheme}://${uri.authority}`)}${uri.path}`;
const to_server = (uri) => vscode.Uri.from({ scheme: "file", authority: "", path: path_of(uri) }).toString();
function from_server(text) {
  const [, begin, path] = /^\/([^/]*)(.*)$/s.exec(vscode.Uri.parse(text).path);
  const [, scheme, authority] = /^(.*?):\/\/(.*)$/s.exec(decodeURIComponent(begin));
  return vscode.Uri.from({ scheme, authority, path });
}

module.exports = extension(async ({ extensionUri, subscriptions }) => {
  const at = (name) => vscode.Uri.joinPath(extensionUri, "web", name);
  const wasm = await vscode.workspace.fs.readFile(at("farol_page.wasm"));
  const pattern = "**/*.farol";
  const waiting = new Map();  // by number of the question
  let control, client, asked = 0;

  // Asks the worker for something that is no message of the protocol.
  const ask = (message) => new Promise((resolve) => {
    waiting.set(++asked, resolve);
    control.postMessage({ id: asked, ...message });
  });
  const text_of = async (uri) => new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  // `text` is null where the file is gone.
  const lay = async (uri, text) => {
    if (!control) return;
    await ask({ files: { [path_of(uri)]: text } });
    client?.sendNotification("workspace/didChangeWatchedFiles", { changes: [] });
  };
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  const read = async (uri) => lay(uri, await text_of(uri));
  subscriptions.push(watcher, watcher.onDidCreate(read), watcher.onDidChange(read), watcher.onDidDelete((uri) => lay(uri, null)));

  return {
    keeps_commits: false,
    folder_of: (uri) => path_of(uri).replace(/\/[^/]*$/, ""),

    async start(options) {
      const worker = new Worker(at("server.js").toString(true));
      const channel = new MessageChannel();
      control = channel.port1;
      control.onmessage = ({ data: { id, ...answer } }) => {
        waiting.get(id)(answer);
        waiting.delete(id);
      };
      worker.postMessage({ wasm }, [channel.port2]);
      const files = {};
      for (const uri of await vscode.workspace.findFiles(pattern)) files[path_of(uri)] = await text_of(uri);
      await ask({ files });
      client = new LanguageClient("farol", "Farol",
        { ...options, uriConverters: { code2Protocol: to_server, protocol2Code: from_server } }, worker);
      await client.start();
      return { stop: async () => { await client.stop(); worker.terminate(); } };
    },

    run: (words, folder) => ask({ words, folder }),
  };
});
