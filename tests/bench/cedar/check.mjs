// check.mjs FOLDER: what `farol check` does, with Cedar: reads policy.cedar, and validates it against schema.cedarschema.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const cedar = createRequire(import.meta.url)("@cedar-policy/cedar-wasm/nodejs");
const text = (name) => readFileSync(join(process.argv[2], name), "utf8");
const checked = cedar.validate({ schema: text("schema.cedarschema"), policies: { staticPolicies: text("policy.cedar") } });
if (checked.type !== "success" || checked.validationErrors.length > 0) process.exit(1);
