import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { text } from './kit.ts';

test('an older block with an access token alone is kept where another entry has no refresh token either', async (t) => {
  const stage = await signedIn(t);
  const before = await text(stage);
  const lasting = 'sk-ant-oat01-setup-token-of-a-year';
  await writeAsOthersDo(
    stage.configFile,
    `${before.trimEnd()}\n      - id: elsewhere\n        client_id: other\n        access_token: abc\n` +
      `    oauth:\n      access_token: ${lasting}\n      token_type: Bearer\n`,
  );
  await stage.login.catchUp();
  await stage.login.takeOverOlderBlock();
  assert.ok((await text(stage)).includes(lasting), 'the only copy of that token is gone');
});
