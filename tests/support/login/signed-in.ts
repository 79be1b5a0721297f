import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Credential } from '../../../src-main/domain/credential.ts';
import { SECOND } from '../../../src-main/domain/instant.ts';
import type { Account } from '../../../src-main/domain/snapshot.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { readEndpoints, type Endpoints } from '../../../src-main/oauth/endpoints.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { saveCredential } from '../vault/save-credential.ts';
import { FakeClock } from '../fake-clock.ts';
import { directNetwork } from '../network/direct.ts';
import { newLogin, type NewLogin } from '../new-login.ts';
import { approve } from '../practice/approve.ts';
import {
  startPracticeServer,
  type PracticeOptions,
  type PracticeServer,
} from '../practice/practice-server.ts';

/** Files of its own, a practice server of its own, and a login that is signed in there. */
export interface Stage {
  readonly server: PracticeServer;
  readonly endpoints: Endpoints;
  readonly clock: FakeClock;
  readonly login: Login;
  readonly folder: string;
  readonly configFile: string;
  readonly dataDir: string;
  /** Called when a token request is sent: nobody looks at anything any more before it is. */
  onTokenRequest: () => Promise<void>;
  /** A login over the same files and the same server, as another process has one; started. */
  open(changes?: Partial<NewLogin>): Promise<Login>;
  /** The credential as a process that starts now finds it. */
  credential(): Promise<Credential>;
  /** A credential of the same server that another program got for itself. */
  foreignCredential(): Promise<Credential>;
}

export async function signedIn(
  t: TestContext,
  options: PracticeOptions & Partial<NewLogin> = {},
): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-login-'));
  const server = await startPracticeServer(options);
  const configFile = options.configFile ?? join(folder, 'shared', 'config.yaml');
  const dataDir = options.dataDir ?? join(folder, 'data');
  const clock = new FakeClock(Date.now());
  const endpoints = endpointsOf(server);
  const logins: Login[] = [];
  const open = async (changes: Partial<NewLogin> = {}) => {
    const login = newLogin({
      endpoints,
      configFile,
      dataDir,
      clock,
      openBrowser: approve,
      fetch: async (url, init) => {
        const isToken = url.pathname.endsWith('/token');
        const beforeSending = async () => {
          await init?.beforeSending?.();
          if (isToken) await stage.onTokenRequest();
        };
        const answer = await directNetwork.fetch(url, { ...init, beforeSending });
        // The server's clock goes with the test's.
        const headers = new Headers(answer.headers);
        const serverTime = Date.parse(headers.get('date') ?? '');
        headers.set('date', new Date(serverTime - Date.now() + clock.now()).toUTCString());
        return new Response(answer.body, { status: answer.status, headers });
      },
      ...changes,
    });
    logins.push(login);
    await login.start();
    return login;
  };
  t.after(async () => {
    await Promise.all(logins.map((login) => login.stop()));
    await server.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const stage = { onTokenRequest: () => Promise.resolve() };
  const login = await open(options);
  await login.signIn();
  assert.equal(login.snapshot.signIn?.phase, 'succeeded');
  // Else a refresh would be a second click.
  clock.advance(10 * SECOND);
  return Object.assign(stage, {
    server,
    endpoints,
    clock,
    login,
    folder,
    configFile,
    dataDir,
    open,
    credential: () => credentialOnDisk(configFile, dataDir),
    foreignCredential: async () => {
      const elsewhere = await mkdtemp(join(folder, 'elsewhere-'));
      const files = { configFile: join(elsewhere, 'config.yaml'), dataDir: join(elsewhere, 'data') };
      const other = await open(files);
      await other.signIn();
      return credentialOnDisk(files.configFile, files.dataDir);
    },
  });
}

export function endpointsOf({ authorizeUrl, tokenUrl, apiUrl }: PracticeServer): Endpoints {
  return readEndpoints({ authorizeUrl, tokenUrl, apiUrl });
}

async function credentialOnDisk(configFile: string, dataDir: string): Promise<Credential> {
  const { account } = await new Vault({ configFile, dataDir, keychain: null }).find('default');
  return account?.credential ?? assert.fail('there is no credential');
}

/** The one account that the faces show. */
export function accountOf({ snapshot }: Login): Account {
  return snapshot.accounts[0] ?? assert.fail('there is no account');
}

/** Lets the credential be that much older, for processes whose clock nobody drives. Its end moves with it. */
export async function letAge(
  { configFile, dataDir }: Pick<Stage, 'configFile' | 'dataDir'>,
  milliseconds: number,
): Promise<void> {
  const vault = new Vault({ configFile, dataDir, keychain: null });
  const old = await credentialOnDisk(configFile, dataDir);
  const older = { ...old, accessExpiresAt: (old.accessExpiresAt ?? 0) - milliseconds };
  await vault.exclusively(() =>
    saveCredential(vault, older, (record) => ({
      ...record,
      accessIssuedAt: (record.accessIssuedAt ?? 0) - milliseconds,
    })),
  );
}

/** Writes as the other programs do (`facts.md` section 3): a fixed temporary name, then a rename. */
export async function writeAsOthersDo(configFile: string, text: string): Promise<void> {
  await mkdir(join(configFile, '..'), { recursive: true });
  await writeFile(`${configFile}.tmp`, text, { mode: 0o600 });
  await rename(`${configFile}.tmp`, configFile);
}

/** Another program puts this credential in the place of ours. */
export async function replaceEntry(configFile: string, ours: Credential, theirs: Credential): Promise<void> {
  const text = await readFile(configFile, 'utf8');
  const changed = text
    .replace(ours.accessToken, theirs.accessToken)
    .replace(String(ours.refreshToken), String(theirs.refreshToken))
    .replace(ours.clientId, theirs.clientId)
    .replace(
      /expires_at: .*/,
      `expires_at: "${new Date(theirs.accessExpiresAt ?? 0).toISOString().replace(/\.\d+/, '')}"`,
    );
  await writeAsOthersDo(configFile, changed);
}
