// read.mjs FAROL: a reader of JUnit's reports finds in ours what `farol test --format json` says.
import { spawnSync } from 'node:child_process';
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { parse } from 'junit2json';

const root = process.env.FAROL_SOURCE_DIR;
const policy = `farol 1
feature door.open
role staff
allow staff to door.open
test "]]> <&' \u{1F6AA}" {
  expect allow staff to door.open
  expect deny staff to door.open
}
`;

function test(format, policies, input) {
  const given = ['test', ...policies, '--format', format, '--as-of', '2026-11-24', '--root', '/'];
  return spawnSync(process.argv[2], given, { encoding: 'utf8', input }).stdout;
}

let cases = 0;
async function compare(policies, input) {
  const report = await parse(test('junit', policies, input));
  const said = JSON.parse(test('json', policies, input));
  const [suite] = report.testsuite;
  const expected = said.tests.flatMap(({ name, expectations }) =>
    expectations.map(({ text, ok }) => ({ classname: name, name: text, ok })));
  const found = suite.testcase.map(({ classname, name, failure }) => ({ classname, name, ok: !failure }));
  assert.deepEqual(found, expected);
  // What failed says which message it is, with its arguments, for programs that read no sentence.
  for (const each of suite.testcase.filter(({ failure }) => failure)) {
    const its = JSON.parse([each['system-out']].flat()[0]);
    assert.match(its.message_id, /^[a-z_]+$/);
    for (const argument of Object.values(its.arguments)) {
      for (const word of [argument].flat()) assert(each.failure[0].message.includes(String(word)), String(word));
    }
  }
  assert.equal(suite.tests, expected.length);
  assert.equal(suite.failures, expected.filter(({ ok }) => !ok).length);
  cases += expected.length;
}

for (const name of ['bank', 'clinic', 'construction', 'shop']) await compare([join(root, 'examples', name)]);
await compare(['-'], policy);
assert(cases > 20);
console.log(`NOTE: junit2json reads ${cases} expectations as they went`);
