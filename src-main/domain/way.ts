/** The variables that can name a proxy, as curl takes them: the lower case counts first. */
export const PROXY_VARIABLES = [
  'https_proxy',
  'HTTPS_PROXY',
  'http_proxy',
  'HTTP_PROXY',
  'all_proxy',
  'ALL_PROXY',
] as const;
export type ProxyVariable = (typeof PROXY_VARIABLES)[number];

/** The variables that can name hosts which no proxy is taken to. */
export const NO_PROXY_VARIABLES = ['no_proxy', 'NO_PROXY'] as const;

/** Who named a proxy; `app`: the system, as the app last learnt of it. */
export const PROXY_SOURCES = [...PROXY_VARIABLES, 'setting', 'system', 'app'] as const;
export type ProxySource = (typeof PROXY_SOURCES)[number];

/** Why no proxy is taken; `nothing`: nobody names one. */
export type DirectReason =
  'loopback' | (typeof NO_PROXY_VARIABLES)[number] | 'setting' | 'system' | 'app' | 'nothing';

/** The way to a server, as it may be told: no password is in it. */
export type Way = WayThrough | DirectWay;

export interface WayThrough {
  /** Host and port. */
  readonly proxy: string;
  readonly as: ProxySource;
}

export interface DirectWay {
  readonly proxy: null;
  readonly as: DirectReason;
}

/** What a failure tells of the proxy on its way; nothing where there was none. */
export type ProxyTaken = Partial<WayThrough>;
