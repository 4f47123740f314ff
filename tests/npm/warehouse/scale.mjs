// scale.mjs FAROL FOLDER [PEOPLE [DUCKDB_LINES [POSTGRESQL_LINES]]]: people × the clinic, and the violations in a log of so
// many lines, in both databases, which make the data themselves. First a tenth of it, then all. Prints a table and plans
// for docs/warehouse.md; see tests/bench/warehouse.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { read_csv } from "./exports.mjs";
import { start_postgresql } from "./postgresql_server.mjs";

const [farol, folder, people = "10000000", duckdb_lines = "100000000", postgresql_lines = "10000000"] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const tables = join(folder, "tables"), users = join(folder, "people.csv");
const clinic = join(process.env.FAROL_SOURCE_DIR, "examples", "clinic");

// Of twenty people thirteen hold one role, four two, one three, one none, and one three that were not exported.
const write_tables = (...more) => execFileSync(farol, ["export", "tables", clinic, ...more, "--as-of", "2026-11-24", "-q", "-o", tables]);
write_tables();
const names = read_csv(join(tables, "farol_role.csv")).slice(1).map(([, , role]) => role);
const held = (i) => {
  const at = (n) => names[(i + n) % names.length];
  return i % 20 < 13 ? [at(0)] : i % 20 < 17 ? [at(0), at(2)] : i % 20 < 18 ? [at(0), at(2), at(4)] : i % 20 < 19 ? [] : [at(0), at(1), at(3)];
};
const cycle = 20 * names.length;
writeFileSync(users, "id,roles\n" + Array.from({ length: cycle }, (_, i) => i).filter((i) => i % 20 < 19).map((i) => `u${i},${held(i).join(";")}\n`).join(""));
write_tables("--users", users);

const contexts = new Map();
for (const [, , column, , value] of read_csv(join(tables, "farol_context.csv")).slice(1)) contexts.set(column, [...(contexts.get(column) ?? []), value]);
const text = (value) => (value === null ? "NULL" : `'${value}'`);
// Of a line's number; what `/` means of whole numbers depends on the engine.
const whole_part = (by) => `(l.i - l.i % ${by}) / ${by}`;
// A short log is made, and repeated with other people on other days. Four lines of five know each context.
const short_log = 100_000;
const made = (count, lines) => [
  `CREATE TABLE held (i INTEGER, role VARCHAR); INSERT INTO held VALUES ${Array.from({ length: cycle }, (_, i) => (held(i).length ? held(i) : [null]).map((role) => `(${i}, ${text(role)})`)).flat()}`,
  `INSERT INTO farol_person_role SELECT 'u' || p.i, h.role FROM generate_series(CAST(0 AS BIGINT), ${count - 1}) AS p(i) JOIN held h ON h.i = p.i % ${cycle}`,
  `CREATE TABLE asked AS SELECT ROW_NUMBER() OVER (ORDER BY f.feature, o.object) - 1 AS n, f.feature, o.object
   FROM farol_feature f JOIN farol_object o ON o.acts_on = f.acts_on WHERE f.governed = 1`,
  `CREATE TABLE short_log AS SELECT l.i, a.feature, a.object
   ${[...contexts].map(([column, values], k) => `, CASE ${whole_part(k * 37 + 11)} % ${values.length * 5} ${values.map((v, n) => `WHEN ${n} THEN NULL`).join(" ")} ${values.map((v, n) => `WHEN ${n + values.length} THEN '${v}'`).join(" ")} ELSE ${text(values[0])} END AS "${column}"`).join("")}
   FROM generate_series(CAST(0 AS BIGINT), ${short_log - 1}) AS l(i) JOIN asked a ON a.n = l.i * 31 % (SELECT COUNT(*) FROM asked)`,
  `INSERT INTO farol_access_log (happened_at, person, feature, object${[...contexts.keys()].map((c) => `, "${c}"`).join("")})
   SELECT TIMESTAMP '2026-01-01 00:00:00' + CAST(r.i % 300 AS INTEGER) * INTERVAL '1 day', 'u' || ((l.i + r.i * ${short_log}) * 7919 % ${count}),
     l.feature, l.object${[...contexts.keys()].map((c) => `, l."${c}"`).join("")}
   FROM generate_series(CAST(0 AS BIGINT), ${lines / short_log - 1}) AS r(i) CROSS JOIN short_log l`,
];
const question = "SELECT verdict, COUNT(*) AS lines, MIN(happened_at) AS first FROM farol_violation GROUP BY verdict ORDER BY verdict";
const results = [];
const measure = async (engine, count, lines, what, seconds_of_processor, act) => {
  const before = seconds_of_processor(), start = performance.now();
  const answer = await act();
  const elapsed = (performance.now() - start) / 1000;
  // A session of a server is counted when it has ended.
  await new Promise((done) => setTimeout(done, 2000));
  const row = { engine, count, lines, what, elapsed, processor: seconds_of_processor() - before };
  results.push(row);
  console.log(`${engine}, ${count} people, ${lines} lines: ${what}: ${row.elapsed.toFixed(1)} s, of a processor ${row.processor.toFixed(1)} s`);
  return answer;
};

