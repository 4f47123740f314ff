// gitlab.mjs: gitlab-ci-local takes the GitLab job, by the schema that GitLab publishes, and no job with a slip in it.
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const source = join(process.env.FAROL_SOURCE_DIR, 'examples/version-control/.gitlab-ci.yml');
const included = join(process.env.FAROL_SOURCE_DIR, '.ci/gitlab/farol.yml');
const folder = mkdtempSync(join(tmpdir(), 'farol-gitlab-'));
const environment = { ...process.env, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' };

function run(program, ...words) {
  return spawnSync(program, words, { cwd: folder, encoding: 'utf8', env: environment });
}
const local = (...words) => run('node', join(process.cwd(), 'node_modules/gitlab-ci-local/src/index.js'), ...words);

try {
  run('git', 'init', '--quiet', '--initial-branch=main');
  run('git', 'remote', 'add', 'origin', 'https://gitlab.example/clinic/policies.git');
  cpSync(source, join(folder, '.gitlab-ci.yml'));
  mkdirSync(join(folder, '.ci/gitlab'), { recursive: true });
  cpSync(included, join(folder, '.ci/gitlab/farol.yml'));
  run('git', 'add', '--all');
  run('git', '-c', 'user.name=Lin', '-c', 'user.email=lin@example.org', 'commit', '--quiet', '--allow-empty', '-m', 'first');
  const list = local('--list-csv-all');
  assert.equal(list.status, 0, list.stdout + list.stderr);
  assert.match(list.stdout, /^policy;/m);
  const job = readFileSync(included, 'utf8');
  for (const [right, wrong] of [['artifacts:', 'artefacts:'], ['when: always', 'when: ever'], ['junit: tests.xml', 'unit: tests.xml']]) {
    assert(job.includes(right), right);
    writeFileSync(join(folder, '.ci/gitlab/farol.yml'), job.replace(right, wrong));
    assert.notEqual(local('--list-csv-all').status, 0, wrong);
  }
  console.log('NOTE: gitlab-ci-local takes the job, by the schema of GitLab');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
