// postgresql.mjs FAROL GENERATOR: the same in Debian's PostgreSQL, which is started for it; a session for each policy, as
// its schema is.
import { join } from "node:path";
import { as_written, columns_of, comparison, counts, exported, hostile, inputs, quoted, read_rows, roster_differs, roster_sql, sorted, tampered, views } from "./exports.mjs";
import { start_postgresql } from "./postgresql_server.mjs";

const [farol, generator] = process.argv.slice(2);
let failures = 0;
const fail = (text) => {
  failures += 1;
  if (failures < 20) console.log(text);
};
const server = start_postgresql({ work_mem: "256MB", jit: "off" });
if (server === null) {
  console.log("skipped: PostgreSQL is not installed");
  process.exit(77);
}
const begin = (schema, folder) => `CREATE SCHEMA "${schema}"; SET search_path = "${schema}"; SET client_min_messages = error;
\\i schema.sql
\\i load-postgresql.sql
\\copy farol_person_role FROM ${quoted(join(folder, "roles.csv"))} WITH (FORMAT csv)
`;
const found = new Map();
try {
  for (const input of inputs(farol, generator)) {
    const { kind, name, folder } = input;
    const tables = exported(farol, "tables", folder, input.policy), columns = columns_of(tables, folder);
    const [made, kept, compared] = comparison(input, columns);
    const expected = input.points ? `CREATE TABLE expected (${columns.map((c) => `${c} VARCHAR`)}, verdict VARCHAR);
\\copy expected FROM ${quoted(join(folder, "points.csv"))} WITH (FORMAT csv)` : `CREATE TABLE pair (person VARCHAR, feature VARCHAR);
\\copy pair FROM ${quoted(join(folder, "pairs.csv"))} WITH (FORMAT csv)`;
    const [answer, ...lines] = server.psql(`${begin(name, folder)}${expected}
ANALYZE; CREATE TABLE may AS SELECT DISTINCT person, feature, answer_id FROM farol_may;
${made}; ANALYZE farol_access_log; ${kept}; ANALYZE found; ANALYZE may;
${compared};
COPY (${roster_sql}) TO STDOUT WITH (FORMAT csv, FORCE_QUOTE *);
SET client_min_messages = error; DROP SCHEMA "${name}" CASCADE;
`, tables).split("\n");
    const [seen, wrong, points, people, missing] = answer.split("|").map(Number);
    if (wrong !== 0 || seen !== points || missing !== 0) fail(`${name}: ${answer}`);
    if (input.points) {
      const differs = roster_differs(farol, input, read_rows(lines.join("\n")).map(([line]) => line));
      if (differs.length > 0) fail(`${name}: roster: ${differs.slice(0, 3)}`);
    }
    const all = found.get(kind) ?? { policies: 0, points: 0, people: 0 };
    found.set(kind, { policies: all.policies + 1, points: all.points + points, people: all.people + people });
  }

  const nasty = hostile(farol), tables = exported(farol, "tables", nasty.folder);
  server.psql(begin("hostile", nasty.folder), tables);
  for (const [name, written] of as_written(tables)) {
    const read = read_rows(server.psql(`COPY hostile.${name} TO STDOUT WITH (FORMAT csv, FORCE_QUOTE *)`));
    if (JSON.stringify(sorted(read)) !== JSON.stringify(written)) fail(`hostile: ${name}`);
  }
  const people = read_rows(server.psql("SET search_path = hostile; COPY (SELECT person FROM farol_person WHERE holder_id IS NOT NULL) TO STDOUT WITH (FORMAT csv, FORCE_QUOTE *)"));
  if (JSON.stringify(people.map(([person]) => person).sort()) !== JSON.stringify([...nasty.texts].sort())) fail(`hostile: ${people}`);

  server.psql("SET search_path = hostile;\n\\i keep-people.sql\nINSERT INTO farol_access_log (person, feature) VALUES ('x', 'f.x0');", tables);
  const asked = tampered(tables).flatMap((change) => views.map((view) => `BEGIN; ${change}; SELECT 'answered', COUNT(*) FROM (SELECT * FROM ${view}) x; ROLLBACK;`));
  const answers = server.try_all(`SET search_path = hostile;\n${asked.join("\n")}`);
  const refused = answers.split("tables of several exports").length - 1;
  if (refused !== asked.length || answers.includes("answered")) fail(`refused are ${refused} of ${asked.length}: ${answers.slice(0, 500)}`);
  console.log(`${counts("PostgreSQL", found)}\nNOTE: PostgreSQL refuses ${refused} of ${asked.length} ways to mix tables`);
} finally {
  server.stop();
}
process.exit(failures === 0 && found.get("random policies").points > 1000 ? 0 : 1);