const short = (value) => String(value).replace(/\s+/g, " ").slice(0, 100);
const operators = (node, depth = 0) => {
  const { extra_info: info = {}, children = [] } = node;
  const name = node.operator_name ?? node.operator_type ?? "";
  const line = /JOIN|SCAN|GROUP|FILTER/.test(name) && node.operator_cardinality > 1 ?
    [`${"  ".repeat(depth)}${name.trim()} ${["Table", "Join Type", "Conditions"].flatMap((k) => (info[k] ? [short(info[k])] : [])).join(", ")}: ${node.operator_cardinality} rows, ${node.operator_timing.toFixed(1)} s`] : [];
  return [...line, ...children.flatMap((child) => operators(child, depth + line.length))];
};

const in_duckdb = async (count, lines, explained) => {
  const file = join(folder, "scale.duckdb");
  rmSync(file, { force: true });
  const connection = await (await DuckDBInstance.create(file)).connect();
  const here = process.cwd();
  process.chdir(tables);
  const used = () => Object.values(process.cpuUsage()).reduce((a, b) => a + b) / 1e6;
  const rows = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  await connection.run(`SET threads = 2; SET preserve_insertion_order = false; SET temp_directory = '${folder}/spill'`);
  for (const name of ["schema.sql", "load-duckdb.sql"]) await connection.run(readFileSync(name, "utf8"));
  await measure("DuckDB", count, lines, "making the data", used, async () => {
    for (const sql of made(count, lines)) await connection.run(sql);
  });
  await measure("DuckDB", count, lines, "keep-people.sql", used, () => connection.run(readFileSync("keep-people.sql", "utf8")));
  const answer = await measure("DuckDB", count, lines, "violations", used, () => rows(question));
  console.log(JSON.stringify(answer));
  if (explained) {
    const [plan] = await rows(`EXPLAIN (ANALYZE, FORMAT json) ${question}`);
    console.log(operators(JSON.parse(plan.explain_value)).join("\n"));
  }
  connection.closeSync();
  process.chdir(here);
  for (const name of [file, `${file}.wal`]) rmSync(name, { force: true });
};

const in_postgresql = async (count, lines, explained) => {
  const server = start_postgresql({ shared_buffers: "2GB", work_mem: "3GB", maintenance_work_mem: "1GB", max_wal_size: "8GB",
    max_parallel_workers_per_gather: "2", max_parallel_workers: "2", jit: "off" }, folder);
  if (server === null) return console.log("left out: PostgreSQL is not installed");
  try {
    server.psql("\\i schema.sql\n\\i load-postgresql.sql", tables);
    await measure("PostgreSQL", count, lines, "making the data", server.seconds, () =>
      server.psql(`${made(count, lines).join(";\n")};\nVACUUM ANALYZE;`));
    await measure("PostgreSQL", count, lines, "keep-people.sql", server.seconds, () => server.psql("\\i keep-people.sql\nVACUUM ANALYZE farol_person_kept;", tables));
    console.log(await measure("PostgreSQL", count, lines, "violations", server.seconds, () => server.psql(question)));
    if (explained) console.log(server.psql(`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) ${question};`));
  } finally {
    server.stop();
  }
};

const all = Number(people);
for (const part of [10, 1]) {
  await in_duckdb(all / part, Number(duckdb_lines) / part, part > 1);
  await in_postgresql(all / part, Number(postgresql_lines) / part, part > 1);
}
console.log("\n| engine | people | lines | what | time | of a processor | a tenth of it | growth |\n|---|--:|--:|---|--:|--:|--:|--:|");
for (const row of results.filter(({ count }) => count === all)) {
  const tenth = results.find((each) => each.engine === row.engine && each.what === row.what && each.count === all / 10);
  console.log(`| ${row.engine} | ${row.count.toLocaleString("en")} | ${row.lines.toLocaleString("en")} | ${row.what} | ${row.elapsed.toFixed(1)} s | ${row.processor.toFixed(1)} s | ${tenth.processor.toFixed(1)} s | ${(row.processor / tenth.processor).toFixed(1)} × |`);
}
