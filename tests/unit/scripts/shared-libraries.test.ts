import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMissing } from '../../../scripts/set-up/shared-libraries.mjs';

test('each library the linker does not find is named once', () => {
  const output = `/opt/electron/electron:
\tlinux-vdso.so.1 (0x00007ffd)
\tlibnss3.so => not found
\tlibffmpeg.so => /opt/electron/libffmpeg.so (0x00007f00)
/opt/electron/libEGL.so:
\tlibnss3.so => not found
\tlibasound.so.2 => not found
`;
  assert.deepEqual(parseMissing(output), ['libasound.so.2', 'libnss3.so']);
  assert.deepEqual(parseMissing('\tlibc.so.6 => /lib/libc.so.6 (0x00007f00)\n'), []);
});
