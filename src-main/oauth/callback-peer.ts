import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

/**
 * For each address we listen on, the table of proc_net_tcp(5) and how that writes it: words of 32 bits in the machine's
 * own order, and Electron runs on little-endian machines only.
 */
const LOOPBACK: Readonly<Record<string, { readonly table: string; readonly address: string }>> = {
  '127.0.0.1': { table: '/proc/net/tcp', address: '0100007F' },
  '::1': { table: '/proc/net/tcp6', address: '00000000000000000000000001000000' },
};
/** TCP_ESTABLISHED */
const ESTABLISHED = '01';

/**
 * The user whose process is at the other end of a loopback connection; `null` where the system does not tell (Linux
 * does), and for one that has hung up. Rejects where the system could tell and does not now, as when all file
 * descriptors are taken.
 */
export async function peerUser(socket: Socket): Promise<number | null> {
  const table = await readTable(socket);
  return table === null ? null : userOfConnection(table.text, table.theirs, table.ours);
}

/**
 * The user id in a table of proc_net_tcp(5), for the end of a connection that has `from` as its own address and port.
 * Only while that end is established: one that was closed is nobody's, and the table has 0, which is root, for it.
 */
export function userOfConnection(table: string, from: string, to: string): number | null {
  for (const line of table.split('\n')) {
    const [, local, remote, state, , , , user] = line.trim().split(/\s+/);
    if (local === from && remote === to && state === ESTABLISHED) return Number(user);
  }
  return null;
}

/**
 * Whether a request comes from another user's process. The authorization URL is in the arguments of the program that
 * opens the browser, where every user of the machine can read it: one of them could approve it with a login of their
 * own and hand us the code. Root's own browser may well run as somebody else. Rejects as `peerUser` does.
 */
export async function isForeignPeer(socket: Socket): Promise<boolean> {
  const ourUser = process.getuid?.() ?? 0;
  if (ourUser === 0) return false;
  const user = await peerUser(socket);
  if (user !== null) return user !== 0 && user !== ourUser;
  // No process of this system, as where Windows relays into it; or one that hung up so that nobody sees whose it was.
  return hasHungUp(socket);
}

async function hasHungUp(socket: Socket): Promise<boolean> {
  // Read anew: the rows of one reading are not of one instant.
  const table = await readTable(socket);
  if (socket.destroyed) return true;
  return table !== null && userOfConnection(table.text, table.ours, table.theirs) === null;
}

const ABSENT: readonly unknown[] = ['ENOENT', 'EACCES'];

/** The table that has both ends of the connection, and what it calls them; `null` where the system has none. */
async function readTable({ localAddress = '', localPort = 0, remotePort = 0 }: Socket) {
  const loopback = LOOPBACK[localAddress];
  if (process.platform !== 'linux' || loopback === undefined) return null;
  const end = (port: number) => `${loopback.address}:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  try {
    const text = await readFile(loopback.table, 'utf8');
    return { text, ours: end(localPort), theirs: end(remotePort) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && ABSENT.includes(error.code)) return null;
    throw error;
  }
}
