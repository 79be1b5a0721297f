import { BlockList, isIP } from 'node:net';
import { withoutBrackets } from '../domain/proxy.ts';

/**
 * Whether `NO_PROXY` names the host of this URL, by curl's rules: entries apart by commas or spaces; `*` alone is every
 * host; a name is itself and whatever ends in a dot and it, in any case, with or without a dot before or after it; an
 * address may be a block (CIDR). As most other programs have it, and curl does not, an entry may end in a port, which
 * then has to be the URL's.
 */
export function isWithoutProxy(list: string, url: URL): boolean {
  const host = withoutBrackets(url.hostname).replace(/\.$/, '').toLowerCase();
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return (
    list.trim() === '*' ||
    list.split(/[\s,]+/).some((entry) => entry !== '' && isNamed(entry.toLowerCase(), host, port))
  );
}

function isNamed(entry: string, host: string, port: string): boolean {
  const { name, only } = parted(entry);
  if (only !== null && only !== port) return false;
  if (isIP(host) !== 0) return isInBlock(host, name);
  const domain = name.replace(/^\./, '').replace(/\.$/, '');
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}

/** `[::1]:443` is an address and a port, `::1` an address: its colons are part of it. */
function parted(entry: string): { readonly name: string; readonly only: string | null } {
  const [, bracketed, afterBracket] = /^\[(.*)\](?::(\d+))?$/.exec(entry) ?? [];
  if (bracketed !== undefined) return { name: bracketed, only: afterBracket ?? null };
  const [, named, port] = /^([^:]*):(\d+)$/.exec(entry) ?? [];
  return named === undefined ? { name: entry, only: null } : { name: named, only: port ?? null };
}

function isInBlock(address: string, entry: string): boolean {
  const [network = '', bits, ...more] = entry.split('/');
  const family = isIP(network);
  if (family === 0 || family !== isIP(address) || more.length > 0) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const most = family === 4 ? 32 : 128;
  const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : NaN;
  if (!(prefix <= most)) return false;
  const block = new BlockList();
  block.addSubnet(network, prefix, type);
  return block.check(address, type);
}
