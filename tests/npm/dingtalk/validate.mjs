// validate.mjs FAROL GENERATOR: the documents against docs/permissions.schema.json and docs/steps.schema.json, with Ajv;
// changed documents do not pass.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { compile_all } from "./documents.mjs";

const [farol, generator] = process.argv.slice(2);
const schema = (name) => {
  const read = JSON.parse(readFileSync(join(process.env.FAROL_SOURCE_DIR, "docs", name), "utf8"));
  return new Ajv2020({ strict: true, strictRequired: false, allErrors: false, strictTypes: false }).compile(read);
};
const validate = schema("permissions.schema.json"), validate_steps = schema("steps.schema.json");

let failures = 0;
const fail = (text) => {
  failures += 1;
  console.log(text);
};

const documents = compile_all(farol, generator, 500);
for (const { name, permissions, document } of documents) {
  if (!validate(permissions)) fail(`${name}: ${JSON.stringify(validate.errors[0])}`);
  if (!validate_steps(document)) fail(`${name}: steps: ${JSON.stringify(validate_steps.errors[0])}`);
}

const changes = {
  "another version": (d) => (d.schema = "farol-permissions-1"),
  "a key that nobody knows": (d) => (d.surprise = true),
  "a key less": (d) => delete d.settings,
  "an answer that nothing keeps": (d) => delete d.decisions[0].answers[0].kept_by,
  "an unknown keeper": (d) => (d.decisions[0].answers[0].kept_by = "magic"),
  "kept without a step": (d) => (d.decisions.flatMap((e) => e.answers).find((p) => p.kept_by === "api").steps = []),
  "a decision without a rule": (d) => (d.decisions[0].rules = []),
  "a decision about nobody": (d) => (d.decisions[0].answers[0].roles = []),
  "an effect that is none": (d) => (d.decisions[0].effect = "none"),
  "a setting without what is wanted": (d) => (d.settings[0].settings[0].wanted = []),
  "a setting that people make": (d) => (d.settings[0].settings[0].set_by = "people"),
  "an unknown reason": (d) => (d.unsupported[0].reason = "because"),
  "a day that is none": (d) => (d.as_of = "today"),
  "another language": (d) => (d.language = "fr"),
};
const api = (d) => d.steps.find((step) => step.kind === "api");
const changes_of_steps = {
  "another version": (d) => (d.schema = "farol-steps-2"),
  "a step without undo": (d) => delete d.steps[0].undo,
  "a request without a call": (d) => delete api(d).request.call,
  "a call without a path": (d) => delete d.calls[0].path,
  "a path that climbs": (d) => (d.calls[0].path = "/v1.0/../x"),
  "another host": (d) => (d.tenant.hosts.api.address = "example.com"),
  "an id that is no number of JSON": (d) => (api(d).request.body = { x: 2 ** 53 }),
  "a console step with a request": (d) => (d.steps.find((step) => step.kind === "console").request = null),
  "what it produces without a place": (d) => delete d.steps.find((step) => step.produces).produces.pointer,
  "a call of which nobody knows whether it counts": (d) => delete d.calls[0].counted,
};
const clinic = documents.find((each) => each.name === "clinic");
for (const [valid, original, table] of [[validate, clinic.permissions, changes], [validate_steps, clinic.document, changes_of_steps]]) {
  for (const [name, change] of Object.entries(table)) {
    const changed = structuredClone(original);
    change(changed);
    if (valid(changed)) fail(`passes although it has ${name}`);
  }
}
if (documents.length < 100) fail(`only ${documents.length} documents`);
console.log(`NOTE: ${documents.length} documents fit the schema, ${Object.keys({ ...changes, ...changes_of_steps }).length} changed ones do not`);
process.exit(failures === 0 ? 0 : 1);
