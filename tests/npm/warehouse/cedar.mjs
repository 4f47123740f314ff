// cedar.mjs FAROL GENERATOR: the exported Cedar policies of random policies, asked at every point, against the naive
// evaluator. A feature that is left to the platform has no action.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { contexts_of, export_all, read_csv } from "./exports.mjs";

const cedar = createRequire(import.meta.url)("@cedar-policy/cedar-wasm/nodejs");
const [farol, generator] = process.argv.slice(2);
const count = process.env.FAROL_ROUNDS ? 1000 : 40;
let failures = 0, points = 0;
const fail = (text) => {
  failures += 1;
  if (failures < 20) console.log(text);
};

for (const { name, folder } of export_all(farol, generator, 0, count)) {
  const out = join(folder, "cedar");
  execFileSync(farol, ["export", "cedar", join(folder, "policy.farol"), "--users", join(folder, "people.csv"),
    "--as-of", "2026-11-23", "-q", "-o", out]);
  const text = (file) => readFileSync(join(out, file), "utf8");
  const policies = text("policies.cedar"), schema = text("schema.cedarschema"), entities = JSON.parse(text("entities.json"));
  const checked = cedar.validate({ schema, policies: { staticPolicies: policies } });
  if (checked.type !== "success" || checked.validationErrors.length > 0) {
    fail(`${name}: ${JSON.stringify(checked).slice(0, 300)}`);
    continue;
  }
  cedar.preparsePolicySet(name, { staticPolicies: policies });
  cedar.preparseSchema(name, schema);
  // What a person holds is the holder with just their counting roles, as the stated combinations of the tables say it.
  const holders = new Map(read_csv(join(folder, "tables", "farol_holder.csv")).slice(1).map(([, id, roles]) => [roles, id]));
  const roles = read_csv(join(folder, "tables", "farol_role.csv")).slice(1).map(([, , role]) => role);
  const inherited = read_csv(join(folder, "tables", "farol_role_holds.csv")).slice(1).map(([, a, b]) => [Number(a), Number(b)]);
  const held = new Map();
  for (const [person, role] of read_csv(join(folder, "roles.csv")))
    held.set(person, [...(held.get(person) ?? []), ...(role ? [roles.indexOf(role)] : [])]);
  const holder_of = (person) => {
    const all = [...new Set(held.get(person))];
    const counting = all.filter((role) => !all.some((other) => other !== role && inherited.some(([a, b]) => a === other && b === role)));
    counting.sort((a, b) => a - b);
    return holders.has(counting.join("-")) ? counting.map((role) => roles[role]).join("+") : undefined;
  };
  const features = new Map(read_csv(join(folder, "tables", "farol_feature.csv")).slice(1).map((row) => [row[2], row]));
  const objects = read_csv(join(folder, "tables", "farol_object.csv")).slice(1);
  const types = { data: "Data", tier: "Data", app: "App", group: "Group", place: "Place", department: "Department", nothing: "Organisation" };
  const contexts = contexts_of(folder);
  for (const row of read_csv(join(folder, "points.csv"))) {
    const [person, feature, object] = row, verdict = row.at(-1);
    const [, , , , acts_on, governed, other] = features.get(feature);
    if (governed === "0") continue;
    const declared = objects.find(([, kind, , it]) => kind === acts_on && it === object) ?? objects.find(([, kind, id]) => kind === acts_on && id === other);
    const context = Object.fromEntries(contexts.map((each, i) => [each, row[3 + i]]));
    const holder = holder_of(person);
    const call = {
      principal: { type: "Farol::Person", id: person }, action: { type: "Farol::Action", id: feature },
      resource: { type: `Farol::${types[acts_on]}`, id: declared[3] || "everything" }, context,
      preparsedPolicySetId: name, preparsedSchemaName: name, validateRequest: true,
      entities: [...entities, { uid: { type: "Farol::Person", id: person }, attrs: {},
        parents: holder === undefined ? [] : [{ type: "Farol::Holder", id: holder }] }],
    };
    const answer = cedar.statefulIsAuthorized(call);
    const allowed = answer.type === "success" && answer.response.decision === "allow";
    if (answer.type !== "success") fail(`${name}: ${JSON.stringify(answer).slice(0, 300)}`);
    else if (allowed !== (verdict === "allowed")) fail(`${name}: ${row.join(" ")}: ${answer.response.decision}`);
    points += 1;
  }
}
console.log(`NOTE: Cedar gives the evaluator's answer at ${points} points of ${count} random policies`);
process.exit(failures === 0 && points > 1000 ? 0 : 1);
