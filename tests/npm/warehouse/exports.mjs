// Policies with their exported tables, people, and what is expected of them at every point, for every engine: random
// policies, the examples, and real entitlement data where the folder with them is there.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const source = process.env.FAROL_SOURCE_DIR, shared = process.env.FAROL_SHARED;
export const whole = Boolean(process.env.FAROL_ROUNDS);
export const rounds = Number(process.env.FAROL_ROUNDS ?? 12);
const day = "2026-11-23";
const run = (program, ...args) => execFileSync(program, args, { stdio: ["ignore", "pipe", "pipe"], encoding: "utf8", maxBuffer: 1 << 26 });

// `farol export` of a policy with people.csv beside it. Returns the folder of what was written.
export const exported = (farol, kind, folder, policy = join(folder, "policy.farol")) => {
  const to = join(folder, kind);
  run(farol, "export", kind, policy, "--users", join(folder, "people.csv"), "--as-of", day, "-q", "-o", to);
  return to;
};

// Each has a name, a folder with roles.csv and contexts, the kind, and the policy's path. `points` is a file with what
// was done and the verdict that is expected, or nothing for real data: there pairs.csv has what is allowed.
export function* inputs(farol, generator) {
  const top = mkdtempSync(join(tmpdir(), "farol-warehouse-"));
  const random = join(top, "random");
  run(generator, random, "0", String(rounds));
  for (const name of readdirSync(random).sort())
    yield { kind: "random policies", name: `r${name}`, folder: join(random, name), policy: join(random, name, "policy.farol"), points: true };
  for (const example of examples) {
    const policy = join(source, "examples", example), name = example.replace("/", "_"), folder = join(top, name);
    run(generator, folder, policy, day);
    yield { kind: "examples", name, folder, policy, points: true };
  }
  for (const input of real_data(top)) yield input;
}
const examples = whole ? ["bank", "clinic", "construction", "shop"] : ["shop"];

// Users and what they may, as pairs of numbers. Once with a role for each set of permissions, once with a role for each
// permission, where people hold many roles.
function* real_data(top) {
  if (!shared) return console.log("NOTE: left out in the warehouse: real data, which need FAROL_SHARED");
  const files = whole ? ["hc", "domino", "emea", "apj", "fire1", "customer"] : ["domino"];
  for (const file of files) {
    const held = new Map();
    for (const line of readFileSync(join(shared, "data", `${file}.txt`), "utf8").split("\n")) {
      const [user, permission] = line.trim().split(/\s+/);
      if (permission) held.set(user, (held.get(user) ?? new Set()).add(permission));
    }
    const sets = [...new Set([...held.values()].map((set) => [...set].sort().join(" ")))];
    const set_of = (user) => sets.indexOf([...held.get(user)].sort().join(" "));
    const permissions = [...new Set([...held.values()].flatMap((set) => [...set]))];
    const head = ["farol 1", `policy "entitlements" {}`, ...permissions.map((each) => `feature p${each}`)];
    const by_set = sets.flatMap((set, i) => [`role r${i}`, `allow r${i} to ${set.split(" ").map((each) => `p${each}`).join(", ")}`]);
    const by_one = permissions.flatMap((each) => [`role r${each}`, `allow r${each} to p${each}`]);
    for (const [form, rules, roles] of [["sets", by_set, (user) => [`r${set_of(user)}`]],
      ["roles", by_one, (user) => [...held.get(user)].map((each) => `r${each}`)]]) {
      const folder = join(top, `${file}-${form}`);
      mkdirSync(folder);
      const write = (name, lines) => writeFileSync(join(folder, name), lines.join("\n") + "\n");
      write("policy.farol", [...head, ...rules]);
      write("people.csv", ["id,roles", ...[...held.keys()].map((user) => `u${user},"${roles(user).join(";")}"`)]);
      write("roles.csv", [...held.keys()].flatMap((user) => roles(user).map((role) => `u${user},${role}`)));
      write("pairs.csv", [...held].flatMap(([user, set]) => [...set].map((each) => `u${user},p${each}`)));
      writeFileSync(join(folder, "contexts"), "");
      yield { kind: "real data", name: `${file}_${form}`, folder, policy: join(folder, "policy.farol"), points: false };
    }
  }
}

