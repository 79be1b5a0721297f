import assert from 'node:assert/strict';
import { open, utimes } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { text } from './kit.ts';

// A home on NFS or SMB: a file's times are the server's.
for (const secondsBehind of [0, 5]) {
  test(`another program writes in place while a renewal is stored, the file server's clock ${secondsBehind} s behind: both stay`, async (t) => {
    const stage = await signedIn(t);
    const { configFile, clock, login } = stage;
    const before = await text(stage);
    const stamp = async () => {
      const at = Date.now() / 1_000 - secondsBehind;
      await utimes(configFile, at, at);
    };
    const writing: Promise<void>[] = [];
    const writeTheRest = async (file: Awaited<ReturnType<typeof open>>) => {
      await delay(60);
      await file.write('server:\n  theirs: kept\n');
      await stamp();
      await file.close();
    };
    stage.onTokenRequest = async () => {
      const file = await open(configFile, 'w');
      await file.write(`# theirs\n${before}`);
      await stamp();
      writing.push(writeTheRest(file));
    };
    clock.advance(8 * HOUR);
    assert.equal((await login.refresh('default')).kind, 'refreshed');
    await Promise.all(writing);
    assert.match(await text(stage), /theirs: kept/);
    assert.ok((await text(stage)).includes((await stage.credential()).accessToken));
  });
}
