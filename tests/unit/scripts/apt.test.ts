import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packagesToInstall, parsePolicy } from '../../../scripts/set-up/apt.mjs';

const POLICY = `libnss3:
  Installed: 2:3.87.1-1+deb12u4
  Candidate: 2:3.87.1-1+deb12u4
  Version table:
 *** 2:3.87.1-1+deb12u4 500
        500 http://deb.debian.org/debian bookworm/main amd64 Packages
        100 /var/lib/dpkg/status
xvfb:
  Installed: (none)
  Candidate: 2:21.1.7-3+deb12u13
  Version table:
     2:21.1.7-3+deb12u13 500
        500 http://deb.debian.org/debian bookworm/main amd64 Packages
libgtk-3-0:
  Installed: (none)
  Candidate: (none)
  Version table:
`;

test('apt knows a package as installed, as available, or only as a name', () => {
  assert.deepEqual(
    parsePolicy(POLICY),
    new Map([
      ['libnss3', 'installed'],
      ['xvfb', 'available'],
    ]),
  );
  assert.equal(parsePolicy('').size, 0);
});

test('only what is not installed is installed, a renamed package counting under either name', () => {
  const wanted = [['libnss3'], ['libgtk-3-0', 'libgtk-3-0t64'], ['xvfb']];
  const states = new Map<string, 'installed' | 'available'>([
    ['libnss3', 'installed'],
    ['libgtk-3-0t64', 'installed'],
    ['xvfb', 'available'],
  ]);
  assert.deepEqual(packagesToInstall(wanted, states), ['xvfb']);
});

test('a renamed package is asked for by the name apt knows', () => {
  const wanted = [['libcups2', 'libcups2t64']];
  assert.deepEqual(packagesToInstall(wanted, new Map([['libcups2t64', 'available']])), ['libcups2t64']);
  assert.deepEqual(packagesToInstall(wanted, new Map([['libcups2', 'available']])), ['libcups2']);
  assert.deepEqual(packagesToInstall(wanted, new Map()), ['libcups2'], 'with no package lists at all');
});
