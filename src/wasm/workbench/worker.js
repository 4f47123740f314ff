// Farol beside the page, so that typing never waits for it: the files of the policy are in its memory, and each message is
// a command line.
/* global farol */
let ready;
const known = new Map();  // what lies in the memory, by path

function bytes_of_base64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const characters = atob(text), bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; ++i) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

// `program` is the code and `module` the gzip of the module in base64, both as the page brings them.
async function load({ program, module }) {
  const stream = new Blob([bytes_of_base64(module)]).stream().pipeThrough(new DecompressionStream("gzip"));
  const wasmBinary = new Uint8Array(await new Response(stream).arrayBuffer());
  importScripts(URL.createObjectURL(new Blob([program], { type: "text/javascript" })));
  return farol({ wasmBinary });
}

function lay(FS, files) {
  for (const path of known.keys()) {
    if (files.has(path)) continue;
    FS.unlink(path);
    known.delete(path);
  }
  for (const [path, text] of files) {
    if (known.get(path) === text) continue;
    FS.mkdirTree(path.replace(/\/[^/]*$/, ""));
    FS.writeFile(path, text);
    known.set(path, text);
  }
}

// All files below a folder.
function gather(FS, folder, files = {}) {
  for (const name of FS.readdir(folder)) {
    if (name === "." || name === "..") continue;
    const path = `${folder}/${name}`;
    if (FS.isDir(FS.stat(path).mode)) gather(FS, path, files);
    else files[path] = FS.readFile(path, { encoding: "utf8" });
  }
  return files;
}

onmessage = async ({ data: { id, load: parts, words, input = "", files, collect } }) => {
  try {
    if (parts) {
      ready = load(parts);
      await ready;
      return postMessage({ id, ok: true });
    }
    const module = await ready;
    if (files) lay(module.FS, files);
    // The folder of a policy is there, even while it has no file.
    if (!module.FS.analyzePath("/policy").exists) module.FS.mkdir("/policy");
    const answer = JSON.parse(module.ccall("farol_run", "string", ["string"], [JSON.stringify({ words, input })]));
    if (collect) {
      answer.files = module.FS.analyzePath(collect).exists ? gather(module.FS, collect) : {};
      for (const path of Object.keys(answer.files)) module.FS.unlink(path);
    }
    return postMessage({ id, ...answer });
  } catch (error) {
    return postMessage({ id, code: 3, out: "", err: String(error && error.stack || error) });
  }
};
