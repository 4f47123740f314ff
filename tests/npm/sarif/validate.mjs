// validate.mjs PROGRAM: the findings of all golden cases, as PROGRAM writes them, pass Microsoft's validator: no error,
// by SARIF's rules and by those that GitHub asks for, and no warning but those below.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// Farol has no page on the web yet that it could point to.
const allowed = new Set(['SARIF2005']);

const require = createRequire(import.meta.url);
let multitool;
try {
  multitool = require('@microsoft/sarif-multitool');
  chmodSync(multitool, 0o755);
} catch {
  console.log('NOTE: there is no SARIF validator for this kind of machine');
  process.exit(77);
}

function run(program, ...given) {
  const result = spawnSync(program, given, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (result.error) throw result.error;
  return result;
}

for (const folder of ['cases', 'joined']) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
}
const written = run(process.argv[2], 'cases');
if (written.status !== 0) throw new Error(written.stderr);

// The validator takes long for each file: the runs of several are read as one, as many as GitHub takes in a file.
const names = readdirSync('cases').sort();
const documents = names.map((name) => JSON.parse(readFileSync(`cases/${name}`, 'utf8')));
const runsOfFile = 20;
for (let i = 0; i < documents.length; i += runsOfFile) {
  const runs = documents.slice(i, i + runsOfFile).flatMap((document) => document.runs);
  writeFileSync(`joined/${i}.sarif`, JSON.stringify({ ...documents[i], runs }, null, 2));
}
function nameOf(uri, message) {
  const first = Number(/(\d+)\.sarif$/.exec(uri ?? '')?.[1]);
  const run = Number(/^runs\[(\d+)\]/.exec(message?.arguments?.[0] ?? '')?.[1]);
  return names[first + run] ?? uri;
}

const report = 'report.sarif.json';
run(multitool, 'validate', 'joined/*.sarif', '--output', report, '--log', 'ForceOverwrite',
  '--rule-kind', 'Sarif;GHAS', '--level', 'Error;Warning', '--quiet');
const [validation] = JSON.parse(readFileSync(report, 'utf8')).runs;
const trouble = [];
for (const found of validation.results ?? []) {
  if (allowed.has(found.ruleId)) continue;
  const uri = found.locations?.[0]?.physicalLocation?.artifactLocation?.uri;
  trouble.push(`${nameOf(uri, found.message)}: ${found.ruleId} ${found.level ?? 'warning'} ${JSON.stringify(found.message)}`);
}
for (const invocation of validation.invocations ?? []) {
  if (invocation.executionSuccessful === false) trouble.push('the validator failed: ' + JSON.stringify(invocation));
}
for (const line of trouble.slice(0, 40)) console.log(line);
const count = Number(written.stdout);
if (count === 0) trouble.push('no case was written');
if (trouble.length > 0) {
  console.log(`${trouble.length} problems in ${count} documents`);
  process.exit(1);
}
console.log(`NOTE: ${count} SARIF documents pass Microsoft's validator`);
