// duckdb.mjs FAROL GENERATOR: the exported tables of random policies, in DuckDB, against the naive evaluator.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { comparison, expected_columns, export_all } from "./exports.mjs";

const [farol, generator] = process.argv.slice(2);
const count = process.env.FAROL_ROUNDS ? 1000 : 40;
let failures = 0, points = 0;
const fail = (text) => {
  failures += 1;
  console.log(text);
};

const open = async ({ folder, tables }) => {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(readFileSync(join(tables, "schema.sql"), "utf8"));
  process.chdir(tables);
  await connection.run(readFileSync(join(tables, "load-duckdb.sql"), "utf8"));
  const options = "(FORMAT csv, HEADER false, NULLSTR '', ALLOW_QUOTED_NULLS false)";
  await connection.run(`COPY farol_person_role FROM '${join(folder, "roles.csv")}' ${options}`);
  const columns = expected_columns(folder);
  await connection.run(`CREATE TABLE expected (${columns.map((c) => `${c} VARCHAR`).join(", ")}, verdict VARCHAR)`);
  await connection.run(`COPY expected FROM '${join(folder, "points.csv")}' ${options}`);
  await connection.run(`INSERT INTO farol_access_log (${columns.join(", ")}) SELECT ${columns.join(", ")} FROM expected`);
  return connection;
};
const rows = async (connection, sql) => (await connection.runAndReadAll(sql)).getRowObjects();

for (const policy of export_all(farol, generator, 0, count)) {
  const connection = await open(policy);
  const [found] = await rows(connection, comparison(policy.folder));
  points += found.points;
  if (found.wrong !== 0 || found.lines !== found.points) fail(`${policy.name}: ${JSON.stringify(found)}`);
  const [may] = await rows(connection, `SELECT CAST(COUNT(*) AS INTEGER) AS n FROM farol_verdict v WHERE v.verdict = 'allowed'
    AND NOT EXISTS (SELECT 1 FROM farol_may m WHERE m.person = v.person AND m.feature = v.feature AND m.answer_id = v.answer_id)`);
  if (may.n !== 0) fail(`${policy.name}: ${may.n} allowed lines are not in farol_may`);
  // A row of another export, or one that is missing, is refused.
  for (const change of ["UPDATE farol_decision SET export_id = 'another' WHERE table_id = 0", "DELETE FROM farol_holder WHERE holder_id = 0"]) {
    await connection.run("BEGIN");
    await connection.run(change);
    const refused = await rows(connection, "SELECT * FROM farol_violation").then(() => false, (error) => /several exports/.test(error.message));
    await connection.run("ROLLBACK");
    const [{ tables }] = await rows(connection, "SELECT CAST(COUNT(*) AS INTEGER) AS tables FROM farol_decision");
    if (!refused && tables > 0) fail(`${policy.name}: not refused after ${change}`);
  }
  connection.closeSync();
}
console.log(`NOTE: DuckDB gives the evaluator's answer at ${points} points of ${count} random policies`);
process.exit(failures === 0 && points > 1000 ? 0 : 1);
