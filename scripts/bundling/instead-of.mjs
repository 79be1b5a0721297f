import { dirname, join, sep } from 'node:path';
import { root } from '../set-up/paths.mjs';

const OURS = 'src-main/updates/instead';

/**
 * What is bundled in the place of packages, and of parts of packages, that do more than is needed. Of electron-updater's
 * the tests of updates run with the same (`tests/support/updates/as-bundled.ts`). A name with `/` at its end is a folder.
 *
 * @type {Readonly<Record<string, string>>}
 */
const INSTEAD = {
  // The page is drawn as text: the half of React's server that streams, as large again, would only be in the way.
  'react-dom/server': 'node_modules/react-dom/cjs/react-dom-server-legacy.browser.production.js',
  // The same without the cost of CommonJS, which cannot be bundled into one scope.
  yaml: 'node_modules/yaml/browser/dist/index.js',
  // Two copies of a list of 2500 media types, for oidc-provider, which answers with these.
  'mime-db': 'tests/support/practice/media-types.json',
  debug: `${OURS}/left-out.ts`,
  'builder-util-runtime': `${OURS}/runtime.ts`,
  // No range of versions is asked for.
  'semver/classes/comparator': `${OURS}/left-out.ts`,
  'semver/classes/range': `${OURS}/left-out.ts`,
  'semver/ranges/': `${OURS}/left-out.ts`,
  'fs-extra': `${OURS}/files.ts`,
  'js-yaml': `${OURS}/yaml-text.ts`,
  'lodash.isequal': `${OURS}/equal.ts`,
  // Feeds of GitHub's and others': ours is one of our own.
  'electron-updater/out/providerFactory': `${OURS}/provider-factory.ts`,
  // Files come whole (`disableDifferentialDownload`).
  'electron-updater/out/differentialDownloader/GenericDifferentialDownloader': `${OURS}/left-out.ts`,
  'electron-updater/out/differentialDownloader/FileWithEmbeddedBlockMapDifferentialDownloader': `${OURS}/left-out.ts`,
};

/**
 * @param {string} source as it is imported
 * @param {string | undefined} importer the file that does
 * @returns {string | null} the file to take instead; `null` where it is what it says
 */
export function insteadOf(source, importer) {
  const name = source.startsWith('.') && importer !== undefined ? inPackage(source, importer) : source;
  const file = INSTEAD[name] ?? INSTEAD[name.replace(/[^/]+$/, '')];
  return file === undefined ? null : join(root, file);
}

/** @param {string} source @param {string} importer */
function inPackage(source, importer) {
  const [, path = ''] = join(dirname(importer), source).split(/.*node_modules[\\/]/);
  return path.replaceAll(sep, '/').replace(/\.js$/, '');
}
