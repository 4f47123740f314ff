// Windows for a program that knows the paths of POSIX only: to it, `C:\policies` is `/C:/policies`, and the folder
// `\\server\share` is `/UNC/server/share`.
const fs = require("node:fs");
const { win32 } = require("node:path");
const { isatty } = require("node:tty");

// As the program sees a path of Windows; relative paths have other slashes.
function inside(path) {
  const slashes = path.replace(/\\/g, "/");
  if (/^[A-Za-z]:\//.test(slashes)) return `/${slashes}`;
  return slashes.replace(/^\/\/(?=[^/])/, "/UNC/");
}

// As Windows sees a path of the program.
function outside(path) {
  if (typeof path !== "string") return path;
  return path.replace(/^\/+UNC\//, "//").replace(/^\/+(?=[A-Za-z]:(\/|$))/, "").replace(/^[A-Za-z]:$/, "$&/");
}

// A word of the command line is a path if it is absolute, or if it has a backslash and the folder before it is there:
// `--by "FIRM\ana"` is no path. It may stand behind `--option=` and `git:REVISION:`.
function word(text) {
  const [, before, path] = /^((?:--[a-z-]+=)?(?:git:[^:\\]+:)?)([^]*)$/.exec(text);
  const is_path = /^([A-Za-z]:[\\/]|\\\\[^\\])/.test(path) || (path.includes("\\") && fs.existsSync(win32.dirname(path)));
  return is_path ? before + inside(path) : text;
}

const with_path = ["openSync", "statSync", "lstatSync", "readdirSync", "mkdirSync", "rmdirSync", "unlinkSync", "writeFileSync",
  "chmodSync", "utimesSync", "truncateSync", "renameSync", "symlinkSync"];

// What the program asks for from here on goes to Windows, and what is written to a console arrives there as text.
function prepare() {
  for (const name of with_path) {
    const real = fs[name];
    fs[name] = (path, ...others) => real(outside(path), ...others.map((each, at) => (at === 0 && /^(rename|symlink)/.test(name) ? outside(each) : each)));
  }
  const { readlinkSync, writeSync } = fs;
  fs.readlinkSync = (path) => inside(readlinkSync(outside(path)));
  const folder = process.cwd;
  process.cwd = () => inside(folder.call(process));
  fs.writeSync = (file, buffer, offset, length, position) => {
    if (!isatty(file)) return writeSync(file, buffer, offset, length, position);
    (file === 1 ? process.stdout : process.stderr).write(Buffer.from(buffer.subarray(offset, offset + length)));
    return length;
  };
}

module.exports = { inside, outside, word, prepare };
