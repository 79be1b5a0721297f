import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { FailureError, type Failure } from '../../../src-main/domain/failure.ts';
import { DEFAULT_SETTINGS, TOKEN_HOSTS, type TokenHost } from '../../../src-main/domain/settings.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { readEndpoints } from '../../../src-main/oauth/endpoints.ts';
import { SettingsFile } from '../../../src-main/vault/records/settings-file.ts';
import { directNetwork } from '../../support/network/direct.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { newLogin } from '../../support/new-login.ts';
import { approve } from '../../support/practice/approve.ts';
import { startPracticeServer } from '../../support/practice/practice-server.ts';

const [PLATFORM, CONSOLE] = TOKEN_HOSTS;

interface Stage {
  readonly dataDir: string;
  readonly settingsFile: string;
  /** The service's token hosts that were asked, in order. */
  readonly asked: string[];
  /** The hosts at which there is a token endpoint. */
  alive: readonly TokenHost[];
  /** What the others answer: 404 as they are. */
  fromDead: (host: TokenHost) => Response;
  /** A login as a process has it that starts now. */
  readonly open: (tokenUrl?: string) => Promise<Login>;
}

/** The service's own token hosts, played by the practice server. */
async function stageOf(t: TestContext, alive: readonly TokenHost[]): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-host-'));
  const server = await startPracticeServer();
  const dataDir = join(folder, 'data');
  const logins: Login[] = [];
  const stage: Stage = {
    dataDir,
    settingsFile: join(dataDir, 'settings.json'),
    asked: [],
    alive,
    fromDead: () => Response.json({ type: 'error', error: { type: 'not_found_error' } }, { status: 404 }),
    open: async (tokenUrl) => {
      const { authorizeUrl, apiUrl } = server;
      const login = newLogin({
        endpoints: readEndpoints({ authorizeUrl, tokenUrl, apiUrl }),
        configFile: join(folder, 'shared', 'config.yaml'),
        dataDir,
        clock: new FakeClock(Date.now()),
        openBrowser: approve,
        fetch: async (url, init) => {
          const { host } = url;
          const tokenHost = TOKEN_HOSTS.find((each) => each === host);
          if (tokenHost === undefined) return directNetwork.fetch(url, init);
          stage.asked.push(host);
          if (stage.alive.includes(tokenHost)) return directNetwork.fetch(new URL(server.tokenUrl), init);
          return stage.fromDead(tokenHost);
        },
      });
      logins.push(login);
      await login.start();
      return login;
    },
  };
  t.after(async () => {
    await Promise.all(logins.map((login) => login.stop()));
    await server.close();
    await rm(folder, { recursive: true });
  });
  return stage;
}

/** Signs in, and tells which hosts were asked for it. */
async function askedBy(stage: Stage, login: Login): Promise<readonly string[]> {
  const before = stage.asked.length;
  await login.signIn();
  if (login.snapshot.signIn?.phase === 'terms') await login.acknowledgeTerms();
  assert.equal(login.snapshot.signIn?.phase, 'succeeded');
  return stage.asked.slice(before);
}

/** What is on disk of it, once all that is under way is there. */
async function remembered({ settingsFile }: Stage, login: Login): Promise<unknown> {
  await login.stop();
  return (JSON.parse(await readFile(settingsFile, 'utf8')) as Record<string, unknown>)['answeringTokenHost'];
}

test('the living host is asked first, and nobody else', async (t) => {
  const stage = await stageOf(t, [PLATFORM]);
  const login = await stage.open();
  assert.deepEqual(await askedBy(stage, login), [PLATFORM]);
  assert.equal(await remembered(stage, login), PLATFORM);
});

test('settings of before that name the dead host cost one request, once', async (t) => {
  const stage = await stageOf(t, [PLATFORM]);
  await mkdir(stage.dataDir);
  const settings = { ...DEFAULT_SETTINGS, theme: 'dark', tokenHost: CONSOLE };
  await writeFile(stage.settingsFile, JSON.stringify({ version: 1, termsAcknowledgedAt: null, settings }));
  const login = await stage.open();
  assert.deepEqual(await askedBy(stage, login), [CONSOLE, PLATFORM]);
  assert.deepEqual(await askedBy(stage, login), [PLATFORM]);
  assert.equal(await remembered(stage, login), PLATFORM);
  assert.deepEqual(await askedBy(stage, await stage.open()), [PLATFORM]);
});

