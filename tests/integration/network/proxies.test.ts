import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { MINUTE } from '../../../src-main/domain/instant.ts';
import { letAge } from '../../support/login/signed-in.ts';
import type { Ended } from '../../support/login/terminal.ts';
import { PORTAL, SERVICE } from '../../support/network/company.ts';
import { namespacesWork } from '../../support/network/namespace.ts';
import { Office, type Person } from '../../support/network/office.ts';
import * as proxies from '../../support/network/proxies.ts';
import { PRACTICE_KEYS } from '../../support/practice/models-endpoint.ts';

/** The companion at a desk of a company, behind proxies as companies have them. `docs/network.md` has the table. */

const skip = namespacesWork() ? false : 'no network can be made here';
const { PORTS, LOGIN, TINYPROXY_PASSWORD } = proxies;
const user = `${LOGIN.user}:${encodeURIComponent(LOGIN.password)}`;
const at = (port: number, scheme = 'http', login = '') =>
  `${scheme}://${login === '' ? '' : `${login}@`}proxy.example:${port}`;

let office: Office;
let mitmproxyAuthority: string;
let stopTinyproxy: () => Promise<void>;

before(async () => {
  if (skip !== false) return;
  office = await Office.create();
  const { company, folder, server } = office;
  const mitmproxy = proxies.mitmproxy(folder, company.service);
  mitmproxyAuthority = mitmproxy.authority;
  [stopTinyproxy] = await Promise.all([
    company.run(proxies.tinyproxy(folder, false)),
    company.run(proxies.tinyproxy(folder, true)),
    company.run(proxies.squid(folder, company.service)),
    company.run(proxies.squidNegotiate(folder)),
    company.run(proxies.dante(folder, false)),
    company.run(proxies.dante(folder, true)),
    company.run(mitmproxy),
    company.serve(new URL(server.apiUrl)),
  ]);
});

after(async () => {
  if (skip !== false) return;
  await office[Symbol.asyncDispose]();
});

const SECRETS = [LOGIN.password, encodeURIComponent(LOGIN.password), TINYPROXY_PASSWORD, 'a-wrong-one'];

function assertNoSecret({ out, error }: Ended): void {
  for (const secret of SECRETS) assert.ok(!(out + error).includes(secret), out + error);
}

/** Signs in, looks who it is, renews, tests an API key, and has the doctor tell the way. */
async function works(variables: Readonly<Record<string, string>>, way: string): Promise<void> {
  const person = await office.person(variables);
  const signedIn = await person.run(['login']);
  assert.equal(signedIn.code, 0, signedIn.out + signedIn.error);
  assert.match(signedIn.out, /✓ Access token obtained!/);
  // The profile: what any other question to the service goes by.
  assert.match(signedIn.out, /✓ Token works!/);
  await letAge(person, MINUTE);
  const renewed = await person.run(['refresh']);
  assert.deepEqual([renewed.code, renewed.error], [0, '']);
  assert.match(renewed.out, /^Renewed\./);
  const file = await readFile(person.configFile, 'utf8');
  const key = `  anthropic:\n    api_key: ${PRACTICE_KEYS.good}\n`;
  await writeFile(person.configFile, file.replace('  anthropic:\n', key));
  const tested = await person.run(['key', 'test']);
  assert.deepEqual([tested.code, tested.error], [0, '']);
  const doctor = await person.run(['doctor']);
  assert.ok(doctor.out.includes(`✓ Connection to ${SERVICE} (${way})\n`), doctor.out);
  [signedIn, renewed, tested, doctor].forEach(assertNoSecret);
  assert.ok(!(await readFile(join(person.dataDir, 'accounts.json'), 'utf8')).includes(LOGIN.password));
}

const through = (port: number, says: string) => `through proxy.example:${port}, as ${says}`;
const HTTPS_PROXY = 'HTTPS_PROXY says';

