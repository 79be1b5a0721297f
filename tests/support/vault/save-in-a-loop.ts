// Child process: saves credentials with ever new tokens until it is killed. Arguments: config file, data folder.
import { Vault } from '../../../src-main/vault/vault.ts';
import { credential, record } from './sample.ts';
import { saveCredential } from './save-credential.ts';

const [, , configFile = '', dataDir = ''] = process.argv;
const vault = new Vault({ configFile, dataDir, keychain: null });
for (let count = 0; ; count++) {
  // The length varies, so that a torn write could not pass for a whole one.
  const token = `token-${process.pid}-${count}-${'x'.repeat(count % 50)}`;
  await saveCredential(
    vault,
    { ...credential, accessToken: token, refreshToken: `${token}-refresh` },
    () => record,
  );
  process.stdout.write(`${count}\n`);
}
