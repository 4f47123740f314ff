// The page's side of worker.js: command lines in, their output back, in the order in which they were asked.
import workerSource from "worker-source";

export class Engine {
  #worker;
  #waiting = new Map();
  #next = 0;

  constructor() {
    this.#worker = new Worker(URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" })));
    this.#worker.onmessage = ({ data }) => {
      this.#waiting.get(data.id)?.(data);
      this.#waiting.delete(data.id);
    };
    // In the page, so that it is one file; base64 is what HTML can hold.
    const [program, module] = ["farol-program", "farol-module"].map((id) => document.getElementById(id).textContent);
    this.ready = this.#ask({ load: { program, module } });
  }

  #ask(message) {
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#worker.postMessage({ id, ...message });
    });
  }

  // Runs `farol words…` where only `files` (by path) are there. `collect`: a folder whose files come back and are gone.
  run(words, { files, input, collect } = {}) { return this.#ask({ words, files, input, collect }); }

  // One question to the language server about a text: requests by method and parameters. Returns the last answer.
  async ask_server(uri, text, language, method, params, files) {
    const messages = [
      { id: 1, method: "initialize", params: { capabilities: {}, rootUri: "file:///policy", initializationOptions: { language } } },
      { method: "initialized", params: {} },
      { method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "farol", version: 1, text } } },
      { id: 2, method, params: { textDocument: { uri }, ...params } },
      { id: 3, method: "shutdown" },
      { method: "exit" },
    ].map((each) => JSON.stringify({ jsonrpc: "2.0", ...each }));
    const size = (message) => new TextEncoder().encode(message).length;
    const input = messages.map((message) => `Content-Length: ${size(message)}\r\n\r\n${message}`).join("");
    const { out } = await this.run(["lsp"], { files, input });
    for (const part of out.split(/Content-Length: \d+\r\n\r\n/)) {
      if (part.trim() === "") continue;
      const answer = JSON.parse(part);
      if (answer.id === 2) return answer.result;
    }
    return undefined;
  }
}

// Newest wins: while a task runs, of those that are asked for only the last one runs next.
export function latest(task) {
  let running = false, again = false;
  return async function run() {
    if (running) { again = true; return; }
    running = true;
    do {
      again = false;
      await task();
    } while (again);
    running = false;
  };
}
