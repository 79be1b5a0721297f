import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { hostsOf } from '../../../src-main/updates/network-executor.ts';
import { packageKind } from '../../../src-main/updates/package-kind.ts';
import { readReleaseFeed } from '../../../src-main/updates/release-feed.ts';

function archive(description: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'archive-'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(description));
  return folder;
}
const described = (url: string) => archive({ releaseFeed: { url, publicKey: 'key' } });

test('a build without a feed, or with one that is no https, has none', () => {
  assert.equal(readReleaseFeed(archive({}), false), null);
  assert.equal(readReleaseFeed(archive({ releaseFeed: { url: 'https://a.example/' } }), false), null);
  assert.equal(readReleaseFeed(described('http://a.example/'), false), null);
  assert.equal(readReleaseFeed(join(tmpdir(), 'none'), false), null);
  assert.equal(readReleaseFeed(described('https://a.example/x'), false)?.url.href, 'https://a.example/x/');
});

test('an Electron that nobody vouches for asks this computer only', () => {
  assert.equal(readReleaseFeed(described('https://a.example/'), true), null);
  assert.ok(readReleaseFeed(described('http://127.0.0.1:8000/'), true) !== null);
});

test('a feed leads to its own host, and GitHub’s to where GitHub keeps files', () => {
  const own = hostsOf(new URL('https://a.example/latest/'));
  assert.ok(own(new URL('https://a.example/files/x')));
  for (const url of [
    'http://a.example/x',
    'https://a.example:444/x',
    'https://b.example/x',
    'https://objects.githubusercontent.com/x',
  ]) {
    assert.ok(!own(new URL(url)), url);
  }
  const github = hostsOf(new URL('https://github.com/o/r/releases/latest/download/'));
  assert.ok(github(new URL('https://release-assets.githubusercontent.com/x')));
  for (const url of [
    'http://objects.githubusercontent.com/x',
    'https://githubusercontent.com.evil.example/x',
    'https://evilgithubusercontent.com/x',
  ]) {
    assert.ok(!github(new URL(url)), url);
  }
});

test('which package this is, is what was written down when it was packed', () => {
  const resources = mkdtempSync(join(tmpdir(), 'resources-'));
  const linux = { isPackaged: true, platform: 'linux', resources, appImage: null } as const;
  assert.equal(packageKind({ ...linux, isPackaged: false }), 'checkout');
  assert.equal(packageKind(linux), 'folder');
  assert.equal(packageKind({ ...linux, appImage: '/home/ada/Latchkey.AppImage' }), 'AppImage');
  for (const kind of ['deb', 'rpm', 'tar.gz']) {
    writeFileSync(join(resources, 'package-type'), `${kind}\n`);
    assert.equal(packageKind(linux), kind);
  }
  assert.equal(packageKind({ ...linux, platform: 'win32' }), 'folder');
  writeFileSync(join(resources, 'package-owner'), 'winget');
  assert.equal(packageKind({ ...linux, platform: 'win32' }), 'winget');
});
