import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { block, codes, graces, iso, kinds, presented, received, text, write } from './kit.ts';

/**
 * A pseudo-random walk of what other programs, people and two Latchkeys do; `SEEDS=1-100` takes as many. Never is a
 * spent token presented, and no living login is gone without a word.
 */
const [from = 1, to = 3] = (process.env['SEEDS'] ?? '').split('-').filter(Boolean).map(Number);
for (let seed = from; seed <= to; seed++) {
  test(`a walk of other programs, people and two of ours loses no login, seed ${seed}`, async (t) => {
    let state = seed * 2_654_435_761;
    const random = () => ((state = (state * 1_103_515_245 + 12_345) % 2 ** 31), state / 2 ** 31);
    const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T;
    const idOf = ({ snapshot: { accounts } }: Login) => (accounts.length > 0 ? pick(accounts).id : 'default');
    const stage: Stage = await signedIn(t);
    const { clock, server } = stage;
    const grace = await graces(stage);
    const start = presented.length;
    const gotBefore = received.length - 2;
    const at = () => iso(clock.now() + 8 * HOUR);
    await write(stage, block('default', await stage.credential(), at()), block('work', grace, at()));
    let logins = [stage.login, await stage.open()];
    const texts = [await text(stage)];
    const log: string[] = [];
    const steps: Record<string, () => Promise<unknown>> = {
      refresh: async () => {
        clock.advance(pick([3 * SECOND, 4 * HOUR, 9 * HOUR]));
        const login = pick(logins);
        return (await login.refresh(idOf(login))).kind;
      },
      'refresh while broken': async () => {
        const whole = await text(stage);
        stage.onTokenRequest = () => writeAsOthersDo(stage.configFile, `${whole}\n\t: [`);
        clock.advance(9 * HOUR);
        const login = pick(logins);
        const outcome = await login.refresh(idOf(login));
        stage.onTokenRequest = () => Promise.resolve();
        await writeAsOthersDo(stage.configFile, whole);
        return outcome.kind;
      },
      catchUp: () => pick(logins).catchUp(),
      saveAgain: () => pick(logins).saveAgain(),
      swap: async () => {
        const now = await text(stage);
        await writeAsOthersDo(
          stage.configFile,
          now
            .replace(/id: default$/m, 'id: X')
            .replace(/id: work$/m, 'id: default')
            .replace(/id: X$/m, 'id: work'),
        );
      },
      rename: async () => {
        await writeAsOthersDo(
          stage.configFile,
          (await text(stage)).replace(/id: work$/m, `id: ${pick(['home', 'work'])}`),
        );
      },
      restart: async () => {
        await Promise.all(logins.map((login) => login.stop()));
        logins = [await stage.open(), await stage.open()];
      },
      'put back': async () => {
        const login = pick(logins);
        const lost = login.snapshot.accounts.find(({ id }) =>
          codes(login, id).some((code) => code.startsWith('entry-')),
        );
        if (lost !== undefined) await login.putBack(lost.id).catch(() => undefined);
        return lost?.id;
      },
      older: () => writeAsOthersDo(stage.configFile, pick(texts)),
    };
    for (let count = 0; count < 14; count++) {
      const name = pick(Object.keys(steps));
      const answer = await steps[name]?.();
      log.push(`${name} ${JSON.stringify(answer)}`);
      texts.push(await text(stage));
      const sent = presented.slice(start);
      const twice = sent.find((token, index) => sent.indexOf(token) !== index);
      if (twice !== undefined) assert.fail(`presented twice after: ${log.join(' | ')}`);
    }
    // Every living login is somewhere, or somebody is told.
    for (const login of logins) await login.catchUp();
    const rescue = await text({ configFile: `${stage.dataDir}/rescue.json` }).catch(() => '');
    const places = (await text(stage)) + rescue;
    const [login] = logins as [typeof stage.login, typeof stage.login];
    for (const token of received.slice(gotBefore)) {
      if ((await server.refreshTokenState(token)) !== 'live' || places.includes(token)) continue;
      const told = login.snapshot.accounts.map(({ id }) => [
        id,
        codes(login, id),
        kinds(login, id).slice(-4),
      ]);
      const isTold = told.some(([, each]) => (each as string[]).some((code) => code.startsWith('entry-')));
      assert.ok(isTold, 'a living login is gone, and nobody is told');
    }
  });
}
