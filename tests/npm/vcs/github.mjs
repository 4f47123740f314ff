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

function source(path) {
  return readFileSync(join(process.env.FAROL_SOURCE_DIR, path), 'utf8');
}

// The steps of the action as those of a workflow that is called with its inputs: GitHub's parser reads no actions.
function asWorkflow(action) {
  const [head, steps] = action.split(/^  steps:$/m);
  const inputs = [...head.matchAll(/^  (\w+):$/gm)].map(([, name]) => name).filter((name) => name !== 'using');
  assert(inputs.includes('policy') && inputs.includes('token'), inputs.join());
  const declared = inputs.map((name) => `      ${name}: { type: string }`).join('\n');
  return `on:\n  workflow_call:\n    inputs:\n${declared}\njobs:\n  review:\n    runs-on: x\n    steps:${steps}`;
}

async function check(text, least, slips) {
  const { errors, steps } = await read(text);
  assert.deepEqual(errors, []);
  assert(steps.length >= least);
  for (const [right, wrong] of slips) {
    assert(text.includes(right), right);
    const found = (await read(text.replace(right, wrong))).errors;
    assert(found.length > 0, wrong);
  }
  return [steps.length, slips.length];
}

const counts = [
  await check(source('examples/version-control/.github/workflows/policy.yml'), 2, [
    ['contents: read', 'content: read'],
    ['runs-on:', 'run-on:'],
    ['types: [opened', 'types: [open'],
    ['${{ vars.FAROL_PACKAGE }}', '${{ vars.FAROL_PACKAGE }'],
    ['vars.FAROL_IMAGE', 'steps.FAROL_IMAGE'],
  ]),
  await check(asWorkflow(source('.github/actions/farol/action.yml')), 10, [
    ["hashFiles('findings.sarif')", "hashFile('findings.sarif')"],
    ['!cancelled()', '!canceled()'],
    ['shell: bash', 'shells: bash'],
    ['${{ inputs.token }}', '${{ inputs.token }'],
  ]),
];
const [steps, slips] = counts.reduce(([a, b], [c, d]) => [a + c, b + d]);
console.log(`NOTE: GitHub's parser reads ${steps} steps of the workflow and the action, and finds each of ${slips} slips`);
