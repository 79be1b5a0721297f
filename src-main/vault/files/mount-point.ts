import { readFile } from 'node:fs/promises';

/**
 * Whether something is mounted at exactly this path, as a single file that was shared with a container is: no rename can
 * replace it. Known on Linux only; elsewhere the renaming itself has to show it.
 *
 * @param path with every link resolved
 */
export async function isMountPoint(path: string): Promise<boolean> {
  let mounts: string;
  try {
    mounts = await readFile('/proc/self/mountinfo', 'utf8');
  } catch {
    return false;
  }
  // proc(5): the fifth field, with octal numbers for spaces, tabs, line breaks and backslashes.
  const decode = (field: string) =>
    field.replace(/\\([0-7]{3})/g, (_all, octal: string) => String.fromCharCode(parseInt(octal, 8)));
  return mounts.split('\n').some((line) => decode(line.split(' ')[4] ?? '') === path);
}
