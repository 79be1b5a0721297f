import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApp } from '../support/desktop/app.ts';
import { OpenedUrls } from '../support/desktop/opened-urls.ts';
import { until } from '../support/desktop/until.ts';
import { approve } from '../support/practice/approve.ts';
import { startPracticeServer } from '../support/practice/practice-server.ts';
import { CHANNEL, ReleaseKey, ReleaseServer } from '../support/updates/release-server.ts';
import { packFolder } from './pack.ts';

// A release and the next one. What makes an AppImage cannot be had everywhere, so these are files that do what one
// does: unpack the app beside them, say in APPIMAGE where they lie, and start it.

const key = new ReleaseKey();
let server: ReleaseServer;
let runtime = '';
const archives = new Map<string, Buffer>();

before(async () => {
  server = await ReleaseServer.start();
  for (const version of ['0.1.0', '0.2.0']) {
    const unpacked = await packFolder(
      `--config.extraMetadata.version=${version}`,
      `--config.extraMetadata.releaseFeed.url=${server.origin}/`,
      `--config.extraMetadata.releaseFeed.publicKey=${key.publicKey}`,
    );
    archives.set(version, readFileSync(join(unpacked, 'resources', 'app.asar')));
    runtime = unpacked;
  }
});

/** One file that is the app of that version. */
function appImage(version: string): Buffer {
  const head = `#!/bin/sh
# ${version}
here=$(mktemp -d "\${TMPDIR:-/tmp}/appimage-XXXXXX")
cp -al ${JSON.stringify(runtime)}/. "$here"
rm "$here/resources/app.asar"
sed '1,/^__ARCHIVE__$/d' "$0" > "$here/resources/app.asar"
APPIMAGE=$(readlink -f "$0") exec "$here/latchkey-app" "$@"
__ARCHIVE__
`;
  return Buffer.concat([Buffer.from(head), archives.get(version) ?? Buffer.alloc(0)]);
}

test('a login, the settings and what happened survive an update, and a step back', async (t) => {
  t.after(() => server[Symbol.asyncDispose]());
  const folder = mkdtempSync(join(tmpdir(), 'updated-'));
  const program = join(folder, 'Latchkey.AppImage');
  writeFileSync(program, appImage('0.1.0'), { mode: 0o755 });
  server.announce('0.2.0', appImage('0.2.0'), key);
  await using practice = await startPracticeServer();
  const urls = new OpenedUrls();
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(
    join(data, 'settings.json'),
    JSON.stringify({
      version: 1,
      termsAcknowledgedAt: null,
      settings: { theme: 'dark', updates: 'by-itself' },
    }),
  );
  const options = {
    executable: program,
    environment: {
      LATCHKEY_AUTHORIZE_URL: practice.authorizeUrl,
      LATCHKEY_TOKEN_URL: practice.tokenUrl,
      LATCHKEY_API_URL: practice.apiUrl,
      LATCHKEY_CONFIG_FILE: join(folder, 'config.yaml'),
      LATCHKEY_DATA_DIR: data,
      ...urls.environment,
    },
  };
  const read = (name: string) =>
    JSON.parse(readFileSync(join(data, name), 'utf8')) as Record<string, unknown>;
  const versionOf = (file: string) => readFileSync(file, 'utf8').split('\n', 2)[1];

  {
    await using app = startApp(options);
    const tray = await app.tray();
    await tray.clickMenuItem('Sign in with Claude');
    await approve(await urls.next());
    await tray.waitForMenuItem('Sign in again');
    // It looks soon after its start.
    await tray.waitForMenuItem('Latchkey 0.2.0 comes when you quit', 90_000);
    assert.equal(versionOf(program), '# 0.1.0');
    // In the middle of a refresh: what it brings is on disk before anything is put in place.
    const refreshToken = /refresh_token: (\S+)/;
    const config = () => readFileSync(join(folder, 'config.yaml'), 'utf8');
    const [, spent = ''] = refreshToken.exec(config()) ?? [];
    practice.setMood({ endpoint: 'token', times: 1, behaviour: { kind: 'slow', milliseconds: 3_000 } });
    const asked = practice.tokenRequestsBegun;
    await tray.clickMenuItem('Refresh now');
    await until('the refresh', () => practice.tokenRequestsBegun > asked || undefined);
    await tray.clickMenuItem('Quit Latchkey');
    await sleep(1_500);
    assert.ok(app.processes.length > 0, 'it waits');
    assert.equal(versionOf(program), '# 0.1.0');
    assert.equal(await app.exited(), 0);
    const [, fresh = ''] = refreshToken.exec(config()) ?? [];
    assert.ok(fresh !== '' && fresh !== spent, 'the refresh came to its end');
  }
  assert.equal(versionOf(program), '# 0.2.0');
  const before = {
    config: readFileSync(join(folder, 'config.yaml'), 'utf8'),
    settings: read('settings.json'),
  };
  cpSync(program, `${program}.kept`);

  for (const version of ['0.2.0', '0.1.0']) {
    writeFileSync(`${program}.next`, appImage(version), { mode: 0o755 });
    renameSync(`${program}.next`, program);
    // So that the step back is not followed by a step forward.
    server.serve(`/${CHANNEL}`, '');
    await using app = startApp(options);
    const tray = await app.tray();
    await tray.waitForMenuItem('Sign in again');
    const accounts = await until(
      'the account',
      () => Object.keys(read('accounts.json')).length > 0 || undefined,
    );
    assert.ok(accounts);
    assert.equal(await app.quit(), 0);
    assert.equal(readFileSync(join(folder, 'config.yaml'), 'utf8'), before.config, version);
    assert.deepEqual(read('settings.json')['settings'], before.settings['settings'], version);
    assert.equal(versionOf(program), `# ${version}`);
  }
});
