import { isLoopback } from '../domain/loopback.ts';
import { nameOf, readProxy, type Proxy, type ProxyFlaw, type ProxySetting } from '../domain/proxy.ts';
import {
  NO_PROXY_VARIABLES,
  type DirectReason,
  type DirectWay,
  type ProxySource,
  type ProxyVariable,
  type WayThrough,
} from '../domain/way.ts';
import { isWithoutProxy } from './no-proxy.ts';

/** The variables of the environment that matter here, an empty one being as one that is not set. */
export type ProxyVariables = Readonly<
  Partial<Record<ProxyVariable | (typeof NO_PROXY_VARIABLES)[number], string>>
>;

/** What the system says of one URL, in the words of a PAC script, and from where it is known. */
export interface SystemWord {
  readonly text: string;
  readonly as: 'system' | 'app';
}

export interface RouteFacts {
  readonly variables: ProxyVariables;
  readonly setting: ProxySetting;
  /** `null` where it is not asked, or has nothing to say. */
  readonly system: SystemWord | null;
}

/** One way to a URL, with what may be told of it. */
export type Hop =
  { readonly proxy: Proxy; readonly way: WayThrough } | { readonly proxy: null; readonly way: DirectWay };

export type Route =
  /** In the order they are tried, at least one: the next only where the proxy before could not be reached. */
  | { readonly hops: readonly Hop[] }
  /** Whoever is asked names a proxy, and it cannot be used. */
  | { readonly hops: null; readonly as: ProxySource; readonly flaw: ProxyFlaw };

/**
 * How a request to this URL leaves the machine. Pure. Loopback never goes through a proxy. Of what is said the more
 * particular counts: "none" of the setting, `NO_PROXY`, the proxy of the setting, the variables, the system.
 */
export function routeTo(url: URL, { variables, setting, system }: RouteFacts): Route {
  if (isLoopback(url)) return direct('loopback');
  if (setting.use === 'none') return direct('setting');
  const exempting = NO_PROXY_VARIABLES.find((name) => (variables[name] ?? '') !== '');
  if (exempting !== undefined && isWithoutProxy(variables[exempting] ?? '', url)) return direct(exempting);
  if (setting.use === 'this') return through(setting.address, 'setting');
  const naming = variablesFor(url).find((name) => (variables[name] ?? '') !== '');
  if (naming !== undefined) return through(variables[naming] ?? '', naming);
  return system === null ? direct('nothing') : asSystemSays(system);
}

/** Whether what the system says can matter: asking it may start a script of its own. */
export function asksSystem(url: URL, facts: Omit<RouteFacts, 'system'>): boolean {
  return routeTo(url, { ...facts, system: null }).hops?.[0]?.way.as === 'nothing';
}

const direct = (as: DirectReason): Route => ({ hops: [{ proxy: null, way: { proxy: null, as } }] });

const hopThrough = (proxy: Proxy, as: ProxySource): Hop => ({ proxy, way: { proxy: nameOf(proxy), as } });

function through(address: string, as: ProxySource): Route {
  const proxy = readProxy(address);
  return typeof proxy === 'string' ? { hops: null, as, flaw: proxy } : { hops: [hopThrough(proxy, as)] };
}

function variablesFor({ protocol }: URL): readonly ProxyVariable[] {
  const own = protocol === 'https:' ? (['https_proxy', 'HTTPS_PROXY'] as const) : HTTP;
  return [...own, 'all_proxy', 'ALL_PROXY'];
}

const HTTP = ['http_proxy', 'HTTP_PROXY'] as const;

/** What a PAC script calls the kinds; its `SOCKS` is version 4, which carries no names. */
const KINDS: Readonly<Record<string, Proxy['kind'] | undefined>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS5: 'socks5',
};

/** "PROXY a.example:3128; DIRECT": those of a kind we do not speak are passed over while there are others. */
function asSystemSays({ text, as }: SystemWord): Route {
  const named = text.split(';').map((each) => each.trim().split(/\s+/));
  const hops = named.flatMap(([word = '', address = '']): readonly Hop[] => {
    if (word.toUpperCase() === 'DIRECT') return [{ proxy: null, way: { proxy: null, as } }];
    const kind = KINDS[word.toUpperCase()];
    const proxy = kind === undefined ? 'unknown-kind' : readProxy(`${kind}://${address}`);
    return typeof proxy === 'string' ? [] : [hopThrough(proxy, as)];
  });
  return hops.length === 0 ? { hops: null, as, flaw: 'unknown-kind' } : { hops };
}
