import type { DirectReason, ProxySource, ProxyVariable } from '../../domain/way.ts';
import type { ProxyOddity } from '../../domain/failure.ts';
import type { ProxyFlaw } from '../../domain/proxy.ts';

/** The way that requests take, and who says so. */
export const network = {
  /** Fits after "as". */
  variableSays: (name: string) => `${name} says`,
  says: {
    setting: 'the settings say',
    system: 'the system says',
    app: 'the system said when the app last asked it',
  } satisfies Record<Exclude<ProxySource, ProxyVariable>, string>,
  /** A way: fits behind a comma and in brackets. */
  through: (proxy: string, says: string) => `through ${proxy}, as ${says}`,
  directAs: (says: string) => `directly, as ${says}`,
  direct: {
    loopback: 'directly, on this computer',
    nothing: 'directly, as nothing names a proxy',
  } satisfies Partial<Record<DirectReason, string>>,
  /** What is wrong with a proxy's address: a sentence. */
  flaws: {
    'not-an-address': 'No host and port can be read out of it.',
    'unknown-kind': 'Proxies can be http, https or socks5.',
    'has-path': 'It has a path, and a proxy is only a host and a port.',
  } satisfies Record<ProxyFlaw, string>,
  /** How a proxy refuses: stands in brackets. */
  oddities: {
    'by-its-rules': 'its rules forbid it',
    'not-a-proxy': 'its answer is not a proxy’s',
  } satisfies Record<ProxyOddity, string>,
};
