import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { SECOND } from '../domain/instant.ts';

/** Part of iproute2, which hardly any Linux is without. Not looked for on PATH, where anybody may have put another. */
const SS = ['/usr/bin/ss', '/usr/sbin/ss', '/bin/ss', '/sbin/ss'];
const TIME_LIMIT = 2 * SECOND;
const LARGEST_LISTING = 16 * 1024 * 1024;
const LONGEST_NAME = 60;

/** What runs a program that is a file of text: that file says more than they do. */
const INTERPRETERS = /^(node|nodejs|bun|deno|python[\d.]*|ruby[\d.]*|perl[\d.]*|bash|dash|sh|zsh|ksh)$/;

/**
 * What the program at the other end of a Unix socket calls itself, to be told to a person and no more: any program can
 * call itself anything. `null` where the platform does not tell.
 *
 * Node has no way to SO_PEERCRED. The kernel tells by netlink which two sockets are a pair (sock_diag(7)), which `ss`
 * asks it, and then finds out who holds them.
 */
export async function programAt(socket: Socket): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  try {
    const fd = (socket as unknown as { readonly _handle?: { readonly fd?: number } })._handle?.fd ?? -1;
    if (fd < 0) return null;
    const [, inode = ''] = /^socket:\[(\d+)\]$/.exec(await readlink(`/proc/self/fd/${fd}`)) ?? [];
    const holder = (await listing()).get(inode);
    return holder === undefined ? null : await nameOf(holder);
  } catch {
    // Gone already, or another user's.
    return null;
  }
}

export interface Holder {
  readonly pid: number;
  readonly name: string;
}

/**
 * In the answer of `ss -xpnHO`: by the inode of a socket who holds its pair. Read once for all who wait for the answer,
 * since it has two lines for each of them.
 */
export function holdersOfPeers(text: string): ReadonlyMap<string, Holder> {
  const holders = new Map<string, Holder>();
  for (const line of text.split('\n')) {
    // u_str ESTAB 0 0 * 12 * 34 users:(("curl",pid=7,fd=5)); the last numbers are this one's and its peer's.
    const [, own, peer, users = ''] = /\s(\d+)\s+\S+\s+(\d+)\s*(?:users:\((.*)\))?\s*$/.exec(line) ?? [];
    if (peer === undefined || own === peer) continue;
    const [, name = '', pid] = /^\("(.*?)",pid=(\d+),fd=\d+\)/.exec(users) ?? [];
    if (pid !== undefined) holders.set(peer, { pid: Number(pid), name });
  }
  return holders;
}

async function nameOf({ pid, name }: Holder): Promise<string> {
  const [program, words] = await Promise.all([
    readlink(`/proc/${pid}/exe`).then(basename, () => name),
    readFile(`/proc/${pid}/cmdline`, 'utf8').then(
      (text) => text.split('\0'),
      () => [],
    ),
  ]);
  const [, script = ''] = words;
  const isScript = INTERPRETERS.test(program) && script !== '' && !script.startsWith('-');
  return shown(isScript ? `${program} ${basename(script)}` : program);
}

/** As a person may see it: nothing in it may be more than a letter. */
function shown(name: string): string {
  return name
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .slice(0, LONGEST_NAME)
    .toWellFormed();
}

let last: Promise<unknown> = Promise.resolve();
let next: Promise<ReadonlyMap<string, Holder>> | null = null;

/** One look for all who wait: it begins after they came, and after the look before. */
function listing(): Promise<ReadonlyMap<string, Holder>> {
  next ??= last.then(() => {
    next = null;
    const look = lookAt();
    last = look.catch(() => undefined);
    return look;
  });
  return next;
}

async function lookAt(): Promise<ReadonlyMap<string, Holder>> {
  for (const path of SS) {
    try {
      const { stdout } = await promisify(execFile)(path, ['-xpnHO', 'state', 'connected'], {
        timeout: TIME_LIMIT,
        maxBuffer: LARGEST_LISTING,
        env: { LC_ALL: 'C' },
      });
      return holdersOfPeers(stdout);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') continue;
      throw error;
    }
  }
  return new Map();
}
