// Child process: moves a credential from one storage to the next, and renews it between, until it is killed. Arguments:
// config file, data folder, file of the keychain, the number to begin with.
import { STORAGES } from '../../../src-main/domain/storage.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { FileKeychain } from './file-keychain.ts';
import { renewedInStorage } from './renewed-in-storage.ts';

const [, , configFile = '', dataDir = '', keychain = '', first = ''] = process.argv;
const vault = new Vault({
  configFile,
  dataDir,
  keychain: null,
  settleMs: 50,
  secrets: new FileKeychain(keychain),
});
process.stdout.write('started\n');
for (let count = Number(first); ; count++) {
  const storage = STORAGES[count % STORAGES.length] ?? 'keychain';
  await vault.exclusively(() => vault.moveStorage('default', storage));
  await renewedInStorage(vault, count);
}