// The names of the columns of farol_access_log but for the time, in the order of the file of points.
export const contexts_of = (folder) => readFileSync(join(folder, "contexts"), "utf8").split(",").slice(1);
export const columns_of = (tables, folder) => {
  const columns = new Map(read_csv(join(tables, "farol_context.csv")).slice(1).map(([, context, column]) => [context, `"${column}"`]));
  return ["person", "feature", "object", ...contexts_of(folder).map((context) => columns.get(context))];
};

// Two statements: what was done, with its verdict as `found`; and the counts of lines, wrong ones and points.
export const comparison = ({ points, folder }, columns) => {
  const made = points ? `INSERT INTO farol_access_log (${columns}) SELECT ${columns} FROM expected` :
    "INSERT INTO farol_access_log (person, feature) SELECT p.person, f.feature FROM (SELECT DISTINCT person FROM farol_person_role) p CROSS JOIN farol_feature f";
  const expected = points ? `SELECT ${columns}, verdict FROM expected` :
    `SELECT l.person, l.feature, l.object, CASE WHEN p.person IS NULL THEN 'not permitted' ELSE 'allowed' END AS verdict
     FROM farol_access_log l LEFT JOIN pair p ON p.person = l.person AND p.feature = l.feature`;
  // With several roles what is expected is only whether it is allowed.
  const seen = points ? `SELECT ${columns.map((c) => `f.${c}`)}, CASE WHEN s.person IS NOT NULL AND f.verdict IN ('refused', 'not permitted',
      'left to the platform') THEN 'not allowed' ELSE f.verdict END AS verdict
    FROM found f LEFT JOIN (SELECT DISTINCT person FROM expected WHERE verdict = 'not allowed') s ON s.person = f.person` :
    "SELECT person, feature, object, verdict FROM found";
  return [made, "CREATE TABLE found AS SELECT * FROM farol_verdict",
    `SELECT CAST((SELECT COUNT(*) FROM found) AS INTEGER) AS lines,
      CAST((SELECT COUNT(*) FROM ((${expected}) EXCEPT ALL (${seen})) x) AS INTEGER) AS wrong,
      CAST((SELECT COUNT(*) FROM farol_access_log) AS INTEGER) AS points,
      CAST((SELECT COUNT(DISTINCT person) FROM farol_access_log) AS INTEGER) AS people,
      CAST((SELECT COUNT(*) FROM found v WHERE v.verdict = 'allowed' AND NOT EXISTS (SELECT 1 FROM may m
        WHERE m.person = v.person AND m.feature = v.feature AND m.answer_id = v.answer_id)) AS INTEGER) AS missing`];
};
export const counts = (what, found) => [...found].map(([kind, { policies, points, people }]) =>
  `NOTE: ${what} gives the expected answer at ${points} points, for ${people} people, in ${policies} policies: ${kind}`).join("\n");

// What breaks separations and what is refused to several roles, as `farol roster` says it: lines of text, sorted.
export const roster = (farol, { folder, policy }) => {
  let text;
  try {
    text = run(farol, "roster", policy, "--users", join(folder, "people.csv"), "--as-of", day, "-q", "--format", "json");
  } catch (error) {
    if (error.status !== 1) throw error;
    text = error.stdout;
  }
  const report = JSON.parse(text);
  const lines = new Set();
  for (const each of report.violations ?? []) {
    for (const who of each.named) lines.add(`${who.id} breaks ${each.statement}`);
  }
  for (const each of report.disagreements ?? []) {
    for (const who of each.named) {
      for (const point of each.denied) {
        for (const place of point.places) lines.add(`${who.id} is refused ${place.feature}`);
      }
    }
  }
  return lines;
};
// What a database says and roster does not, and the other way round. Roster was told of the people of people.csv only.
export const roster_differs = (farol, input, lines) => {
  const listed = read_csv(join(input.folder, "people.csv")).slice(1).map(([id]) => id);
  const said = roster(farol, input);
  const found = new Set(lines.filter((line) => listed.some((id) => line.startsWith(`${id} breaks `) || line.startsWith(`${id} is refused `))));
  return [...found].filter((line) => !said.has(line)).concat([...said].filter((line) => !found.has(line)));
};
export const roster_sql = `SELECT person || ' is refused ' || feature AS line FROM farol_person_refusal
  UNION SELECT person || ' breaks ' || separation FROM farol_breach`;

