// postgresql.mjs FAROL GENERATOR: the same tables in Debian's PostgreSQL, which is started for it.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { comparison, expected_columns, export_all } from "./exports.mjs";

const [farol, generator] = process.argv.slice(2);
const versions = existsSync("/usr/lib/postgresql") ? readdirSync("/usr/lib/postgresql").sort() : [];
if (versions.length === 0) {
  console.log("skipped: PostgreSQL is not installed");
  process.exit(77);
}
const bin = join("/usr/lib/postgresql", versions.at(-1), "bin");
const count = process.env.FAROL_ROUNDS ? 1000 : 40;
const top = mkdtempSync(join(tmpdir(), "farol-postgresql-"));
// The server refuses to run as root.
const root = process.getuid() === 0;
if (root) execFileSync("chown", ["postgres", top]);
const as_server = (program, ...args) => execFileSync(root ? "runuser" : join(bin, program),
  root ? ["-u", "postgres", "--", join(bin, program), ...args] : args, { stdio: ["ignore", "pipe", "pipe"], cwd: top });
const psql = (input, cwd, database) => execFileSync(join(bin, "psql"),
  ["-h", top, "-U", "farol", "-d", database, "-qAtX", "-v", "ON_ERROR_STOP=1", "-f", "-"], { input, cwd, encoding: "utf8" });

let failures = 0, points = 0;
const fail = (text) => {
  failures += 1;
  console.log(text);
};
as_server("initdb", "-D", join(top, "data"), "-U", "farol", "--no-locale", "-E", "UTF8", "-A", "trust", "--no-sync");
as_server("pg_ctl", "-D", join(top, "data"), "-w", "-o", `-k ${top} -c listen_addresses= -c fsync=off`, "-l", join(top, "log"), "start");
try {
  psql("CREATE DATABASE policies;", "/", "postgres");
  for (const { name, folder, tables } of export_all(farol, generator, 0, count)) {
    const columns = expected_columns(folder);
    const answer = psql(`CREATE SCHEMA p${name}; SET search_path = p${name}; SET client_min_messages = error;
\\i schema.sql
\\i load-postgresql.sql
\\copy farol_person_role FROM '${join(folder, "roles.csv")}' WITH (FORMAT csv)
CREATE TABLE expected (${columns.map((c) => `${c} VARCHAR`).join(", ")}, verdict VARCHAR);
\\copy expected FROM '${join(folder, "points.csv")}' WITH (FORMAT csv)
INSERT INTO farol_access_log (${columns.join(", ")}) SELECT ${columns.join(", ")} FROM expected;
ANALYZE;
SELECT lines, wrong, points FROM (${comparison(folder)}) AS found;
DROP SCHEMA p${name} CASCADE;
`, tables, "policies");
    const [lines, wrong, all] = answer.trim().split("\n").at(-1).split("|").map(Number);
    points += all;
    if (wrong !== 0 || lines !== all) fail(`${name}: ${answer}`);
  }
} finally {
  as_server("pg_ctl", "-D", join(top, "data"), "-m", "immediate", "stop");
  rmSync(top, { recursive: true, force: true });
}
console.log(`NOTE: PostgreSQL gives the evaluator's answer at ${points} points of ${count} random policies`);
process.exit(failures === 0 && points > 1000 ? 0 : 1);
