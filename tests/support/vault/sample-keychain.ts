import { fileURLToPath } from 'node:url';

export const keychainHelper = fileURLToPath(
  new URL('../../../src-main/vault/keychain/keychain-helper.ts', import.meta.url),
);
