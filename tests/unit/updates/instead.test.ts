import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { insteadOf } from '../../../scripts/bundling/instead-of.mjs';
import { root } from '../../../scripts/set-up/paths.mjs';
import { load } from '../../../src-main/updates/instead/yaml-text.ts';

// What stands in the bundle for electron-updater's packages has all that electron-updater takes of them.

const STARTS = ['AppImageUpdater', 'NsisUpdater', 'MacUpdater', 'providers/Provider'];

/** The files of electron-updater that are bundled, with what they require. */
function bundledFiles() {
  const files = new Map<string, string>();
  const add = (file: string) => {
    if (files.has(file)) return;
    const source = readFileSync(file, 'utf8');
    files.set(file, source);
    const { resolve } = createRequire(file);
    for (const [, name = ''] of source.matchAll(/require\("(\.[^"]+)"\)/g)) {
      if (insteadOf(name, file) === null) add(resolve(name));
    }
  };
  for (const name of STARTS) add(join(root, 'node_modules', 'electron-updater', 'out', `${name}.js`));
  return files;
}

test('the stand-ins have every name that is taken of them', async () => {
  const taken = new Map<string, Set<string>>();
  for (const [file, source] of bundledFiles()) {
    for (const [, variable = '', name = ''] of source.matchAll(/const (\w+_\d+) = require\("([^"]+)"\)/g)) {
      const instead = insteadOf(name, file);
      if (instead === null) continue;
      const names = taken.get(instead) ?? new Set();
      taken.set(instead, names);
      for (const [, each = ''] of source.matchAll(new RegExp(`\\b${variable}\\.(\\w+)`, 'g')))
        names.add(each);
    }
  }
  assert.deepEqual([...taken.keys()].map((file) => file.replace(/.*\//, '')).toSorted(), [
    'files.ts',
    'left-out.ts',
    'provider-factory.ts',
    'runtime.ts',
    'yaml-text.ts',
  ]);
  for (const [file, names] of taken) {
    assert.ok(names.size > 0, file);
    const exported = Object.keys((await import(file)) as object);
    assert.deepEqual(
      [...names].filter((name) => !exported.includes(name)),
      [],
      file,
    );
  }
});

test('a feed reads as js-yaml reads it', () => {
  const feed = [
    'version: 0.2.0',
    'files:',
    '  - url: Latchkey-0.2.0-linux-x86_64.AppImage',
    '    sha512: abc+/==',
    '    size: 3000000',
    'path: Latchkey-0.2.0-linux-x86_64.AppImage',
    "releaseDate: '2026-11-28T12:00:00.000Z'",
    '',
  ].join('\n');
  const require = createRequire(join(root, 'node_modules', 'electron-updater', 'package.json'));
  const { load: theirs } = require('js-yaml') as { readonly load: (text: string) => unknown };
  assert.deepEqual(load(feed), theirs(feed));
  for (const broken of ['version: [', 'a: 1\na: 2\n', '--- 1\n--- 2\n']) {
    assert.throws(() => load(broken), broken);
    assert.throws(() => theirs(broken), broken);
  }
});
