// script.mjs FAROL GENERATOR: the script for the vendor's command line sends just the requests of the document, each once,
// also when it is interrupted and run again; shellcheck has nothing to say about it.
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { compile_all, whole } from "./documents.mjs";

const [farol, generator] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "farol-dws-"));
const stub = join(folder, "dws"), log = join(folder, "log"), state = join(folder, "state"), rules = join(folder, "rules"), script = join(folder, "dws.sh");
// Writes down what it is called with, and keeps the rules that are made; the call of the number FAIL_AT dies before it sends.
writeFileSync(stub, `#!/bin/sh
if [ -n "\${FAIL_AT-}" ]; then
  calls=$(cat '${log}' 2>/dev/null | wc -l)
  [ "$((calls + 1))" -eq "$FAIL_AT" ] && exit 7
fi
printf '%s\\037' "$@" >>'${log}'
printf '\\n' >>'${log}'
case "$2 $3" in
  "GET "*ettings)
    rules=$(sort -u '${rules}' 2>/dev/null | sed 's/.*/{"id":1,"active":true,"description":"&"}/' | paste -sd, -)
    echo "{\\"errcode\\":0,\\"hasMore\\":false,\\"list\\":[$rules],\\"protectScenes\\":[$(grep -o '"[A-Z_]*"' '${log}' | sort -u | paste -sd, -)]}" ;;
  *)
    printf '%s' "$*" | grep -o 'farol s-[0-9a-f]*' >>'${rules}'
    echo '{"errcode":0}' ;;
esac
`);
chmodSync(stub, 0o755);

let failures = 0;
const fail = (text) => {
  failures += 1;
  if (failures <= 10) console.log(text);
};
const calls = () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").filter(Boolean).map((line) => line.split("\x1f").slice(0, -1)) : []);
function run(options, environment = {}) {
  return spawnSync("sh", [script, ...options], { env: { ...process.env, DWS: stub, ...environment }, encoding: "utf8" });
}
function request_of(words) {
  const option = (name) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined);
  return {
    method: words[1],
    path: words[2],
    params: JSON.parse(option("--params") ?? "{}"),
    data: option("--data") === undefined ? null : JSON.parse(option("--data")),
    old: option("--base-url") === "https://oapi.dingtalk.com",
  };
}
const is_unbound = (value) => JSON.stringify(value).includes('{"bind":');
const of_list = (value, key, id) => JSON.parse(JSON.stringify(value).replaceAll(`{"bind":"${key}"}`, JSON.stringify(id)));

const filled = ({ path, path_parameters }) =>
  Object.entries(path_parameters).reduce((made, [key, value]) => made.replace(`{${key}}`, value), path);

function expected_of(document) {
  const skipped = new Set(), expected = [];
  for (const step of document.steps) {
    if (step.kind !== "api" || step.only_reads) continue;
    const ids = step.for_each ? document.bindings.find((each) => each.key === step.for_each).value ?? [] : [null];
    const request = whole(document, step.request);
    const bodies = ids.map((id) => (id === null ? request : of_list(request, step.for_each, id)));
    if (bodies.length === 0 || bodies.some(is_unbound) || step.after.some((id) => skipped.has(id))) {
      skipped.add(step.id);
      continue;
    }
    for (const each of bodies)
      expected.push({ method: each.method, path: filled(each), params: Object.fromEntries(Object.entries(each.query ?? {}).map(([key, value]) => [key, String(value)])), data: each.body, old: each.host === "oapi.dingtalk.com" });
  }
  return { expected, skipped };
}

const documents = compile_all(farol, generator, 16);
let sent = 0, checked = 0;
for (const { name, document, script: text } of documents) {
  // There is none for international accounts.
  if (text === null) continue;
  for (const file of [log, state, rules]) rmSync(file, { force: true });
  writeFileSync(script, text);
  const { expected, skipped } = expected_of(document);

  const dry = run([`--state=${state}`]);
  if (dry.status !== (skipped.size > 0 ? 1 : 0)) fail(`${name}: dry run: exit code ${dry.status}\n${dry.stderr}`);
  if (calls().length > 0) fail(`${name}: a dry run calls the client`);
  const shown = dry.stdout.split("\n").filter((line) => /^ {2}[A-Z]+ https:/.test(line)).length;
  if (shown !== expected.length) fail(`${name}: the dry run shows ${shown} of ${expected.length}`);
  if (existsSync(state)) fail(`${name}: a dry run says that something is done`);

  rmSync(log, { force: true });
  const middle = Math.max(1, Math.ceil(expected.length / 2));
  run(["--send", `--state=${state}`], { FAIL_AT: String(middle) });
  if (calls().length > 0 && calls().length !== middle - 1) fail(`${name}: was not interrupted`);
  run(["--send", `--state=${state}`]);
  run(["--send", `--state=${state}`]);
  const writes = calls().filter((words) => words[1] !== "GET").map(request_of);
  if (!isDeepStrictEqual(writes, expected)) fail(`${name}: sent ${writes.length} of ${expected.length}\n${JSON.stringify(writes[0])}\n${JSON.stringify(expected[0])}`);
  sent += writes.length;

  if (spawnSync("shellcheck", ["--version"]).status === 0) {
    checked += 1;
    try {
      execFileSync("shellcheck", ["-s", "sh", script], { encoding: "utf8" });
    } catch (error) {
      fail(`${name}: shellcheck: ${error.stdout}`);
    }
  }
}
rmSync(folder, { recursive: true });
if (checked === 0) console.log("NOTE: left out: shellcheck, because it is not installed");
console.log(`NOTE: ${documents.length} scripts sent ${sent} requests, each once; shellcheck read ${checked}`);
process.exit(failures === 0 ? 0 : 1);
