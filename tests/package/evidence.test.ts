import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { writeEvidence } from '../../scripts/packaging/evidence.mjs';
import { releaseOptions } from '../../scripts/packaging/release-options.mjs';
import { packageProgram } from '../../scripts/set-up/package-program.mjs';
import { root } from '../../scripts/set-up/paths.mjs';
import { packDeb, packFolder } from './pack.ts';

const run = promisify(execFile);
const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

test('two builds of one commit give the same archive, and the same deb', async () => {
  const built: string[] = [];
  for (let time = 0; time < 2; time += 1) {
    const out = mkdtempSync(join(tmpdir(), 'out-'));
    await run(process.execPath, [packageProgram('vite'), 'build', '--app', '--configLoader', 'native'], {
      cwd: root,
      env: { ...process.env, LATCHKEY_BUILD_FOLDER: out },
    });
    built.push(out);
  }
  const listing = async (folder: string) =>
    (await run('sh', ['-c', 'find . -type f -exec sha256sum {} + | sort -k2'], { cwd: folder })).stdout;
  const [first = '', second = ''] = built;
  assert.equal(await listing(first), await listing(second));

  const packed = [await packFolder(), await packFolder()];
  const [one, other] = packed.map((folder) => join(folder, 'resources', 'app.asar'));
  assert.equal(digest(one ?? ''), digest(other ?? ''));
  const debs = packed.map((folder) => packDeb(folder, '0.1.0'));
  assert.equal(digest(debs[0] ?? ''), digest(debs[1] ?? ''));
  // What it is made of: docs/release.md, "Size".
  assert.ok(statSync(one ?? '').size <= 1_500_000, 'the archive is small');
});

test('checksums and the bill of materials lie beside the packages', async () => {
  const output = mkdtempSync(join(tmpdir(), 'evidence-'));
  writeFileSync(join(output, 'latchkey_0.1.0_amd64.deb'), 'a package');
  await writeEvidence({ output, version: '0.1.0', electron: '45.4.1', date: 1_700_000_000 });
  const { stdout } = await run('sha256sum', ['--check', 'SHA256SUMS'], { cwd: output });
  assert.equal(stdout, 'Latchkey-0.1.0.cdx.json: OK\nlatchkey_0.1.0_amd64.deb: OK\n');
  const bill = JSON.parse(readFileSync(join(output, 'Latchkey-0.1.0.cdx.json'), 'utf8')) as {
    readonly bomFormat: string;
    readonly components: readonly { readonly purl: string; readonly licenses: readonly object[] }[];
  };
  assert.equal(bill.bomFormat, 'CycloneDX');
  const urls = bill.components.map(({ purl }) => purl.replace(/@[^@]+$/, ''));
  for (const name of ['electron', 'react', 'oauth4webapi', 'electron-updater', 'keytar', 'yaml']) {
    assert.ok(urls.includes(`pkg:npm/${name}`), name);
  }
  assert.ok(!urls.includes('pkg:npm/electron-builder'), 'our tools are not in the app');
});

test('an announcement is signed by the key that the packages know, or not at all', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sign-'));
  writeFileSync(join(folder, 'latest-linux.yml'), 'version: 0.2.0\n');
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const pem = String(privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const sign = (env: NodeJS.ProcessEnv) =>
    run(process.execPath, [join(root, 'scripts', 'sign-release.mjs'), folder], {
      env: { ...process.env, ...env },
    });
  await assert.rejects(sign({ LATCHKEY_RELEASE_KEY: pem, LATCHKEY_RELEASE_PUBLIC_KEY: 'another' }));
  await sign({ LATCHKEY_RELEASE_KEY: pem });
  const signature = Buffer.from(readFileSync(join(folder, 'latest-linux.yml.sig'), 'utf8'), 'base64');
  const text = readFileSync(join(folder, 'latest-linux.yml'), 'utf8');
  assert.ok(verify(null, Buffer.from(`latest-linux.yml\n${text}`), publicKey, signature));
});

test('a release says both, where newer ones are announced and who signs, or nothing', () => {
  assert.deepEqual(releaseOptions({}), []);
  assert.throws(() => releaseOptions({ LATCHKEY_RELEASE_FEED: 'https://a.example/' }));
  assert.throws(() =>
    releaseOptions({ LATCHKEY_RELEASE_FEED: 'http://a.example/', LATCHKEY_RELEASE_PUBLIC_KEY: 'k' }),
  );
  const url = 'https://a.example/';
  assert.equal(releaseOptions({ LATCHKEY_RELEASE_FEED: url, LATCHKEY_RELEASE_PUBLIC_KEY: 'k' }).length, 4);
});
