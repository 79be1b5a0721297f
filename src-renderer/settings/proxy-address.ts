import { addressWithoutPassword, readProxy, type ProxyFlaw } from '../../src-main/domain/proxy.ts';

export type AddressProblem = ProxyFlaw | 'missing';

/** What a person typed: the address to keep, and the password that stood in it, which is kept apart. */
export interface TypedAddress {
  readonly address: string;
  readonly user: string | null;
  readonly password: string | null;
}

/** `null` where it is no proxy's address. */
export function readAddress(text: string): TypedAddress | null {
  const proxy = readProxy(text);
  if (typeof proxy === 'string') return null;
  return { address: addressWithoutPassword(proxy), user: proxy.user, password: proxy.password };
}

/** What is wrong with it; `null` for nothing. What more letters may still mend is told only once the person has finished. */
export function addressProblem(text: string, hasFinished: boolean): AddressProblem | null {
  const problem = text.trim() === '' ? 'missing' : readProxy(text);
  if (typeof problem !== 'string') return null;
  // `socks` is on its way to `socks5://`, and a path is no way to an address.
  return hasFinished || problem === 'has-path' || (problem === 'unknown-kind' && text.includes('://'))
    ? problem
    : null;
}
