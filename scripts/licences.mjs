import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { bundledPackages, licenceOf } from './licences/collect.mjs';

/**
 * `node scripts/licences.mjs`: writes down the licences of what the bundles are made of, for the window's settings. Run
 * it by hand after a dependency changed; what it makes is committed.
 */
const root = join(import.meta.dirname, '..');
const file = join(root, 'src-renderer', 'settings', 'licences.ts');

const licences = bundledPackages(root).map((name) => {
  const licence = licenceOf(root, name);
  if (licence === null) throw new Error(`${name} is not installed`);
  return licence;
});
const texts = Object.fromEntries(
  licences.flatMap(({ licence, text }) => (text === null ? [] : [[licence, text]])),
);
const source = `// Made by scripts/licences.mjs from what is installed.

/** What the bundles contain of others. */
export const LICENCES = ${JSON.stringify(licences.map(({ name, version, licence, copyright }) => ({ name, version, licence, copyright })))} as const;

/** The licences' texts, but for the copyright lines. */
export const LICENCE_TEXTS = ${JSON.stringify(texts)} as const;
`;
await writeFile(file, await format(source, { ...(await resolveConfig(file)), filepath: file }));
