// cedar.mjs FAROL GENERATOR: the exported Cedar policies, asked at the points of the tables' tests. Of real data with very
// many points it is a part, of every person some, which is said; with FAROL_ROUNDS of 1,000 and more one of the people who
// hold the same roles is asked at every point. A feature that is left to the platform has no action. A request is
// answered by the policies, the part of the schema and the groups that name its action; the first ones of an input are
// also asked of all, with the same answer.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { contexts_of, counts, exported, hostile, inputs, read_csv, rounds } from "./exports.mjs";

const cedar = createRequire(import.meta.url)("@cedar-policy/cedar-wasm/nodejs");
const [farol, generator] = process.argv.slice(2);
const max_requests = 20_000, of_all = 50;  // of one input; and those of them that all policies are asked
const at_every_point = rounds >= 1000;
let failures = 0;
const fail = (text) => {
  failures += 1;
  if (failures < 20) console.log(text);
};
const types = { data: "Data", tier: "Data", app: "App", group: "Group", place: "Place", department: "Department", nothing: "Organisation" };
const grouped = (rows) => {
  const map = new Map();
  for (const [person, value] of rows) map.set(person, [...(map.get(person) ?? []), ...(value ? [value] : [])]);
  return map;
};

// The exported policies of an input, parsed once, and a function that asks them.
const open = ({ folder, name, policy }) => {
  const out = exported(farol, "cedar", folder, policy), tables = exported(farol, "tables", folder, policy);
  const text = (file) => readFileSync(join(out, file), "utf8");
  const policies = text("policies.cedar"), schema = text("schema.cedarschema");
  const entities = new Map(JSON.parse(text("entities.json")).map((each) => [each.uid.id, each]));
  const table = (file) => read_csv(join(tables, `farol_${file}.csv`)).slice(1);
  // Cedar copies a schema and a set of policies for each request, and holds each policy against all actions: those of one
  // action have no more than it needs.
  const prepare = (id, some_policies, some_schema) => {
    for (const answer of [cedar.preparsePolicySet(id, { staticPolicies: some_policies }), cedar.preparseSchema(id, some_schema)])
      if (answer.type !== "success") fail(`${name}: ${JSON.stringify(answer).slice(0, 300)}`);
  };
  prepare(name, policies, schema);
  const named = (text, pattern) => JSON.parse(text.match(pattern)[1]);
  const policies_of = new Map();
  for (const each of cedar.policySetTextToParts(policies).policies) {
    const action = named(each, /action == Farol::Action::("(?:[^"\\]|\\.)*")/);
    policies_of.set(action, `${policies_of.get(action) ?? ""}${each}\n`);
  }
  const [actions, frame] = [true, false].map((is_action) => schema.split("\n").filter((line) => line.startsWith("  action ") === is_action));
  for (const line of actions) {
    const action = named(line, /^  action ("(?:[^"\\]|\\.)*")/);
    const its_policies = policies_of.get(action) ?? "", its_schema = frame.toSpliced(-2, 0, line).join("\n");
    prepare(`${name} ${action}`, its_policies, its_schema);
    const checked = cedar.validate({ schema: its_schema, policies: { staticPolicies: its_policies } });
    if (checked.type !== "success" || checked.validationErrors.length > 0) fail(`${name}: ${JSON.stringify(checked).slice(0, 300)}`);
  }
  const inherited = new Set(table("role_holds").map(([, a, b]) => `${a} ${b}`));
  const ids = new Map(table("role").map(([, id, role]) => [role, Number(id)])), names = [...ids.keys()];
  const held = grouped(read_csv(join(folder, "roles.csv")));
  const features = new Map(table("feature").map((row) => [row[2], row]));
  const objects = new Map(), others = new Map();
  for (const [, kind, id, object] of table("object")) {
    objects.set(`${kind} ${object}`, object);
    others.set(`${kind} ${id}`, object);
  }
  // The holder with just the roles of a person that no other one of theirs inherits.
  const holder_of = (person) => {
    const all = [...new Set(held.get(person))].map((role) => ids.get(role));
    const counting = all.filter((role) => !all.some((other) => other !== role && inherited.has(`${other} ${role}`)));
    return entities.get(counting.sort((a, b) => a - b).map((role) => names[role]).join("+"));
  };
  const holders = new Map([...held.keys()].map((person) => [person, holder_of(person)]));
  const contexts = contexts_of(folder);
  let asked = 0;
  const ask = (person, feature, object, values) => {
    const [, , , , acts_on, governed, other] = features.get(feature);
    if (governed === "0") return undefined;
    const resource = objects.get(`${acts_on} ${object}`) ?? others.get(`${acts_on} ${other}`);
    const context = {}, holder = holders.get(person), groups = [];
    for (const [i, each] of contexts.entries()) if (values[i]) context[each] = values[i];
    for (const group of holder?.parents ?? []) if (group.id.startsWith(`${feature} `)) groups.push(group);
    const allows = (id, parents) => {
      const held_by = holder && { ...holder, parents };
      const answer = cedar.statefulIsAuthorized({
        principal: { type: "Farol::Person", id: person }, action: { type: "Farol::Action", id: feature },
        resource: { type: `Farol::${types[acts_on]}`, id: resource || "everything" }, context,
        preparsedPolicySetId: id, preparsedSchemaName: id, validateRequest: true,
        entities: [...(holder ? [held_by] : []), { uid: { type: "Farol::Person", id: person }, attrs: {}, parents: holder ? [holder.uid] : [] }],
      });
      if (answer.type !== "success") fail(`${name}: ${JSON.stringify(answer).slice(0, 300)}`);
      else if (answer.response.diagnostics.errors.length > 0) fail(`${name}: ${JSON.stringify(answer.response.diagnostics.errors[0])}`);
      return answer.type === "success" && answer.response.decision === "allow";
    };
    const allowed = allows(`${name} ${feature}`, groups);
    if ((asked += 1) <= of_all && allows(name, holder?.parents) !== allowed) fail(`${name}: ${[person, feature, object, ...values].join(" ")}: all policies say ${!allowed}`);
    return allowed;
  };
  return { ask, held, features, text, policies };
};

