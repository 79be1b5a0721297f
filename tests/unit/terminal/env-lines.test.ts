import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { envLines } from '../../../src-main/terminal/env-command.ts';

const EVIL = String.raw`a'b"$(touch /tmp/x)` + '`id`' + String.raw`\\ '\'' ;|&`;

test('whatever a token is, for a shell it is a word', { skip: process.platform === 'win32' }, () => {
  const script = `eval "$1"; printf %s "$CLAUDE_CODE_OAUTH_TOKEN"`;
  const { stdout } = spawnSync('sh', ['-c', script, '-', envLines(EVIL, 'sh').join('\n')], {
    encoding: 'utf8',
  });
  assert.equal(stdout, EVIL);
});

test('also where quotes are doubled or escaped', () => {
  assert.equal(envLines("a'b’c", 'powershell').at(-1), "$env:CLAUDE_CODE_OAUTH_TOKEN = 'a''b’’c';");
  assert.equal(
    envLines(String.raw`a'\b`, 'fish').at(-1),
    String.raw`set -gx CLAUDE_CODE_OAUTH_TOKEN 'a\'\\b';`,
  );
});
