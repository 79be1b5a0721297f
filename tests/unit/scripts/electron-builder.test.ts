import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { root } from '../../../scripts/set-up/paths.mjs';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const config = parse(read('electron-builder.yml')) as Record<string, unknown> & {
  readonly linux: { readonly target: unknown };
  readonly mac: Record<string, unknown>;
  readonly win: { readonly target: unknown };
  readonly nsis: Record<string, unknown>;
};

/** Not published as types: what electron-builder itself does with the file before it packs. */
interface Validator {
  readonly validateConfiguration: (config: object, log: { readonly isEnabled: boolean }) => Promise<void>;
}
const { validateConfiguration } = createRequire(import.meta.url)(
  join(root, 'node_modules/app-builder-lib/out/util/config/config.js'),
) as Validator;

test('the configuration is one that electron-builder takes', async () => {
  await validateConfiguration(config, { isEnabled: false });
  await assert.rejects(validateConfiguration({ ...config, nsis: { perUser: true } }, { isEnabled: false }));
});

test('packages are made of each kind', () => {
  const targets = (...names: string[]) => names.map((target) => ({ target }));
  assert.deepEqual(config.linux.target, targets('AppImage', 'rpm'));
  assert.deepEqual(config.mac['target'], targets('dmg', 'zip'));
  assert.deepEqual(config.win.target, targets('nsis', 'zip'));
});

test('on macOS the runtime is hardened, and one right is asked for', () => {
  assert.equal(config.mac['hardenedRuntime'], true);
  assert.equal(config.mac['entitlements'], config.mac['entitlementsInherit']);
  const plist = read(String(config.mac['entitlements']));
  const keys = [...plist.matchAll(/<key>([^<]+)<\/key>/g)].map(([, key]) => key);
  assert.deepEqual(keys, ['com.apple.security.cs.allow-jit']);
});

test('on Windows it is installed for one person, and their files stay when it goes', () => {
  assert.equal(config.nsis['perMachine'], false);
  assert.equal(config.nsis['deleteAppDataOnUninstall'], false);
});
