import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Licence
 * @property {string} name of the package
 * @property {string} version
 * @property {string} licence its SPDX name: one of `TEXTS`
 * @property {readonly string[]} copyright
 */

/** Needed to install keytar, or bundled by something of ours instead (scripts/bundling/instead-of.mjs). */
const NOT_PACKED = new Set(['prebuild-install', 'debug', 'sax', 'fs-extra', 'js-yaml', 'lodash.isequal']);
/** Not the one that our tools have: which of them brings its own. @type {Readonly<Record<string, string>>} */
const INSIDE = { semver: 'electron-updater' };
/** Bring theirs along, in files beside the app. */
const BESIDE = new Set(['electron']);

/** What is common to all packages of a licence: everything but headings and copyright lines, in one line. */
const TEXTS = {
  MIT: /^Permission is hereby granted, free of charge, to any person obtaining a copy of this software.* OR THE USE OR OTHER DEALINGS IN THE SOFTWARE\.$/,
  'BlueOak-1.0.0':
    /^# Blue Oak Model License Version 1\.0\.0 ## Purpose .* \*\*\*_?As far as the law allows, .*\*\*\*_?$/,
  ISC: /^Permission to use, copy, modify, and\/or distribute this software for any purpose.* PERFORMANCE OF THIS SOFTWARE\.$/,
};

/** @param {string} root the checkout @returns {readonly string[]} the packages that the bundles are made of */
export function bundledPackages(root) {
  const files = globSync('src-*/**/*.{ts,tsx}', { cwd: root, exclude: (path) => path.includes('gallery') });
  const names = files.flatMap((file) => {
    const source = readFileSync(join(root, file), 'utf8');
    return [...source.matchAll(/(?:from |import\()'([^.'][^']*)'/g)].map(([, specifier = '']) => {
      const parts = specifier.split('/');
      return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
    });
  });
  const found = new Set(names.filter((name) => !name.startsWith('node:') && !BESIDE.has(name)));
  // With what they need themselves: a set that grows is gone through to its new end.
  for (const name of found) {
    const { dependencies = {} } = descriptionOf(root, name) ?? {};
    for (const each of Object.keys(dependencies)) if (!NOT_PACKED.has(each)) found.add(each);
  }
  return [...found].sort();
}

/**
 * @param {string} root
 * @param {string} name
 * @returns {(Licence & { text: string | null }) | null} `null` where it is not installed;
 *   `text` is `null` where the package brings none
 * @throws Error for a licence that nobody has read yet
 */
export function licenceOf(root, name) {
  const description = descriptionOf(root, name);
  if (description === null) return null;
  const folder = folderOf(root, name);
  const [file] = globSync('{LICEN[CS]E,licen[cs]e}*', { cwd: folder });
  const { license, version, author } = description;
  if (file === undefined) {
    // Its package.json alone says which.
    const copyright = [typeof author === 'string' ? author : author?.name].filter(
      (each) => each !== undefined,
    );
    return { name, version, licence: license, copyright, text: null };
  }
  const lines = readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .map((line) => line.trim());
  const begin = lines.findIndex((line) => /^(Permission|# Blue Oak)/.test(line));
  // The lodash packages go on about what is no part of them.
  const end = lines.findIndex((line, index) => index > begin && line === '====');
  const isHeading = (/** @type {string} */ line) =>
    /^(#+ )?(the )?(MIT|ISC) licen[cs]e( \(MIT\))?$|^[=-]+$/i.test(line);
  // Whose it is comes before what is permitted.
  const copyright = lines
    .slice(0, begin)
    .filter((line) => line !== '' && !isHeading(line))
    .map((line) => line.replace(/^\*|\*$/g, '').replace(/[<>]/g, ''));
  // Some quote with ' and some with ", which is no other licence.
  const text = lines
    .slice(begin, end === -1 ? undefined : end)
    .join(' ')
    .replace(/\s+/g, ' ')
    .replace(/'(Software|AS IS)'/g, '"$1"')
    .trim();
  const known = TEXTS[/** @type {keyof typeof TEXTS} */ (license)];
  if (known === undefined || !known.test(text)) throw new Error(`The licence of ${name} is another: ${text}`);
  return { name, version, licence: license, copyright, text };
}

/** @param {string} root @param {string} name */
function folderOf(root, name) {
  const inside = INSIDE[name];
  return join(root, 'node_modules', ...(inside === undefined ? [] : [inside, 'node_modules']), name);
}

/** @param {string} root @param {string} name */
function descriptionOf(root, name) {
  try {
    return JSON.parse(readFileSync(join(folderOf(root, name), 'package.json'), 'utf8'));
  } catch {
    return null;
  }
}
