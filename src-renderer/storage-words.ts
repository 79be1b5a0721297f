import type { Account } from '../src-main/domain/snapshot.ts';

/** Where an account's tokens are kept. */
export function storageWords({ storedIn }: Account, configFile: string): string {
  return storedIn === 'config-file'
    ? configFile
    : "Latchkey's own folder, until the config file can take them";
}
