import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attach } from '../../../scripts/run/attach.mjs';

const node = (script: string) => attach(process.execPath, ['-e', script], process.env);

test("a program's exit code is passed on", async () => {
  assert.equal(await node(''), 0);
  assert.equal(await node('process.exit(3)'), 3);
});

test('a program ended by a signal has the exit code a shell would give it', async () => {
  assert.equal(await node("process.kill(process.pid, 'SIGTERM')"), 128 + 15);
});

test('a signal we receive reaches the program, and we stay until it has ended', async () => {
  const script = `
    process.on('SIGTERM', () => process.exit(42));
    setInterval(() => {}, 1000);
    process.kill(${process.pid}, 'SIGTERM');`;
  assert.equal(await node(script), 42);
});

test('a program that does not exist is an error', async () => {
  await assert.rejects(attach('/no/such/program', [], {}), { code: 'ENOENT' });
});