describe('a sign-in, a refresh and the doctor get through', { skip, concurrency: 2 }, () => {
  const cells: readonly (readonly [string, () => Readonly<Record<string, string>>, string])[] = [
    ['squid', () => ({ HTTPS_PROXY: at(PORTS.squid) }), through(PORTS.squid, HTTPS_PROXY)],
    [
      'squid, which asks for a password',
      () => ({ https_proxy: at(PORTS.squidWithLogin, 'http', user) }),
      through(PORTS.squidWithLogin, 'https_proxy says'),
    ],
    [
      'squid over TLS',
      () => ({ HTTPS_PROXY: at(PORTS.squidOverTls, 'https') }),
      through(PORTS.squidOverTls, HTTPS_PROXY),
    ],
    [
      'tinyproxy',
      () => ({ ALL_PROXY: `proxy.example:${PORTS.tinyproxy}` }),
      through(PORTS.tinyproxy, 'ALL_PROXY says'),
    ],
    [
      'tinyproxy, which asks for a password',
      () => ({ HTTPS_PROXY: at(PORTS.tinyproxyWithLogin, 'http', `${LOGIN.user}:${TINYPROXY_PASSWORD}`) }),
      through(PORTS.tinyproxyWithLogin, HTTPS_PROXY),
    ],
    ['dante', () => ({ ALL_PROXY: at(PORTS.dante, 'socks5h') }), through(PORTS.dante, 'ALL_PROXY says')],
    [
      'dante, which asks for a password',
      () => ({ HTTPS_PROXY: at(PORTS.danteWithLogin, 'socks5', user) }),
      through(PORTS.danteWithLogin, HTTPS_PROXY),
    ],
    [
      'mitmproxy, whose authority NODE_EXTRA_CA_CERTS names',
      () => ({ HTTPS_PROXY: at(PORTS.mitmproxy), NODE_EXTRA_CA_CERTS: mitmproxyAuthority }),
      through(PORTS.mitmproxy, HTTPS_PROXY),
    ],
    [
      'squid by IPv6',
      () => ({ HTTPS_PROXY: `http://[${proxies.PROXY_HOST_6}]:${PORTS.squid}` }),
      `through [${proxies.PROXY_HOST_6}]:${PORTS.squid}, as HTTPS_PROXY says`,
    ],
  ];
  for (const [what, variables, way] of cells) test(what, () => works(variables(), way));

  test('the proxy that the app last learnt of, after one that has gone', async () => {
    const person = await office.person({});
    await mkdir(person.dataDir, { recursive: true });
    const word = `PROXY proxy.example:9; PROXY proxy.example:${PORTS.squid}`;
    const systemProxies = { [`https://${SERVICE}`]: word };
    const file = { version: 1, termsAcknowledgedAt: null, settings: {}, systemProxies };
    await writeFile(join(person.dataDir, 'settings.json'), JSON.stringify(file));
    const doctor = await person.run(['doctor']);
    const says = 'the system said when the app last asked it';
    assert.ok(
      doctor.out.includes(`✓ Connection to ${SERVICE} (${through(PORTS.squid, says)})\n`),
      doctor.out,
    );
  });
});

