import type { Catalogue } from '../catalogue.ts';

export const network: Catalogue['network'] = {
  variableSays: (name) => `laut ${name}`,
  says: {
    setting: 'laut Einstellungen',
    system: 'laut System',
    app: 'laut System (wie die App es zuletzt erfuhr)',
  },
  through: (proxy, says) => `über ${proxy}, ${says}`,
  directAs: (says) => `direkt, ${says}`,
  direct: {
    loopback: 'direkt, auf diesem Computer',
    nothing: 'direkt, denn nirgends ist ein Proxy genannt',
  },
  flaws: {
    'not-an-address': 'Host und Port sind darin nicht zu erkennen.',
    'unknown-kind': 'Möglich sind http, https und socks5.',
    'has-path': 'Sie enthält einen Pfad; ein Proxy hat nur Host und Port.',
  },
  oddities: {
    'by-its-rules': 'seine Regeln verbieten es',
    'not-a-proxy': 'so antwortet kein Proxy',
  },
};
