// Files and folders of the machine. Where the browser gives access to a folder, saving writes into it; elsewhere what is
// saved is downloaded: one file as it is, several as an archive.
import { zipSync, strToU8 } from "fflate";

const is_policy = (path) => path.endsWith(".farol");

function choose(attributes) {
  const input = Object.assign(document.createElement("input"), { type: "file", ...attributes });
  return new Promise((resolve) => {
    input.addEventListener("change", () => resolve([...input.files]));
    input.addEventListener("cancel", () => resolve([]));
    input.click();
  });
}

async function texts_of(files, path_of) {
  const texts = new Map();
  for (const file of files) if (is_policy(file.name)) texts.set(path_of(file), await file.text());
  return texts;
}

async function read_folder(handle, prefix = "", files = new Map(), depth = 0) {
  for await (const [name, entry] of handle.entries()) {
    if (entry.kind === "directory") {
      if (depth < 4 && !name.startsWith(".")) await read_folder(entry, `${prefix}${name}/`, files, depth + 1);
    } else if (is_policy(name)) {
      files.set(prefix + name, await (await entry.getFile()).text());
    }
  }
  return files;
}

// Each returns { name, files by path, folder: a handle to write to }, or nothing if nobody chose anything.
export async function open_files() {
  const chosen = await choose({ multiple: true, accept: ".farol" });
  if (chosen.length === 0) return undefined;
  return { name: chosen[0].name.replace(/\.farol$/, ""), files: await texts_of(chosen, (file) => file.name) };
}

export async function open_folder() {
  if (window.showDirectoryPicker) {
    let handle;
    try { handle = await window.showDirectoryPicker({ mode: "readwrite" }); } catch { return undefined; }
    return { name: handle.name, files: await read_folder(handle), folder: handle };
  }
  const chosen = await choose({ webkitdirectory: true });
  if (chosen.length === 0) return undefined;
  const inside = (file) => file.webkitRelativePath.split("/").slice(1).join("/");
  return { name: chosen[0].webkitRelativePath.split("/")[0], files: await texts_of(chosen, inside) };
}

export function download(name, content, type = "text/plain;charset=utf-8") {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

async function write_into(folder, path, text) {
  const parts = path.split("/"), name = parts.pop();
  let place = folder;
  for (const part of parts) place = await place.getDirectoryHandle(part, { create: true });
  const stream = await (await place.getFileHandle(name, { create: true })).createWritable();
  await stream.write(text);
  await stream.close();
}

// Returns where it has gone.
export async function save({ name, files, folder }, changed) {
  if (folder) {
    for (const path of changed) await write_into(folder, path, files.get(path));
  } else if (files.size === 1) {
    const [[path, text]] = files;
    download(path.split("/").at(-1), text);
  } else {
    const archive = zipSync(Object.fromEntries([...files].map(([path, text]) => [`${name}/${path}`, strToU8(text)])));
    download(`${name}.zip`, archive, "application/zip");
  }
}
