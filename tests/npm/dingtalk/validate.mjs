// validate.mjs FAROL GENERATOR: the documents against docs/permissions.schema.json, with Ajv; changed documents do not pass.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { compile_all } from "./documents.mjs";

const [farol, generator] = process.argv.slice(2);
const schema = JSON.parse(readFileSync(join(process.env.FAROL_SOURCE_DIR, "docs/permissions.schema.json"), "utf8"));
const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: false, strictTypes: false }).compile(schema);

let failures = 0;
const fail = (text) => {
  failures += 1;
  console.log(text);
};

const documents = compile_all(farol, generator, 500);
for (const { name, document } of documents) {
  if (!validate(document)) fail(`${name}: ${JSON.stringify(validate.errors[0])}`);
}

const changes = {
  "another version": (d) => (d.schema = "farol-permissions-2"),
  "a key that nobody knows": (d) => (d.surprise = true),
  "a key less": (d) => delete d.requires,
  "a permission that nothing keeps": (d) => delete d.permissions[0].kept_by,
  "an unknown keeper": (d) => (d.permissions[0].kept_by = "magic"),
  "kept without a step": (d) => (d.permissions.find((p) => p.kept_by !== "nobody").steps = []),
  "a permission without a rule": (d) => (d.permissions[0].rules = []),
  "an effect that is none": (d) => (d.permissions[0].effect = "none"),
  "a step without undo": (d) => delete d.steps[0].undo,
  "a text without Chinese": (d) => delete d.steps[0].title["zh-Hant"],
  "a request without a path": (d) => delete d.steps.find((s) => s.kind === "api").request.path,
  "a path that climbs": (d) => (d.steps.find((s) => s.kind === "api").request.path = "/v1.0/../x"),
  "another host": (d) => (d.steps.find((s) => s.kind === "api").request.host = "example.com"),
  "an id that is no number of JSON": (d) => (d.steps.find((s) => s.kind === "api").request.query.x = 2 ** 53),
  "a console step with a request": (d) => (d.steps.find((s) => s.kind === "console").request = null),
  "an unknown reason": (d) => (d.unsupported[0].reason = "because"),
  "a day that is none": (d) => (d.as_of = "today"),
};
const clinic = documents.find((each) => each.name === "clinic").document;
for (const [name, change] of Object.entries(changes)) {
  const changed = structuredClone(clinic);
  change(changed);
  if (validate(changed)) fail(`passes although it has ${name}`);
}
if (documents.length < 100) fail(`only ${documents.length} documents`);
console.log(`NOTE: ${documents.length} documents fit the schema, ${Object.keys(changes).length} changed ones do not`);
process.exit(failures === 0 ? 0 : 1);
