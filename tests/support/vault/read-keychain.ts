// Child process: prints the ids of the copies, or why there are none to be had. Arguments: service, time limit in ms.
import { failureOf } from '../../../src-main/domain/failure.ts';
import { forkKeychainHelper, SystemKeychain } from '../../../src-main/vault/keychain/keychain.ts';
import { keychainHelper } from './sample-keychain.ts';

const [, , service = '', callLimit = ''] = process.argv;
const keychain = new SystemKeychain(
  () => Promise.resolve([service]),
  () => forkKeychainHelper(keychainHelper),
  Number(callLimit),
);
const answer = await keychain.read().then(
  (copies) => copies.map(({ credential }) => credential.id),
  (error: unknown) => failureOf(error),
);
process.stdout.write(JSON.stringify(answer));