describe('what goes wrong at a proxy is told, and nothing is lost', { skip, concurrency: 2 }, () => {
  let person: Person;
  let token: string;

  before(async () => {
    person = await office.person({ HTTPS_PROXY: at(PORTS.squid) });
    const { code, out, error } = await person.run(['login']);
    assert.equal(code, 0, out + error);
    token = await person.refreshToken();
    // Else a refresh would be a second click.
    await letAge(person, MINUTE);
    await person.forgetIssuer();
  });

  const tokenAt = (host: string) => ({ LATCHKEY_TOKEN_URL: `https://${host}/v1/oauth/token` });
  const wrong = `${LOGIN.user}:a-wrong-one`;
  const NOT_FOUND = '(unknown.example: the proxy cannot reach it, through proxy.example:';
  const cells: readonly (readonly [string, Readonly<Record<string, string>>, string, ...string[]])[] = [
    [
      'nobody listens',
      { HTTPS_PROXY: at(9) },
      'network-down',
      'No connection to proxy.example:9, the proxy to take',
      '(connection refused)',
    ],
    [
      'its name is not known',
      { HTTPS_PROXY: 'http://nowhere.example:3128' },
      'network-down',
      'No connection to nowhere.example:3128, the proxy to take',
      '(name not found)',
      'as HTTPS_PROXY says',
    ],
    [
      'squid finds no name',
      { ...tokenAt('unknown.example') },
      'network-down',
      NOT_FOUND,
      through(PORTS.squid, HTTPS_PROXY),
    ],
    [
      'tinyproxy finds no name',
      { ...tokenAt('unknown.example'), HTTPS_PROXY: at(PORTS.tinyproxy) },
      'network-down',
      '(unknown.example: the proxy cannot reach it, through proxy.example:',
    ],
    [
      'dante finds no name',
      { ...tokenAt('unknown.example'), HTTPS_PROXY: at(PORTS.dante, 'socks5') },
      'network-down',
      '(unknown.example: the proxy cannot reach it, through proxy.example:',
    ],
    [
      'nobody listens behind squid',
      { ...tokenAt(`${SERVICE}:444`) },
      'network-down',
      `(${SERVICE}:444: the proxy cannot reach it, through proxy.example:`,
    ],
    ['squid forbids', { ...tokenAt('forbidden.example') }, 'proxy-refused', 'HTTP 403', 'Nothing was sent'],
    [
      'dante forbids',
      { ...tokenAt('forbidden.example'), HTTPS_PROXY: at(PORTS.dante, 'socks5') },
      'proxy-refused',
      'its rules forbid it',
    ],
    [
      'squid asks who it is',
      { HTTPS_PROXY: at(PORTS.squidWithLogin) },
      'proxy-login',
      'asks who you are',
      '(Basic)',
    ],
    [
      'squid does not take the password',
      { HTTPS_PROXY: at(PORTS.squidWithLogin, 'http', wrong) },
      'proxy-login',
      'refused the user name and password',
    ],
    ['tinyproxy asks who it is', { HTTPS_PROXY: at(PORTS.tinyproxyWithLogin) }, 'proxy-login', '(Basic)'],
    ['dante asks who it is', { HTTPS_PROXY: at(PORTS.danteWithLogin, 'socks5') }, 'proxy-login', '(SOCKS5)'],
    [
      'dante does not take the password',
      { HTTPS_PROXY: at(PORTS.danteWithLogin, 'socks5', wrong) },
      'proxy-login',
      'refused the user name and password',
    ],
    [
      'squid takes the logins of a Windows domain only',
      { HTTPS_PROXY: at(PORTS.squidNegotiate) },
      'proxy-login',
      '(Negotiate, NTLM)',
      'Cntlm',
    ],
    [
      'mitmproxy shows a certificate of its own',
      { HTTPS_PROXY: at(PORTS.mitmproxy) },
      'connection-untrusted',
      'certificate is by “mitmproxy”',
      'NODE_EXTRA_CA_CERTS',
    ],
    ['a portal says 200 to everything', { HTTPS_PROXY: PORTAL }, 'connection-untrusted', 'nothing was sent'],
    [
      'its address is none',
      { HTTPS_PROXY: 'ftp://proxy.example' },
      'proxy-unusable',
      'http, https or socks5',
    ],
  ];
  for (const [what, variables, code, ...words] of cells) {
    test(what, async () => {
      const { server } = office;
      const begun = server.tokenRequestsBegun;
      const ended = await person.run(['refresh'], variables);
      assert.equal(ended.code, 1, ended.out);
      assert.match(ended.error, new RegExp(`\\[${code}\\]`), ended.error);
      for (const word of words) assert.ok(ended.error.includes(word), ended.error);
      assertNoSecret(ended);
      assert.equal(server.tokenRequestsBegun, begun);
      assert.equal(await server.refreshTokenState(token), 'live');
    });
  }

  test('no proxy stands before this machine itself, whatever the variables say', async () => {
    const here = { HTTPS_PROXY: at(9), HTTP_PROXY: at(9), ALL_PROXY: at(9) };
    const { origin } = new URL(office.server.apiUrl);
    const { out } = await person.run(['doctor'], { ...here, LATCHKEY_API_URL: origin });
    assert.match(out, /✓ Connection to 127\.0\.0\.1:\d+ \(directly, on this computer\)/);
  });
});

test('a proxy that dies while the service thinks leaves it uncertain, and says so', { skip }, async () => {
  const { server } = office;
  const person = await office.person({ HTTPS_PROXY: at(PORTS.squid) });
  await person.run(['login']);
  await letAge(person, MINUTE);
  const token = await person.refreshToken();
  server.setMood({ endpoint: 'token', times: 1, behaviour: { kind: 'hang' } });
  const begun = server.tokenRequestsBegun;
  const refreshing = person.run(['refresh'], { HTTPS_PROXY: at(PORTS.tinyproxy) });
  while (server.tokenRequestsBegun === begun) await new Promise((resolve) => setTimeout(resolve, 20));
  await stopTinyproxy();
  const { code, error } = await refreshing;
  assert.equal(code, 1);
  assert.match(error, /\[answer-lost\]/);
  assert.ok(error.includes(through(PORTS.tinyproxy, HTTPS_PROXY)), error);
  // Once it is gone before it has answered, that is no question.
  const later = await person.run(['refresh'], { HTTPS_PROXY: at(PORTS.tinyproxy) });
  assert.match(later.error, /\[network-down\]/);
  assert.equal(await server.refreshTokenState(token), 'live');
});