const found = new Map();
for (const input of inputs(farol, generator)) {
  const { ask, held, features } = open(input);
  let points = 0, people = new Set();
  const compare = (person, feature, object, values, expected) => {
    const allowed = ask(person, feature, object, values);
    if (allowed === undefined) return;
    if (allowed !== expected) fail(`${input.name}: ${[person, feature, object, ...values].join(" ")}: ${allowed}`);
    points += 1;
    people.add(person);
  };
  if (input.points) {
    const rows = read_csv(join(input.folder, "points.csv"));
    const step = Math.max(1, Math.floor(rows.length / max_requests));
    for (let i = 0; i < rows.length; i += step) compare(rows[i][0], rows[i][1], rows[i][2], rows[i].slice(3, -1), rows[i].at(-1) === "allowed");
  } else {
    // Of many people everybody is asked about something that they may and about something else, in turn.
    const pairs = grouped(read_csv(join(input.folder, "pairs.csv"))), all = [...features.keys()].filter((feature) => feature.startsWith("p"));
    const some = Math.max(2, Math.ceil(max_requests / held.size)), known = new Set();
    for (const [n, person] of [...held.keys()].entries()) {
      const own = pairs.get(person), roles = [...held.get(person)].sort().join();
      const each = at_every_point && !known.has(roles) ? all.length : some;
      known.add(roles);
      for (let i = 0; i < Math.min(each, all.length); i += 1) {
        const next = n * each + i, feature = each >= all.length ? all[i] : i % 2 ? all[next % all.length] : own[next % own.length];
        compare(person, feature, null, [], own.includes(feature));
      }
    }
  }
  const all = found.get(input.kind) ?? { policies: 0, points: 0, people: 0 };
  found.set(input.kind, { policies: all.policies + 1, points: all.points + points, people: all.people + people.size });
}

// Hostile names: people, reasons behind permits, and what is lost.
const nasty = hostile(farol);
const { ask, text, policies } = open({ ...nasty, name: "hostile" });
const long = "long".repeat(14);
for (const [i, person] of nasty.texts.entries()) {
  const values = (order) => ["好", order, "yes", "no"];
  if (i > 0 && i < nasty.names.length && ask(person, `f.x${i}`, `d${i}`, values("table"))) fail(`hostile: ${person}`);
  if (!ask(person, "f.x0", "d1", values("select"))) fail(`hostile: ${person} is not allowed what select is`);
}
const parts = cedar.policySetTextToParts(policies);
if (parts.type !== "success" || parts.policies.length === 0) fail(`hostile: ${JSON.stringify(parts).slice(0, 300)}`);
if (!text("losses.txt").includes("Not checked by a request, but by farol roster: separate select, 角色")) fail("hostile: losses");
const extent = at_every_point ? "of those who hold the same roles one is asked at every point" : `of one policy ${max_requests} points or somewhat more are asked`;
console.log(`${counts("Cedar", found)}\nNOTE: ${extent}, everybody at some, and all of its policies at the first ${of_all}`);
process.exit(failures === 0 && found.get("random policies").points > 1000 ? 0 : 1);
