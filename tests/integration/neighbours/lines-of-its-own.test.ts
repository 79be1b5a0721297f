import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { codes, iso, presented, received, text } from './kit.ts';

interface Config {
  readonly providers: {
    readonly anthropic: { readonly oauth_credentials: readonly Record<string, string>[] };
  };
}

for (const header of ['|', '|+', '>']) {
  for (const isLast of [false, true]) {
    test(`tokens that another program wrote after ${header}${isLast ? ', last in the file' : ''}: renewed, and read by others`, async (t) => {
      const stage = await signedIn(t);
      const { login, clock, configFile } = stage;
      const { accessToken, refreshToken, clientId } = await stage.credential();
      const block = (key: string, value: string) => [`        ${key}: ${header}`, `          ${value}`, ''];
      const end = `        expires_at: "${iso(clock.now() + 8 * HOUR)}"`;
      const tokens = [...block('access_token', accessToken), ...block('refresh_token', String(refreshToken))];
      const first = ['providers:', '  anthropic:', '    oauth_credentials:', '      - id: default'];
      const lines = [
        ...first,
        ...block('client_id', clientId),
        ...(isLast ? [end, ...tokens] : [...tokens, end]),
      ];
      await writeAsOthersDo(configFile, `${lines.join('\n')}\n`);
      await login.catchUp();
      assert.deepEqual(codes(login), []);
      clock.advance(8 * HOUR);
      assert.equal((await login.refresh('default')).kind, 'refreshed');
      assert.equal(presented.at(-1), refreshToken);
      const { providers } = parse(await text(stage)) as Config;
      const [entry] = providers.anthropic.oauth_credentials;
      assert.equal(entry?.['refresh_token'], received.at(-1));
      assert.equal(entry?.['access_token'], (await stage.credential()).accessToken);
      clock.advance(8 * HOUR);
      assert.equal((await login.refresh('default')).kind, 'refreshed');
    });
  }
}
