import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Credential } from '../../../src-main/domain/credential.ts';
import { HOUR } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import type { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { approve } from '../../support/practice/approve.ts';
import type { Fetch } from '../../../src-main/network/network.ts';
import { directNetwork } from '../../support/network/direct.ts';
import { GRACE } from '../../support/practice/people.ts';

/** Every refresh token that was presented in this process, in order. */
export const presented: string[] = [];
/** Every refresh token that was received, in order. */
export const received: string[] = [];
const original = directNetwork.fetch;
const watched: Fetch = async (url, init) => {
  const beforeSending = async () => {
    await init?.beforeSending?.();
    if (typeof init?.body === 'string' && init.body.startsWith('{')) {
      const { refresh_token } = JSON.parse(init.body) as { refresh_token?: string };
      if (refresh_token !== undefined) presented.push(refresh_token);
    }
  };
  const answer = await original(url, { ...init, beforeSending });
  if (init?.method === 'POST' && answer.ok) {
    const { refresh_token } = (await answer
      .clone()
      .json()
      .catch(() => ({}))) as { refresh_token?: string };
    if (refresh_token !== undefined) received.push(refresh_token);
  }
  return answer;
};
Object.assign(directNetwork, { fetch: watched });

export const times = (token: string | null) => presented.filter((each) => each === token).length;
export const account = (login: Login, id = 'default') =>
  login.snapshot.accounts.find((each) => each.id === id) ?? assert.fail(`there is no ${id}`);
export const codes = (login: Login, id = 'default') => account(login, id).troubles.map(({ code }) => code);
export const kinds = (login: Login, id = 'default') => account(login, id).history.map(({ kind }) => kind);
export const text = (stage: Pick<Stage, 'configFile'>) => readFile(stage.configFile, 'utf8');
/** Where is told beside the file what is spent. */
export const spentBeside = (configFile: string) =>
  join(dirname(configFile), `.${basename(configFile)}.latchkey-spent`);
export const iso = (at: number) => new Date(at).toISOString().replace(/\.\d+/, '');

/** Leaves what was set off time to begin, and then to end: on a loaded machine a request outlasts any fixed wait. */
export async function settled(login: Login, ms = 200): Promise<void> {
  await delay(ms);
  while (login.isBusy) await delay(20);
}

/** An entry as the other programs write one. */
export function block(id: string, credential: Credential, expiresAt: string): string {
  return [
    `      - id: ${id}`,
    `        client_id: ${credential.clientId}`,
    `        access_token: ${credential.accessToken}`,
    `        refresh_token: ${String(credential.refreshToken)}`,
    `        expires_at: "${expiresAt}"`,
    `        scopes: [user:inference]`,
  ].join('\n');
}
export const file = (...blocks: readonly string[]) =>
  `providers:\n  anthropic:\n    oauth_credentials:\n${blocks.join('\n')}\n`;
export const write = (stage: Pick<Stage, 'configFile'>, ...blocks: readonly string[]) =>
  writeAsOthersDo(stage.configFile, file(...blocks));

/** Grace's login, got with files of its own. */
export async function graces(stage: Stage): Promise<Credential> {
  const folder = await mkdtemp(join(stage.folder, 'grace-'));
  const files = { configFile: join(folder, 'config.yaml'), dataDir: join(folder, 'data') };
  const other = await stage.open({ ...files, openBrowser: (url) => approve(url, { person: GRACE.uuid }) });
  await other.signIn();
  const found = await new Vault({ ...files, keychain: null }).find('default');
  return found.account?.credential ?? assert.fail();
}

/** As another program renews a login of ours. */
export async function renewedByAnother(
  { server, clock }: Stage,
  credential: Credential,
): Promise<Credential> {
  const answer = await directNetwork.fetch(new URL(server.tokenUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'refresh_token',
      client_id: credential.clientId,
      refresh_token: credential.refreshToken,
    }),
  });
  const { access_token, refresh_token } = (await answer.json()) as Record<string, string>;
  return {
    ...credential,
    accessToken: String(access_token),
    refreshToken: String(refresh_token),
    accessExpiresAt: clock.now() + 8 * HOUR,
  };
}

/** Our config file by hand in another folder, where the login is renewed. */
export async function renewedInCopy(stage: Stage, keychain?: MemoryKeychain) {
  const configFile = join(stage.folder, 'work', 'config.yaml');
  await mkdir(dirname(configFile));
  await copyFile(stage.configFile, configFile);
  const copied = await stage.open({ configFile, ...(keychain === undefined ? {} : { keychain }) });
  await copied.catchUp();
  stage.clock.advance(8 * HOUR);
  await copied.refresh('default');
  return { copied, configFile, token: received.at(-1) ?? '' };
}

/** Ada's login under `default` and Grace's under `work`, as another program has written both, and as they are known. */
export async function twoPeople(stage: Stage) {
  const [ada, grace] = [await stage.credential(), await graces(stage)];
  const at = iso(stage.clock.now() + 8 * HOUR);
  await write(stage, block('default', ada, at), block('work', grace, at));
  await stage.login.catchUp();
  return { ada, grace, at };
}

/** A renewal whose answer waits in `rescue.json`, since the config file was no YAML then. */
export async function renewedIntoRescue(stage: Stage) {
  const first = await stage.credential();
  const whole = await text(stage);
  stage.clock.advance(8 * HOUR);
  stage.onTokenRequest = () => writeAsOthersDo(stage.configFile, `${whole}\n\t: [`);
  await stage.login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  const second = await stage.credential();
  return { first, second, whole };
}

/** The files, or the keychain, in which a token stands. */
export async function isHeld(
  token: string | null,
  stage: Pick<Stage, 'configFile' | 'dataDir'>,
  keychain?: MemoryKeychain,
  ...more: readonly string[]
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of [dirname(stage.configFile), stage.dataDir, ...more]) {
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name);
      if (!(await stat(path)).isFile()) continue;
      if ((await readFile(path, 'utf8')).includes(String(token))) found.push(path);
    }
  }
  for (const { credential } of keychain?.copies.values() ?? []) {
    if (credential.refreshToken === token) found.push('keychain');
  }
  return found;
}