// The rows of a table of ours: texts in quotes, numbers without; null is what stands without quotes and has no text.
export const read_csv = (path) => read_rows(readFileSync(path, "utf8"));
export const read_rows = (text) => {
  const rows = [];
  let row = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n"]*))(,|\n)/g)) {
    row.push(quoted !== undefined ? quoted.replaceAll('""', '"') : plain === "" ? null : plain);
    if (end === "\n") {
      rows.push(row);
      row = [];
    }
  }
  return rows;
};

// What has to be refused: a row of another export, a missing row, a row too many, in each table.
export const tampered = (tables) => {
  const names = read_csv(join(tables, "farol_stamp_rows.csv")).slice(1).map(([, name]) => name);
  const changes = [];
  for (const name of [...names, "farol_stamp", "farol_stamp_rows", "farol_person_kept"]) {
    const rows = existsSync(join(tables, `${name}.csv`)) ? read_csv(join(tables, `${name}.csv`)).length - 1 : 1;
    if (rows > 0) changes.push(`UPDATE ${name} SET export_id = 'another'`);
    if (rows > 0 && name !== "farol_person_kept") changes.push(`DELETE FROM ${name}`, `INSERT INTO ${name} SELECT * FROM ${name}`);
  }
  for (const [name, row] of [["farol_holder_breach", "0, 0"], ["farol_separation", "7, 'x', 'x', NULL"], ["farol_answer_rule", "0, 0"]])
    changes.push(`INSERT INTO ${name} SELECT export_id, ${row} FROM farol_stamp`);
  return changes;
};
export const views = ["farol_may", "farol_verdict", "farol_violation", "farol_reason", "farol_breach", "farol_person_refusal",
  "farol_review", "farol_undeclared_role", "farol_person_now"];

// The name of a file in SQL; psql's copy knows no other escape either.
export const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

// A policy whose texts are hostile in every column, with people of such names: see exports.mjs. The file is named so, too.
const texts = ["'; DROP TABLE farol_role; --", 'a "quoted" name', "=1+1", "\\N", "\\", "NULL", "'", "a,b;c\td", "$$x$$", "@tables@", "%s {0} ${x}", "漢字 🏥 é́", " blanks ", "*/ -- /*"];
export const hostile = (farol) => {
  const folder = join(mkdtempSync(join(tmpdir(), "farol-hostile-")), "it's a \"folder\", 漢字");
  mkdirSync(folder);
  const quote = (text) => JSON.stringify(text);
  const roles = texts.map((text, i) => `role ${["select", "角色", "Ünï", "a.b-c", "null", "user"][i] ?? `r${i}`} { title: ${quote(text)} }`);
  const names = roles.map((line) => line.split(" ")[1]);
  const contexts = { 設備: "好 | 壞", Order: "table | select", [`${"long".repeat(14)}1`]: "yes | no", [`${"long".repeat(14)}2`]: "yes | no" };
  writeFileSync(join(folder, "policy.farol"), ["farol 1", `policy ${quote(texts[0])} {}`, "tiers public < 機密", ...roles,
    ...texts.map((text, i) => `data d${i}: ${i % 2 ? "public" : "機密"} { title: ${quote(text)} }`),
    ...texts.map((text, i) => `feature f.x${i} { acts_on: data title: ${quote(text)} }`),
    ...Object.entries(contexts).map(([context, values]) => `context ${context}: ${values}`),
    ...names.map((name, i) => `allow ${name} to f.x${i} on d${i} when 設備 is 好 and Order is select because ${quote(texts[i])}`),
    `allow select, 角色 to f.x0 on d1 when ${"long".repeat(14)}1 is yes and ${"long".repeat(14)}2 is no`,
    `separate select, 角色 because ${quote(texts[1])}`].join("\n") + "\n");
  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  writeFileSync(join(folder, "people.csv"), ["id,roles", ...texts.map((text, i) => `${cell(text)},${names[i]};select`)].join("\n") + "\n");
  writeFileSync(join(folder, "roles.csv"), texts.flatMap((text, i) => [`${cell(text)},${cell(names[i])}`, `${cell(text)},select`]).join("\n") + "\n");
  writeFileSync(join(folder, "contexts"), `,${Object.keys(contexts).join(",")}`);
  return { folder, policy: join(folder, "policy.farol"), texts, names };
};
// The tables as they were written, each a sorted list of rows.
export const as_written = (tables) => new Map(readdirSync(tables).filter((file) => file.endsWith(".csv"))
  .map((file) => [file.slice(0, -4), sorted(read_csv(join(tables, file)).slice(1))]));
export const sorted = (rows) => rows.map((row) => JSON.stringify(row)).sort();
