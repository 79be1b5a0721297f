import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { bundledPackages, licenceOf } from '../licences/collect.mjs';
import { root } from '../set-up/paths.mjs';

/** What is handed out, by the ends of names. */
const HANDED_OUT = /\.(deb|rpm|AppImage|tar\.gz|dmg|zip|exe)$/;

/**
 * Writes what a package can be checked by: `Latchkey-<version>.cdx.json`, the bill of materials (CycloneDX 1.6), and
 * `SHA256SUMS`, as `sha256sum --check` takes it.
 *
 * @param {{ output: string, version: string, electron: string, date: number }} options `date` in seconds
 * @returns {Promise<readonly string[]>} their paths
 */
export async function writeEvidence({ output, version, electron, date }) {
  const bill = `Latchkey-${version}.cdx.json`;
  writeFileSync(join(output, bill), `${JSON.stringify(billOfMaterials(version, electron, date), null, 2)}\n`);
  const names = readdirSync(output).filter((name) => HANDED_OUT.test(name) || name === bill);
  const lines = [];
  for (const name of names.toSorted()) lines.push(`${await sha256(join(output, name))}  ${name}\n`);
  writeFileSync(join(output, 'SHA256SUMS'), lines.join(''));
  return [join(output, bill), join(output, 'SHA256SUMS')];
}

/**
 * What is in the app: what was bundled, and Electron. npm's own would list what is installed, our tools, and so not what
 * is packed.
 *
 * @param {string} version @param {string} electron @param {number} date
 */
export function billOfMaterials(version, electron, date) {
  const libraries = bundledPackages(root).flatMap((name) => {
    const found = licenceOf(root, name);
    if (found === null) return [];
    return [component('library', name, found.version, found.licence)];
  });
  const built = commit();
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      timestamp: new Date(date * 1000).toISOString(),
      component: {
        ...component('application', 'latchkey', version, 'MIT'),
        ...(built === null ? {} : { properties: [{ name: 'commit', value: built }] }),
      },
    },
    components: [component('framework', 'electron', electron, 'MIT'), ...libraries],
  };
}

/** @param {string} type @param {string} name @param {string} version @param {string} licence */
function component(type, name, version, licence) {
  // Package URL: a scope's @ is escaped.
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return { type, 'bom-ref': purl, name, version, purl, licenses: [{ license: { id: licence } }] };
}

/** @returns {string | null} null outside of git */
function commit() {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return null;
  }
}

/** @param {string} path */
async function sha256(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** What an Electron's folder is the version of. @param {string} folder */
export function electronIn(folder) {
  return readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
}
