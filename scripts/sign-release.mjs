import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from './run/main.mjs';
import { SetUpError } from './set-up/set-up-error.mjs';

/**
 * `node scripts/sign-release.mjs <folder>`: signs the announcements (`latest*.yml`) in it with the Ed25519 key in
 * LATCHKEY_RELEASE_KEY (PKCS#8, PEM), as `<name>.sig` beside each; says which public key that is (docs/release.md).
 */
await main(async ([folder = 'dist']) => {
  const pem = process.env['LATCHKEY_RELEASE_KEY'] ?? '';
  if (pem === '') throw new SetUpError('LATCHKEY_RELEASE_KEY is not set.');
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new SetUpError('LATCHKEY_RELEASE_KEY is no Ed25519 key.');
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
  const expected = process.env['LATCHKEY_RELEASE_PUBLIC_KEY'] ?? publicKey;
  if (expected !== publicKey)
    throw new SetUpError('LATCHKEY_RELEASE_KEY is not the key that the packages know.');
  const names = globSync('latest*.yml', { cwd: folder });
  if (names.length === 0) throw new SetUpError(`There is no announcement in ${folder}.`);
  for (const name of names) {
    // With its name, as `src-main/updates/signed-feed.ts` checks it.
    const text = Buffer.from(`${name}\n${readFileSync(join(folder, name), 'utf8')}`);
    const signature = sign(null, text, key).toString('base64');
    writeFileSync(join(folder, `${name}.sig`), `${signature}\n`);
    process.stdout.write(`Signed ${name}\n`);
  }
  process.stdout.write(`Public key: ${publicKey}\n`);
  return 0;
});
