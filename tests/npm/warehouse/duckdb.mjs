// duckdb.mjs FAROL GENERATOR: the exported tables in DuckDB, one session for all policies, against what is expected at
// every point; hostile names come back; tables that were not written together are refused.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { as_written, columns_of, comparison, counts, exported, hostile, inputs, quoted, roster_differs, roster_sql, sorted, tampered, views, whole } from "./exports.mjs";

const [farol, generator] = process.argv.slice(2);
let failures = 0;
const fail = (text) => {
  failures += 1;
  if (failures < 20) console.log(text);
};

const connection = await (await DuckDBInstance.create(":memory:")).connect();
await connection.run("SET threads = 1");
const rows = async (sql) => (await connection.runAndReadAll(sql)).getRowObjects();
const options = "(FORMAT csv, HEADER false, NULLSTR '', ALLOW_QUOTED_NULLS false)";
// In a schema of its own, which the caller drops.
const open = async (schema, { folder }, tables) => {
  await connection.run(`CREATE SCHEMA ${schema}`);
  await connection.run(`USE ${schema}`);
  process.chdir(tables);
  for (const file of ["schema.sql", "load-duckdb.sql"]) await connection.run(readFileSync(file, "utf8"));
  await connection.run(`COPY farol_person_role FROM ${quoted(join(folder, "roles.csv"))} ${options}`);
};
const close = async (schema) => {
  await connection.run("USE main");
  await connection.run(`DROP SCHEMA ${schema} CASCADE`);
};

const found = new Map();
for (const input of inputs(farol, generator)) {
  const { kind, name, folder } = input;
  const tables = exported(farol, "tables", folder, input.policy), columns = columns_of(tables, folder);
  await open(name, input, tables);
  if (input.points) {
    await connection.run(`CREATE TABLE expected (${columns.map((c) => `${c} VARCHAR`)}, verdict VARCHAR)`);
    await connection.run(`COPY expected FROM ${quoted(join(folder, "points.csv"))} ${options}`);
  } else {
    await connection.run("CREATE TABLE pair (person VARCHAR, feature VARCHAR)");
    await connection.run(`COPY pair FROM ${quoted(join(folder, "pairs.csv"))} ${options}`);
  }
  await connection.run("CREATE TABLE may AS SELECT DISTINCT person, feature, answer_id FROM farol_may");
  const [made, kept, compared] = comparison(input, columns);
  await connection.run(made);
  await connection.run(kept);
  const [result] = await rows(compared);
  if (result.wrong !== 0 || result.lines !== result.points || result.missing !== 0) fail(`${name}: ${JSON.stringify(result)}`);
  if (input.points) {
    const differs = roster_differs(farol, input, (await rows(roster_sql)).map(({ line }) => line));
    if (differs.length > 0) fail(`${name}: roster: ${differs.slice(0, 3)}`);
  }
  const all = found.get(kind) ?? { policies: 0, points: 0, people: 0 };
  found.set(kind, { policies: all.policies + 1, points: all.points + result.points, people: all.people + result.people });
  await close(name);
}

// Every cell of every table comes back, and the people are told apart.
const nasty = hostile(farol);
const tables = exported(farol, "tables", nasty.folder);
await open("hostile", nasty, tables);
for (const [name, written] of as_written(tables)) {
  const read = (await connection.runAndReadAll(`SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ${name}`)).getRows();
  if (JSON.stringify(sorted(read)) !== JSON.stringify(written)) fail(`hostile: ${name}`);
}
const people = (await rows("SELECT person FROM farol_person WHERE holder_id IS NOT NULL ORDER BY person")).map(({ person }) => person);
if (JSON.stringify(people.sort()) !== JSON.stringify([...nasty.texts].sort())) fail(`hostile: ${people}`);

// Whatever does not fit is refused by every view, and by what keep-people.sql kept.
await connection.run(readFileSync("keep-people.sql", "utf8"));
await connection.run("INSERT INTO farol_access_log (person, feature) VALUES ('x', 'f.x0')");
for (const view of views) await connection.run(`SELECT * FROM ${view}`);
let refused = 0;
for (const [i, change] of tampered(tables).entries()) {
  for (const view of whole ? views : [views[i % views.length]]) {
    await connection.run("BEGIN");
    await connection.run(change);
    const error = await rows(`SELECT * FROM ${view}`).then(() => "", ({ message }) => message);
    await connection.run("ROLLBACK");
    refused += 1;
    if (!/tables of several exports/.test(error)) fail(`${view} after ${change}: ${error}`);
  }
}
console.log(`${counts("DuckDB", found)}\nNOTE: DuckDB refuses ${refused} of ${refused} ways to mix tables`);
process.exit(failures === 0 && found.get("random policies").points > 1000 ? 0 : 1);
