import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeModules } from '../set-up/paths.mjs';

/** The innermost package of a source, as a bundle's source map names it. */
const PACKAGE = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/**
 * The licences of everything that was bundled, as they ask to be passed on.
 *
 * @param {readonly string[]} maps paths of the bundles' source maps
 */
export function notices(maps) {
  const folders = new Set(maps.flatMap(packageFolders));
  const texts = [...folders].sort().map((folder) => {
    /** @type {{ name: string, version: string, license?: unknown }} */
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((each) => /^licen[cs]e(\.|$)/i.test(each));
    const text = file === undefined ? String(license) : readFileSync(join(folder, file), 'utf8').trim();
    return `${name} ${version}\n\n${text}\n`;
  });
  return `This program contains the following.\n\n${texts.join(`\n${'-'.repeat(72)}\n\n`)}`;
}

/** @param {string} map @returns {readonly string[]} */
function packageFolders(map) {
  /** @type {{ sources: readonly string[] }} */
  const { sources } = JSON.parse(readFileSync(map, 'utf8'));
  return sources.flatMap((source) => {
    const path = PACKAGE.exec(source)?.[0];
    if (path === undefined) return [];
    const folder = join(nodeModules, path.slice(path.indexOf('node_modules/') + 'node_modules/'.length));
    return existsSync(join(folder, 'package.json')) ? [folder] : [];
  });
}
