// The worker of the extension in a browser: the compiler as WebAssembly, which stands before this text, its language server,
// and its verbs. The messages of the protocol come and go as objects; all else through a port that comes with the module.
/* global farol */
const pause_before_advice = 200;  // in milliseconds, as in a server with a clock of its own
let ready, timer;

async function serve(text) {
  const { ccall } = await ready;
  for (const part of ccall("farol_serve", "string", ["string"], [text]).split(/Content-Length: \d+\r\n\r\n/))
    if (part) postMessage(JSON.parse(part));
}

function lay(FS, files) {
  for (const [path, text] of Object.entries(files)) {
    if (text === null) {
      if (FS.analyzePath(path).exists) FS.unlink(path);
      continue;
    }
    FS.mkdirTree(path.replace(/\/[^/]*$/, ""));
    FS.writeFile(path, text);
  }
}

async function control({ data: { id, files, words, folder }, target }) {
  const { FS, ccall } = await ready;
  if (files) lay(FS, files);
  if (folder) FS.chdir(folder);
  target.postMessage({ id, ...(words ? JSON.parse(ccall("farol_run", "string", ["string"], [JSON.stringify({ words })])) : {}) });
}

onmessage = ({ data, ports: [port] }) => {
  if (data.wasm) {
    ready = farol({ wasmBinary: data.wasm });
    port.onmessage = control;
    return;
  }
  serve(JSON.stringify(data));
  clearTimeout(timer);
  timer = setTimeout(() => serve(""), pause_before_advice);
};
