import { execFileSync } from 'node:child_process';

/** For the `uid` and `gid` of a child process. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The user the desktop is to run as: `null` for the one we are, or, since Chromium has no sandbox for root, `nobody`,
 * which exists everywhere and owns nothing.
 */
export function ordinaryUser(): User | null {
  if (process.getuid?.() !== 0) return null;
  const id = (option: string) => Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('--user'), gid: id('--group') };
}
