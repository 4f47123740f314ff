// Debian's PostgreSQL, started for one test in a folder of its own and gone after it.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Returns null where PostgreSQL is not installed. `settings` are those of postgresql.conf, as text.
export const start_postgresql = (settings = {}, below = tmpdir()) => {
  const versions = existsSync("/usr/lib/postgresql") ? readdirSync("/usr/lib/postgresql").sort() : [];
  if (versions.length === 0) return null;
  const bin = join("/usr/lib/postgresql", versions.at(-1), "bin");
  const top = mkdtempSync(join(below, "farol-postgresql-"));
  // The server refuses to run as root.
  const root = process.getuid() === 0;
  if (root) execFileSync("chown", ["postgres", top]);
  const as_server = (program, ...args) => execFileSync(root ? "runuser" : join(bin, program),
    root ? ["-u", "postgres", "--", join(bin, program), ...args] : args, { stdio: ["ignore", "pipe", "pipe"], cwd: top });
  as_server("initdb", "-D", join(top, "data"), "-U", "farol", "--no-locale", "-E", "UTF8", "-A", "trust", "--no-sync");
  const all = { listen_addresses: "", fsync: "off", synchronous_commit: "off", full_page_writes: "off", ...settings };
  const options = Object.entries(all).map(([name, value]) => `-c ${name}=${value}`).join(" ");
  as_server("pg_ctl", "-D", join(top, "data"), "-w", "-o", `-k ${top} ${options}`, "-l", join(top, "log"), "start");
  return {
    // Rows as lines of fields between bars. Fails with what the server says.
    psql: (input, cwd = "/") => execFileSync(join(bin, "psql"), ["-h", top, "-U", "farol", "-d", "postgres", "-qAtX", "-v", "ON_ERROR_STOP=1", "-f", "-"],
      { input, cwd, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"], maxBuffer: 1 << 28 }),
    // Statements that may fail, one after the other; what failed is in the text.
    try_all: (input, cwd = "/") => execFileSync("sh", ["-c", `"$0" -h "$1" -U farol -d postgres -qAtX -f - 2>&1`, join(bin, "psql"), top],
      { input, cwd, encoding: "utf8", maxBuffer: 1 << 28 }),
    // Seconds of a processor that the server and all it started have used; a session counts when it is over.
    seconds: () => {
      const pid = readFileSync(join(top, "data", "postmaster.pid"), "utf8").split("\n")[0];
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
      return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
    },
    stop: () => {
      as_server("pg_ctl", "-D", join(top, "data"), "-m", "immediate", "stop");
      rmSync(top, { recursive: true, force: true });
    },
  };
};
