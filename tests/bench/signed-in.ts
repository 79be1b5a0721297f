import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src-main/login/clock.ts';
import { readEndpoints } from '../../src-main/oauth/endpoints.ts';
import { newLogin } from '../support/new-login.ts';
import { approve } from '../support/practice/approve.ts';
import { startPracticeServer } from '../support/practice/practice-server.ts';

/** A login at a practice server of its own. */
export interface SignedIn extends AsyncDisposable {
  /** For a Latchkey that is to find it. */
  readonly environment: Readonly<Record<string, string>>;
  /** In milliseconds since the epoch. */
  readonly accessExpiresAt: number;
}

/** Signs in as the app does, before it starts. */
export async function signIn(
  options: {
    /** Eight hours when left out. */
    readonly accessTokenSeconds?: number;
    /** False: the service gives no refresh token, so that the access token runs out. */
    readonly refreshable?: boolean;
  } = {},
): Promise<SignedIn> {
  const folder = await mkdtemp(join(tmpdir(), 'signed-in-'));
  const configFile = join(folder, 'config.yaml');
  const dataDir = join(folder, 'data');
  const { accessTokenSeconds = 28_800, refreshable = true } = options;
  const server = await startPracticeServer({ accessTokenSeconds });
  if (!refreshable) {
    server.setMood({ endpoint: 'token', behaviour: { kind: 'change', fields: { refresh_token: null } } });
  }
  const { authorizeUrl, tokenUrl, apiUrl } = server;
  const login = newLogin({
    endpoints: readEndpoints({ authorizeUrl, tokenUrl, apiUrl }),
    configFile,
    dataDir,
    clock: systemClock,
    openBrowser: approve,
  });
  await login.start();
  await login.signIn();
  const accessExpiresAt = login.snapshot.accounts[0]?.accessExpiresAt ?? null;
  await login.stop();
  if (accessExpiresAt === null) throw new Error('The sign-in before the measurement failed');
  return {
    environment: {
      LATCHKEY_AUTHORIZE_URL: authorizeUrl,
      LATCHKEY_TOKEN_URL: tokenUrl,
      LATCHKEY_API_URL: apiUrl,
      LATCHKEY_CONFIG_FILE: configFile,
      LATCHKEY_DATA_DIR: dataDir,
    },
    accessExpiresAt,
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}
