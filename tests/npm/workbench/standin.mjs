// What stands in for the WebAssembly module where it is not built: the page's worker gets a program with the same interface,
// which hands each command line to the native farol through a server on this machine.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const listed = (folder, files = []) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) listed(path, files);
    else files.push(path);
  }
  return files;
};

// Runs a command line where the files of the page lie in a folder, whose name the page never sees.
const run = (farol, root, { files, folders, request }) => {
  rmSync(root, { recursive: true, force: true });
  for (const folder of ["/", ...folders]) mkdirSync(root + folder, { recursive: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(root + path), { recursive: true });
    writeFileSync(root + path, text);
  }
  const { words, input } = JSON.parse(request);
  const message = (whole, body) => {
    const here = body.replaceAll("file:///", `file://${root}/`);
    return `Content-Length: ${Buffer.byteLength(here)}\r\n\r\n${here}`;
  };
  const result = spawnSync(farol, words.map((word) => word.startsWith("/") ? root + word : word), {
    cwd: root, encoding: "utf8", maxBuffer: 1 << 28,
    input: input.replace(/Content-Length: \d+\r\n\r\n([^]*?)(?=Content-Length: |$)/g, message),
  });
  const known = new Set(files.map(([path]) => root + path));
  const without = (text) => text.replaceAll(root, "");
  return {
    answer: { code: result.status, out: without(result.stdout), err: without(result.stderr) },
    files: listed(root).filter((path) => !known.has(path)).map((path) => [path.slice(root.length), readFileSync(path, "utf8")]),
  };
};

export const serve = (farol) => new Promise((resolve) => {
  const root = mkdtempSync(join(tmpdir(), "farol-workbench-"));
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (data) => { body += data; });
    request.on("end", () => {
      response.setHeader("Access-Control-Allow-Origin", "*");
      response.end(JSON.stringify(run(farol, root, JSON.parse(body))));
    });
  });
  server.listen(0, "127.0.0.1", () => resolve({
    url: `http://127.0.0.1:${server.address().port}/`,
    close() { server.close(); rmSync(root, { recursive: true, force: true }); },
  }));
});

// The source of the program: files in memory as emscripten has them, as far as the worker asks, and farol_run.
export const program = (url) => `function farol() {
  const files = new Map(), folders = new Set(["/"]);
  const FS = {
    analyzePath: (path) => ({ exists: folders.has(path) || files.has(path) }),
    mkdir: (path) => folders.add(path),
    mkdirTree: (path) => folders.add(path),
    writeFile: (path, text) => files.set(path, text),
    unlink: (path) => files.delete(path),
    readdir: (folder) => [...new Set([...files.keys(), ...folders].filter((path) => path.startsWith(folder + "/"))
      .map((path) => path.slice(folder.length + 1).split("/")[0]))],
    stat: (path) => ({ mode: folders.has(path) ? 1 : 0 }),
    isDir: (mode) => mode === 1,
    readFile: (path) => files.get(path),
  };
  const ccall = (name, result, types, [request]) => {
    const call = new XMLHttpRequest();
    call.open("POST", ${JSON.stringify(url)}, false);
    call.send(JSON.stringify({ files: [...files], folders: [...folders], request }));
    const { answer, files: made } = JSON.parse(call.responseText);
    for (const [path, text] of made) {
      files.set(path, text);
      for (let at = path.indexOf("/", 1); at > 0; at = path.indexOf("/", at + 1)) folders.add(path.slice(0, at));
    }
    return JSON.stringify(answer);
  };
  return { FS, ccall };
}`;
