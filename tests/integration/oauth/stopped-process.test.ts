import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startScriptedServer } from '../../support/scripted-server.ts';

const module = (path: string) => JSON.stringify(new URL(`../../../${path}`, import.meta.url).href);

test('a process that stood still while the answer came takes it, though its time is over by then', async () => {
  const asked = Promise.withResolvers<undefined>();
  const stopped = Promise.withResolvers<undefined>();
  await using server = await startScriptedServer((_, response) => {
    asked.resolve(undefined);
    void stopped.promise.then(() => response.end('{"here": true}'));
  });
  const code = `
    import { ask } from ${module('src-main/oauth/http.ts')};
    import { directNetwork } from ${module('tests/support/network/direct.ts')};
    const http = { network: directNetwork, userAgent: 'Latchkey/test', now: Date.now };
    const { body } = await ask(http, new URL(${JSON.stringify(server.url.href)}), {}, { patience: 1000 });
    process.stdout.write(body);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let written = '';
  child.stdout.on('data', (data: Buffer) => (written += String(data)));
  const ended = once(child, 'exit');
  await asked.promise;
  child.kill('SIGSTOP');
  stopped.resolve(undefined);
  // Real time, since it is the system that stops the process.
  await sleep(1_500);
  child.kill('SIGCONT');
  await ended;
  assert.equal(written, '{"here": true}');
});
