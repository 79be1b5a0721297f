import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { commands } from '../../../src-main/terminal/commands.ts';
import { manPage } from '../../../src-main/terminal/man-command.ts';

const page = manPage({ commands, version: '1.2.3', program: [] });

test('the man page tells every command, option and example, and nothing that is hidden', () => {
  for (const [name, command] of Object.entries(commands)) {
    const heading = new RegExp(`^\\.SS ${name.replaceAll('-', String.raw`\\-`)}( |$)`, 'm');
    assert.equal(heading.test(page), !('hidden' in command), name);
  }
  for (const text of [
    'no\\-browser',
    'latchkey exec \\-\\- claude',
    'Exit codes: 0 fine',
    'LATCHKEY_DATA_DIR',
  ]) {
    assert.ok(page.includes(text), text);
  }
  assert.match(page, /^\.TH LATCHKEY 1 "" "latchkey 1\.2\.3"/);
});

const groff = spawnSync('groff', ['--version']).status === 0;

test('it is sound', { skip: groff ? false : 'groff is not installed' }, () => {
  const { stdout, stderr, status } = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-K', 'utf8'], {
    input: page,
    encoding: 'utf8',
  });
  assert.deepEqual([status, stderr], [0, '']);
  assert.match(stdout.replace(/.\x08/g, ''), /SYNOPSIS/);
});
