// Child process: moves the API key to and fro until it is killed; or there once, and is killed at a step of the keychain.
// Arguments: config file, data folder, file of the keychain, where to first, the step to die at (none: to and fro).
import { KEY_STORAGES, type KeyStorage } from '../../../src-main/domain/storage.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { FilePasswords } from './file-passwords.ts';

const [, , configFile = '', dataDir = '', keychain = '', to = '', dieAt = ''] = process.argv;
const apiKeys = new FilePasswords(keychain);
const vault = new Vault({ configFile, dataDir, keychain: null, settleMs: 50, apiKeys });
const move = (storage: KeyStorage) => vault.exclusively(() => vault.apiKeys.move(storage));
const first = KEY_STORAGES.findIndex((each) => each === to);

if (dieAt === '') {
  process.stdout.write('started\n');
  for (let count = first; ; count++) await move(KEY_STORAGES[count % 2] ?? 'keychain');
}
let step = 0;
apiKeys.onStep = () => {
  if (++step === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
};
await move(KEY_STORAGES[first] ?? 'keychain');
