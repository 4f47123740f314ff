// github.mjs: GitHub's own parser of workflows takes ours, and would not take it with a slip in it.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';

register('./json-modules.mjs', import.meta.url);
const { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } = await import('@actions/workflow-parser');

async function read(content) {
  const parsed = parseWorkflow({ name: 'policy.yml', content }, new NoOperationTraceWriter());
  const errors = parsed.context.errors.getErrors().map(({ message }) => message);
  if (!parsed.value) return { errors, steps: [] };
  const template = await convertWorkflowTemplate(parsed.context, parsed.value);
  errors.push(...(template.errors ?? []).map(({ Message }) => Message));
  return { errors, steps: template.jobs?.flatMap(({ steps }) => steps ?? []) ?? [] };
}

const workflow = readFileSync(
  join(process.env.FAROL_SOURCE_DIR, 'examples/version-control/.github/workflows/policy.yml'), 'utf8');
const { errors, steps } = await read(workflow);
assert.deepEqual(errors, []);
assert(steps.length > 8);

const slips = [
  ['contents: read', 'content: read'],
  ['runs-on:', 'run-on:'],
  ['types: [opened', 'types: [open'],
  ['${{ github.token }}', '${{ github.token }'],
  ['vars.FAROL_IMAGE', 'steps.FAROL_IMAGE'],
  ["hashFiles('findings.sarif')", "hashFile('findings.sarif')"],
];
for (const [right, wrong] of slips) {
  assert(workflow.includes(right), right);
  const found = (await read(workflow.replace(right, wrong))).errors;
  assert(found.length > 0, wrong);
}
console.log(`NOTE: GitHub's parser reads ${steps.length} steps of the workflow, and finds each of ${slips.length} slips`);
