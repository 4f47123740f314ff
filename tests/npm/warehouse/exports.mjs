// Random policies with their exported tables, for both databases.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Each is a folder of `warehouse_policies` with a folder `tables` in it.
export const export_all = (farol, generator, first, count) => {
  const top = mkdtempSync(join(tmpdir(), "farol-warehouse-"));
  execFileSync(generator, [top, String(first), String(count)]);
  return readdirSync(top).sort().map((name) => {
    const folder = join(top, name);
    const said = execFileSync(farol, ["export", "tables", join(folder, "policy.farol"), "--users", join(folder, "people.csv"),
      "--as-of", "2026-11-23", "-q", "-o", join(folder, "tables")], { stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
    if (said !== "") throw new Error(`${folder}: ${said}`);
    return { name, folder, tables: join(folder, "tables") };
  });
};

// The table of what was done and the verdict that is expected: the columns of farol_access_log, and one more.
export const contexts_of = (folder) => readFileSync(join(folder, "contexts"), "utf8").split(",").slice(1);
const quoted = (name) => (/^[a-z0-9_]+$/.test(name) ? `when_${name}` : `"when_${name}"`);
export const expected_columns = (folder) => ["person", "feature", "object", ...contexts_of(folder).map(quoted)];

// Lines of the log whose verdict is not the one that the evaluator gives, counted; and how many lines there are.
export const comparison = (folder) => {
  const columns = expected_columns(folder);
  const same = columns.map((c) => `e.${c} IS NOT DISTINCT FROM v.${c}`).join(" AND ");
  return `SELECT CAST((SELECT COUNT(*) FROM farol_verdict) AS INTEGER) AS lines,
    CAST((SELECT COUNT(*) FROM expected e WHERE NOT EXISTS (SELECT 1 FROM farol_verdict v WHERE ${same} AND v.verdict = e.verdict)) AS INTEGER) AS wrong,
    CAST((SELECT COUNT(*) FROM expected) AS INTEGER) AS points`;
};

// The rows of a table of ours: texts in quotes, numbers and nothing without.
export const read_csv = (path) => {
  const rows = [];
  let row = [];
  for (const [, quoted, plain, end] of readFileSync(path, "utf8").matchAll(/(?:"((?:[^"]|"")*)"|([^,\n"]*))(,|\n)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "\n") {
      rows.push(row);
      row = [];
    }
  }
  return rows;
};
