import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Authority } from './authority.ts';

/** A program, the words after it, and the port of which it is known that it has started. */
export interface ProxyProgram {
  readonly words: readonly string[];
  readonly port: number;
}

/** Where they listen, and where they are reached. */
export const PROXY_HOST = '10.77.0.1';
export const PROXY_HOST_6 = 'fd77::1';
export const LOGIN = { user: 'ada', password: 'p@ss: word' } as const;

export const PORTS = {
  squid: 3128,
  squidWithLogin: 3129,
  squidOverTls: 3130,
  squidNegotiate: 3140,
  tinyproxy: 8888,
  tinyproxyWithLogin: 8889,
  dante: 1080,
  danteWithLogin: 1081,
  mitmproxy: 8080,
} as const;

/** squid by three ports: for everybody, with Basic, and over TLS. `forbidden.example` it lets nobody through to. */
export function squid(folder: string, { key, cert }: Authority): ProxyProgram {
  const hash = execFileSync('openssl', ['passwd', '-apr1', LOGIN.password], { encoding: 'utf8' }).trim();
  const passwords = join(folder, 'squid-passwords');
  writeFileSync(passwords, `${LOGIN.user}:${hash}\n`);
  return squidOf(folder, 'squid', PORTS.squid, [
    `http_port ${PROXY_HOST}:${PORTS.squid}`,
    `http_port [${PROXY_HOST_6}]:${PORTS.squid}`,
    `http_port ${PROXY_HOST}:${PORTS.squidWithLogin}`,
    `https_port ${PROXY_HOST}:${PORTS.squidOverTls} tls-cert=${cert} tls-key=${key}`,
    `auth_param basic program /usr/lib/squid/basic_ncsa_auth ${passwords}`,
    `acl asking localport ${PORTS.squidWithLogin}`,
    'acl known proxy_auth REQUIRED',
    'acl forbidden dstdomain forbidden.example',
    'http_access deny forbidden',
    'http_access allow !asking',
    'http_access allow known',
    'http_access deny all',
  ]);
}

/** One that takes no login but the two that Windows domains use. Nobody gets as far as its helpers. */
export function squidNegotiate(folder: string): ProxyProgram {
  return squidOf(folder, 'squid-negotiate', PORTS.squidNegotiate, [
    `http_port ${PROXY_HOST}:${PORTS.squidNegotiate}`,
    'auth_param negotiate program /bin/cat',
    'auth_param negotiate children 1 startup=0 idle=1',
    'auth_param ntlm program /bin/cat',
    'auth_param ntlm children 1 startup=0 idle=1',
    'acl known proxy_auth REQUIRED',
    'http_access allow known',
    'http_access deny all',
  ]);
}

function squidOf(folder: string, name: string, port: number, lines: readonly string[]): ProxyProgram {
  const own = join(folder, name);
  mkdirSync(own);
  chmodSync(own, 0o777);
  const path = join(own, 'squid.conf');
  const common = [
    'shutdown_lifetime 0 seconds',
    'connect_timeout 5 seconds',
    'cache deny all',
    'cache_mem 8 MB',
    'access_log none',
    `cache_log ${own}/cache.log`,
    'pid_filename none',
    `coredump_dir ${own}`,
    'pinger_enable off',
    `visible_hostname ${name}.example`,
    'dns_timeout 2 seconds',
  ];
  writeFileSync(path, [...lines, ...common, ''].join('\n'));
  return { words: ['squid', '-N', '-n', name.replace('-', ''), '-f', path], port };
}

export function tinyproxy(folder: string, withLogin: boolean): ProxyProgram {
  const port = withLogin ? PORTS.tinyproxyWithLogin : PORTS.tinyproxy;
  const path = join(folder, `tinyproxy-${port}.conf`);
  const lines = [
    `Port ${port}`,
    `Listen ${PROXY_HOST}`,
    'Timeout 20',
    'MaxClients 20',
    'LogLevel Critical',
    // Its file is parted at blanks and takes no colon.
    ...(withLogin ? [`BasicAuth ${LOGIN.user} ${TINYPROXY_PASSWORD}`] : []),
  ];
  writeFileSync(path, `${lines.join('\n')}\n`);
  return { words: ['tinyproxy', '-d', '-c', path], port };
}

export const TINYPROXY_PASSWORD = 'plain-one';

/** @param withLogin as the system's user of that name, which `company.ts` makes for its namespace alone */
export function dante(folder: string, withLogin: boolean): ProxyProgram {
  const port = withLogin ? PORTS.danteWithLogin : PORTS.dante;
  const path = join(folder, `danted-${port}.conf`);
  const lines = [
    `logoutput: ${join(folder, `danted-${port}.log`)}`,
    `internal: ${PROXY_HOST} port = ${port}`,
    'external: outside0',
    `socksmethod: ${withLogin ? 'username' : 'none'}`,
    'clientmethod: none',
    'user.privileged: root',
    'user.unprivileged: nobody',
    'client pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }',
    'socks block { from: 0.0.0.0/0 to: forbidden.example }',
    'socks pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }',
  ];
  writeFileSync(path, `${lines.join('\n')}\n`);
  return { words: ['danted', '-f', path], port };
}

/** The company that looks into everything: it signs certificates of its own, as its authority in `folder`. */
export function mitmproxy(
  folder: string,
  { authority }: Authority,
): ProxyProgram & { readonly authority: string } {
  const own = join(folder, 'mitmproxy');
  mkdirSync(own);
  return {
    words: [
      ...['mitmdump', '--quiet', '--listen-host', PROXY_HOST, '--listen-port', String(PORTS.mitmproxy)],
      ...['--set', `confdir=${own}`, '--set', `ssl_verify_upstream_trusted_ca=${authority}`],
    ],
    port: PORTS.mitmproxy,
    authority: join(own, 'mitmproxy-ca-cert.pem'),
  };
}
