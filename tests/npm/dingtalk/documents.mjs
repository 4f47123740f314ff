// permissions.json and steps.json of the examples and of random policies, made by the program: what every test of this
// folder reads.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const source = process.env.FAROL_SOURCE_DIR;
const day = ["--as-of", "2026-11-24"];
export const examples = ["bank", "clinic", "construction", "shop", "library/cafe", "library/logistics", "library/school"];

// Every documented call with its method of the vendor's client, null where that lacks it, and with a request where no
// document has one.
export let all_calls = [];

// [{ name, permissions, document, script }], where `document` is steps.json; `count` random policies beside the examples.
export function compile_all(farol, generator, count) {
  const folder = mkdtempSync(join(tmpdir(), "farol-dingtalk-"));
  try {
    const found = [];
    const read = (name, out) =>
      found.push({
        name,
        permissions: JSON.parse(readFileSync(join(out, "permissions.json"), "utf8")),
        document: JSON.parse(readFileSync(join(out, "steps.json"), "utf8")),
        script: existsSync(join(out, "dws.sh")) ? readFileSync(join(out, "dws.sh"), "utf8") : null,
      });
    for (const example of examples) {
      const out = join(folder, "example");
      const root = example.startsWith("library/") ? ["--root", join(source, "examples/library")] : [];
      // International accounts have no script, which is told with exit code 1.
      spawnSync(farol, ["compile", join(source, "examples", example), "-o", out, "--emit", "dws", ...root, ...day]);
      read(example, out);
      rmSync(out, { recursive: true });
    }
    execFileSync(generator, [folder, String(count)]);
    all_calls = JSON.parse(readFileSync(join(folder, "calls.json"), "utf8"));
    const files = readdirSync(folder).filter((name) => name.endsWith(".farol")).sort();
    // Those with conflicts are refused; the others are written all the same.
    spawnSync(farol, ["compile", "--each", "-q", "-o", join(folder, "out"), "--emit", "dws", ...day,
                      ...files.map((name) => join(folder, name))]);
    for (const file of files) {
      const out = join(folder, "out", file.replace(/\.farol$/, ""));
      if (existsSync(out)) read(file, out);
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// A request with what its call and the tenant say of it.
export function whole(document, request) {
  const call = document.calls.find((each) => each.name === request.call);
  return {
    method: call.method,
    host: document.tenant.hosts[call.host].address,
    path: call.path,
    path_parameters: request.path ?? {},
    query: request.query ?? {},
    body: request.body ?? null,
    name: call.name,
    client: call.client,
    only_reads: call.only_reads,
  };
}

export function requests_of(document) {
  const look_ups = document.bindings.filter((each) => each.lookup !== null)
    .map((each) => ({ step: { target: each.key }, request: whole(document, each.lookup.request) }));
  return document.steps
    .filter((step) => step.kind === "api")
    .flatMap((step) => [step.request, step.check, step.undo_request].filter(Boolean)
      .map((request) => ({ step, request: whole(document, request) })))
    .concat(look_ups);
}
