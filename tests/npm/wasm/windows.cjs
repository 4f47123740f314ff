// Loaded before the package: node seems to run on Windows, whose disk C: is the folder FAROL_DISK. A path of POSIX is nothing
// there, so whatever was not translated fails.
const fs = require("node:fs");
const path = require("node:path");
const disk = process.env.FAROL_DISK;
const started = process.cwd();
const package_folder = path.dirname(process.argv[1]);

const real = (name) => {
  if (typeof name !== "string" || name.startsWith(package_folder)) return name;
  const slashes = name.replace(/\\/g, "/");
  if (/^[Cc]:\//.test(slashes)) return path.join(disk, slashes.slice(2));
  if (slashes.startsWith("/")) throw Object.assign(new Error(`not a path of Windows: ${name}`), { code: "ENOENT" });
  return path.join(started, slashes);
};
for (const name of ["openSync", "statSync", "lstatSync", "readdirSync", "mkdirSync", "rmdirSync", "unlinkSync", "writeFileSync", "chmodSync",
  "utimesSync", "truncateSync", "renameSync", "readlinkSync", "existsSync"]) {
  const whole = fs[name];
  fs[name] = (first, ...others) => whole(real(first), ...(name === "renameSync" ? others.map(real) : others));
}
process.cwd = () => "C:" + started.slice(disk.length).replace(/\//g, "\\");
Object.defineProperty(process, "platform", { value: "win32" });
