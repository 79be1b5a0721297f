import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

/**
 * The user whose process is at the other end of a loopback connection; `null` where the system does not tell (Linux
 * does). The authorization URL is in the arguments of the program that opens the browser, where every user of the
 * machine can read it: one of them could approve it with a login of their own and hand us the code.
 */
export async function peerUser({ localPort, remotePort }: Socket): Promise<number | null> {
  if (process.platform !== 'linux' || localPort === undefined || remotePort === undefined) return null;
  for (const table of TABLES) {
    const text = await readFile(table, 'utf8').catch(() => '');
    const user = userOfConnection(text, remotePort, localPort);
    if (user !== null) return user;
  }
  return null;
}

/** The user id in a table of proc_net_tcp(5), for the end of a connection that has `from` as its own port. */
export function userOfConnection(table: string, from: number, to: number): number | null {
  const port = (number: number) => number.toString(16).toUpperCase().padStart(4, '0');
  for (const line of table.split('\n')) {
    const [, local = '', remote = '', , , , , user = ''] = line.trim().split(/\s+/);
    if (local.endsWith(`:${port(from)}`) && remote.endsWith(`:${port(to)}`)) return Number(user);
  }
  return null;
}

/** Whether a request comes from another user's process. Root's own browser may well run as somebody else. */
export async function isForeignPeer(socket: Socket): Promise<boolean> {
  const ourUser = process.getuid?.() ?? 0;
  if (ourUser === 0) return false;
  const user = await peerUser(socket);
  return user !== null && user !== 0 && user !== ourUser;
}
