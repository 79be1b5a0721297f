import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { root } from '../../../scripts/set-up/paths.mjs';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(root, '.github', 'workflows');
const workflows = globSync('*.yml', { cwd: folder }).map((name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  return { name, text, workflow: parse(text) as Workflow };
});
const scripts = (
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  }
).scripts;

test('there are two: one for every change, one for releases', () => {
  assert.deepEqual(workflows.map(({ name }) => name).toSorted(), ['release.yml', 'test.yml']);
});

test('every action is pinned by its commit, and the version beside it is for people', () => {
  for (const { name, text } of workflows) {
    const uses = [...text.matchAll(/uses: (.*)$/gm)].map(([, each = '']) => each);
    assert.ok(uses.length > 0);
    for (const each of uses)
      assert.match(each, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, `${name}: ${each}`);
  }
});

test('a workflow may read, and only the job that drafts a release may do more', () => {
  for (const { name, workflow } of workflows) {
    assert.deepEqual(workflow.permissions, { contents: 'read' }, name);
    for (const [job, { permissions, 'timeout-minutes': limit }] of Object.entries(workflow.jobs)) {
      assert.ok(limit !== undefined, `${name}, ${job} has no end`);
      if (permissions === undefined) continue;
      assert.deepEqual([name, job], ['release.yml', 'draft']);
      assert.deepEqual(permissions, { contents: 'write', 'id-token': 'write', attestations: 'write' });
    }
  }
});

test('no secret is where a fork’s run could have it, and none in a command', () => {
  for (const { name, workflow, text } of workflows) {
    const triggers = Object.keys(workflow.on);
    assert.ok(!triggers.includes('pull_request_target') && !triggers.includes('workflow_run'), name);
    if (triggers.includes('pull_request')) assert.ok(!text.includes('secrets.'), name);
    for (const { steps, environment } of Object.values(workflow.jobs)) {
      for (const step of steps) {
        // Whatever is put into a command is read by a shell.
        assert.ok(!step.run?.includes('${{'), step.run);
        if (step.uses?.startsWith('actions/checkout@'))
          assert.equal(step.with?.['persist-credentials'], false);
        if (JSON.stringify(step.env ?? {}).includes('secrets.')) assert.equal(environment, 'release');
      }
    }
  }
});

test('the commands that they run are ours', () => {
  const commands = workflows.flatMap(({ workflow }) =>
    Object.values(workflow.jobs).flatMap(({ steps }) =>
      steps.flatMap(({ run }) => (run === undefined ? [] : [run])),
    ),
  );
  for (const command of commands) {
    const [, script] = /^npm run ([\w:-]+)/.exec(command) ?? [];
    if (script !== undefined) assert.ok(script in scripts, script);
    const [, file] = /^node (\S+)/.exec(command) ?? [];
    if (file !== undefined) assert.ok(globSync(file, { cwd: root }).length === 1, file);
  }
});
