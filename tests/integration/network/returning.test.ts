import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MINUTE, SECOND } from '../../../src-main/domain/instant.ts';
import { letAge } from '../../support/login/signed-in.ts';
import { NEAR, SERVICE } from '../../support/network/company.ts';
import type { Order } from '../../support/network/keeping-child.ts';
import { namespacesWork } from '../../support/network/namespace.ts';
import { Office, type Person } from '../../support/network/office.ts';
import { LOGIN, PORTS, squid } from '../../support/network/proxies.ts';

const skip = namespacesWork() ? false : 'no network can be made here';
const keepingProgram = fileURLToPath(new URL('../../support/network/keeping-child.ts', import.meta.url));

let office: Office;

before(async () => {
  if (skip !== false) return;
  office = await Office.create();
  const { company, server, folder } = office;
  await Promise.all([company.serve(new URL(server.apiUrl)), company.run(squid(folder, company.service))]);
});

after(async () => {
  if (skip === false) await office[Symbol.asyncDispose]();
});

/** Signed in from the desk without a proxy, some time ago. */
async function signedIn(host = NEAR): Promise<Person> {
  const person = await office.person(serviceAt(host));
  const { code, out, error } = await person.run(['login']);
  assert.equal(code, 0, out + error);
  await letAge(person, MINUTE);
  return person;
}

const serviceAt = (host: string) => ({
  LATCHKEY_TOKEN_URL: `https://${host}/v1/oauth/token`,
  LATCHKEY_API_URL: `https://${host}`,
});

/** A process that keeps this person's login alive, as the app does; `next` is the next thing it says. */
async function keeping(t: TestContext, person: Person, host: string, more: Partial<Order> = {}) {
  const order: Order = {
    configFile: person.configFile,
    dataDir: person.dataDir,
    endpoints: {
      authorizeUrl: office.server.authorizeUrl,
      tokenUrl: `https://${host}/v1/oauth/token`,
      apiUrl: `https://${host}`,
    },
    isTold: true,
    ...more,
  };
  const child = office.company.desk.start([process.execPath, keepingProgram, JSON.stringify(order)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {},
  });
  t.after(async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  });
  const { stdin, stdout } = child;
  assert.ok(stdin !== null && stdout !== null);
  const lines = createInterface(stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  assert.equal(await next(), 'ready');
  return { refresh: () => stdin.write('\n'), next };
}

const link = (state: 'up' | 'down') => office.company.desk.run(`ip link set desk0 ${state}`);

test('the network comes back, and the login is renewed within seconds', { skip }, async (t) => {
  const person = await signedIn();
  const { refresh, next } = await keeping(t, person, NEAR);
  const rounds: number[] = [];
  const count = Number(process.env['ROUNDS'] ?? 1);
  for (let round = 0; round < count; round += 1) {
    link('down');
    refresh();
    assert.equal(await next(), 'refused network-down');
    await sleep(3 * SECOND);
    const back = performance.now();
    link('up');
    let said: string;
    do said = await next();
    while (said !== 'refreshed');
    rounds.push(performance.now() - back);
    await sleep(3 * SECOND);
  }
  t.diagnostic(`from up to renewed: ${rounds.map((each) => `${(each / SECOND).toFixed(1)} s`).join(', ')}`);
  assert.ok(Math.max(...rounds) < 10 * SECOND);
});

test('a network with IPv6 only does as well', { skip }, async () => {
  const { desk } = office.company;
  desk.run(
    'ip address add fd77::2/64 dev desk0 nodad 2>/dev/null || true; ip address flush dev desk0 scope global',
  );
  desk.run('ip -6 address add fd77::2/64 dev desk0 nodad');
  try {
    const person = await signedIn('near6.example');
    const renewed = await person.run(['refresh']);
    assert.deepEqual([renewed.code, renewed.error], [0, '']);
    const { out } = await person.run(['doctor'], { HTTPS_PROXY: `http://near6.example:${PORTS.squid}` });
    assert.ok(out.includes(`✓ Connection to near6.example (through near6.example:${PORTS.squid}`), out);
  } finally {
    desk.run('ip address add 10.77.0.2/24 dev desk0');
  }
});

test(
  "the setting's proxy gets the password that the keychain has, which stands in no file",
  { skip },
  async (t) => {
    const person = await signedIn();
    await person.forgetIssuer();
    const proxy = { use: 'this', address: `http://${LOGIN.user}@proxy.example:${PORTS.squidWithLogin}` };
    const file = join(person.dataDir, 'settings.json');
    await writeFile(file, JSON.stringify({ version: 1, termsAcknowledgedAt: null, settings: { proxy } }));
    const right = await keeping(t, person, SERVICE, { password: LOGIN.password });
    right.refresh();
    assert.equal(await right.next(), 'refreshed');
    await letAge(person, MINUTE);
    // The terminal here has no keychain, and says what it takes.
    const { code, error } = await person.run(['refresh'], serviceAt(SERVICE));
    assert.equal(code, 1);
    assert.ok(error.includes('[proxy-login]') && error.includes('as the settings say'), error);
  },
);
