import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Credential } from '../../../src-main/domain/credential.ts';
import { FailureError } from '../../../src-main/domain/failure.ts';
import type { AccountRecord } from '../../../src-main/vault/vault.ts';

export const credential: Credential = {
  id: 'default',
  clientId: '9d1c250a-e61b-44d9-88ed-5944d1962f5e',
  accessToken: 'sk-ant-oat01-Access_one-AA',
  refreshToken: 'sk-ant-ort01-Refresh_one-AA',
  accessExpiresAt: Date.UTC(2026, 10, 18, 16, 30),
  scopes: ['org:create_api_key', 'user:profile', 'user:inference'],
};

export const record: AccountRecord = {
  owner: {
    accountUuid: 'a-1',
    email: 'ada@example.org',
    displayName: 'Ada',
    organizationUuid: 'o-1',
    organizationName: 'Analytical Engines',
    plan: 'max',
  },
  isOwnerSure: true,
  accessIssuedAt: Date.UTC(2026, 10, 18, 8, 30),
  loginIssuedAt: Date.UTC(2026, 10, 18, 8, 30),
  loginExpiresAt: Date.UTC(2026, 11, 15, 8, 30),
  history: [],
  tookOver: null,
  known: null,
  issuedBy: 'platform.claude.com',
  refusedBy: null,
  claudeCodes: null,
  beside: [],
  storage: 'config-file',
  displacedFrom: null,
  movedFrom: null,
  cameFrom: null,
  learntIn: null,
};

/** A folder of the test's own, gone with it. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-vault-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A check for `assert.throws` and `assert.rejects`: the failure has these fields, among others. */
export function failure(fields: Readonly<Record<string, unknown>>): (error: unknown) => boolean {
  return (error) =>
    error instanceof FailureError &&
    Object.entries(fields).every(([name, value]) => Reflect.get(error.failure, name) === value);
}