test('a host that dies later is forgotten for the one that answers then', async (t) => {
  const stage = await stageOf(t, [PLATFORM]);
  const login = await stage.open();
  await askedBy(stage, login);
  stage.alive = [CONSOLE];
  assert.deepEqual(await askedBy(stage, login), [PLATFORM, CONSOLE]);
  assert.deepEqual(await askedBy(stage, login), [CONSOLE]);
  assert.equal(await remembered(stage, login), CONSOLE);
});

test('a gateway before the dead host is not taken for the one that answers', async (t) => {
  const stage = await stageOf(t, [PLATFORM]);
  const login = await stage.open();
  await askedBy(stage, login);
  stage.alive = [];
  stage.fromDead = (host) => {
    if (host === PLATFORM) throw new FailureError({ code: 'network-down', host, reason: 'ENOTFOUND' });
    return new Response('no origin', { status: 503 });
  };
  await login.signIn();
  assert.equal(login.snapshot.signIn?.phase, 'failed');
  assert.deepEqual(stage.asked.slice(-2), [PLATFORM, CONSOLE]);
  stage.alive = [PLATFORM];
  assert.deepEqual(await askedBy(stage, login), [PLATFORM]);
});

test('choosing a host forgets which one answered; other settings do not', async (t) => {
  const stage = await stageOf(t, [PLATFORM, CONSOLE]);
  const login = await stage.open();
  assert.deepEqual(await askedBy(stage, login), [PLATFORM]);
  await login.changeSettings({ ...DEFAULT_SETTINGS, theme: 'dark' });
  assert.equal(await remembered(stage, login), PLATFORM);
  await login.changeSettings({ ...DEFAULT_SETTINGS, tokenHost: CONSOLE });
  assert.equal(await remembered(stage, login), null);
  assert.deepEqual(await askedBy(stage, login), [CONSOLE]);
  assert.equal(await remembered(stage, login), CONSOLE);
});

test('what is remembered in a shape that makes no sense is as if nothing was, and loses nothing else', async (t) => {
  const stage = await stageOf(t, [PLATFORM]);
  const login = await stage.open();
  await login.changeSettings({ ...DEFAULT_SETTINGS, theme: 'dark' });
  const text = await readFile(stage.settingsFile, 'utf8');
  await writeFile(stage.settingsFile, JSON.stringify({ ...JSON.parse(text), answeringTokenHost: 7 }));
  const later = await stage.open();
  assert.equal(later.snapshot.settings.theme, 'dark');
  assert.deepEqual(await askedBy(stage, later), [PLATFORM]);
});

test('where it cannot be written down it is remembered while the process lives, and nobody is bothered', async (t) => {
  const stage = await stageOf(t, [PLATFORM]);
  const login = await stage.open();
  await askedBy(stage, login);
  const failure: Failure = { code: 'data-not-writable', path: stage.settingsFile, reason: 'ENOSPC' };
  t.mock.method(SettingsFile.prototype, 'save', () => Promise.reject(new FailureError(failure)));
  stage.alive = [CONSOLE];
  assert.deepEqual(await askedBy(stage, login), [PLATFORM, CONSOLE]);
  assert.deepEqual(await askedBy(stage, login), [CONSOLE]);
  assert.equal(await remembered(stage, login), PLATFORM);
  assert.deepEqual(login.snapshot.troubles, []);
});

test('a host that the environment names is asked first, whatever answered', async (t) => {
  const stage = await stageOf(t, [PLATFORM]);
  const login = await stage.open(`https://${CONSOLE}/v1/oauth/token`);
  for (let times = 0; times < 2; times++) assert.deepEqual(await askedBy(stage, login), [CONSOLE, PLATFORM]);
});
