import { spawnSync } from 'node:child_process';

/** Whether a test may mount a file system of its own here. */
export function mountsWork(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const probe = ['-m', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt'];
  return spawnSync('unshare', probe).status === 0;
}
