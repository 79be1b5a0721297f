import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { connect as connectTo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makeAuthority, type Authority } from './authority.ts';
import { connect, Namespace } from './namespace.ts';
import { LOGIN, PROXY_HOST, PROXY_HOST_6, type ProxyProgram } from './proxies.ts';
import type { Relay } from './relay.ts';

const relayProgram = fileURLToPath(new URL('relay.ts', import.meta.url));

/** Where the service is: only the company's own machines reach it, and know its name. */
const SERVICE_HOST = '10.88.0.2';
/** Who the service's certificate is for: behind the proxies, and near, where a test needs no proxy. */
export const SERVICE = 'service.example';
export const NEAR = 'near.example';
const PORTAL_PORT = 8081;

/**
 * A company's network in namespaces of its own: `desk` is where a person sits, who reaches the machine with the proxies
 * and nothing else; `machine` has the proxies; behind it is the world, with the service. What the service answers comes from a server
 * of the test, which `serve` names.
 */
export class Company implements AsyncDisposable {
  readonly desk: Namespace;
  readonly machine: Namespace;
  readonly service: Authority;
  /** For what the proxies need. */
  readonly folder: string;
  readonly #world: Namespace;
  readonly #running = new Set<ChildProcess>();
  readonly #doors: Server[] = [];

  private constructor(
    { desk, machine, world }: Record<'desk' | 'machine' | 'world', Namespace>,
    service: Authority,
    folder: string,
  ) {
    this.desk = desk;
    this.machine = machine;
    this.#world = world;
    this.service = service;
    this.folder = folder;
  }

  static async create(folder: string): Promise<Company> {
    const [desk, machine, world] = [
      await Namespace.create(),
      await Namespace.create(),
      await Namespace.create(),
    ];
    const names = [
      SERVICE,
      NEAR,
      'near6.example',
      'proxy.example',
      'forbidden.example',
      PROXY_HOST,
      SERVICE_HOST,
    ];
    mkdirSync(join(folder, 'service'));
    const service = makeAuthority(join(folder, 'service'), 'Example World', names);
    connect(
      [desk, 'desk0', '10.77.0.2/24', 'fd77::2/64'],
      [machine, 'machine0', `${PROXY_HOST}/24`, `${PROXY_HOST_6}/64`],
    );
    connect([machine, 'outside0', '10.88.0.1/24'], [world, 'world0', `${SERVICE_HOST}/24`]);
    const company = new Company({ desk, machine, world }, service, folder);
    company.#name(
      machine,
      `${SERVICE_HOST} ${SERVICE}\n10.88.0.3 forbidden.example\n${PROXY_HOST_6} near6.example`,
    );
    company.#name(desk, `${PROXY_HOST} proxy.example ${NEAR}\n${PROXY_HOST_6} near6.example`);
    company.#trust(desk);
    company.#knowUser(machine);
    return company;
  }

  /** Which names are known in there; nobody else is asked. */
  #name(namespace: Namespace, lines: string): void {
    const hosts = join(this.folder, `hosts-${namespace.pid}`);
    writeFileSync(hosts, `127.0.0.1 localhost\n::1 localhost\n${lines}\n`);
    const resolver = join(this.folder, 'resolv.conf');
    // On the machine it says of every other name that there is none; at the desk nobody listens.
    writeFileSync(resolver, 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n');
    namespace.run(`mount --bind ${hosts} /etc/hosts; mount --bind ${resolver} /etc/resolv.conf`);
  }

  /** The person's system trusts the service's authority: its store has it, and no variable names it. */
  #trust(namespace: Namespace): void {
    const store = join(this.folder, 'store');
    mkdirSync(store);
    cpSync(this.service.authority, join(store, 'example-world.pem'));
    execFileSync('openssl', ['rehash', store]);
    namespace.run(`mount --bind ${store} /etc/ssl/certs`);
  }

  /** danted asks the system who may log in. */
  #knowUser(namespace: Namespace): void {
    const hash = execFileSync('openssl', ['passwd', '-6', LOGIN.password], { encoding: 'utf8' }).trim();
    const lines = {
      passwd: `${LOGIN.user}:x:7777:7777::/nonexistent:/bin/false\n`,
      shadow: `${LOGIN.user}:${hash}:20000:0:99999:7:::\n`,
    };
    for (const [name, line] of Object.entries(lines)) {
      const path = join(this.folder, name);
      writeFileSync(path, readFileSync(`/etc/${name}`, 'utf8') + line, { mode: 0o600 });
      namespace.run(`chmod ${name === 'passwd' ? '644' : '600'} ${path}; mount --bind ${path} /etc/${name}`);
    }
  }

  /**
   * Has the service answer as the server does that listens at this URL, which is loopback here: over TLS behind the
   * proxies, near the desk by either family, and in clear text on the desk's own loopback, as a browser's part needs it.
   */
  async serve({ port }: URL): Promise<void> {
    const to = join(this.folder, `door-${port}`);
    const door = createServer((socket) => {
      const onward = connectTo(Number(port), '127.0.0.1');
      for (const [one, other] of [
        [socket, onward],
        [onward, socket],
      ] as const) {
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
        one.pipe(other);
      }
    });
    this.#doors.push(door);
    await once(door.listen(to), 'listening');
    const { key, cert } = this.service;
    const tls = { key, cert };
    await Promise.all([
      this.#relay(this.#world, [{ host: SERVICE_HOST, port: 443, tls, to }]),
      this.#relay(this.machine, [
        { host: PROXY_HOST, port: 443, tls, to },
        { host: PROXY_HOST_6, port: 443, tls, to },
        { host: PROXY_HOST, port: PORTAL_PORT },
        { host: '127.0.0.1', port: 53, isNameServer: true },
      ]),
      this.#relay(this.desk, [{ host: '127.0.0.1', port: Number(port), to }]),
    ]);
  }

  async #relay(namespace: Namespace, relays: readonly Relay[]): Promise<void> {
    const child = namespace.start([process.execPath, relayProgram, JSON.stringify(relays)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {},
    });
    this.#running.add(child);
    if (child.stdout !== null) await once(child.stdout, 'data');
  }

  /** Starts a proxy; the answer ends it, at once and whatever it is doing. */
  async run({ words, port }: ProxyProgram): Promise<() => Promise<void>> {
    const child = this.machine.start(words, { stdio: ['ignore', 'ignore', 'ignore'], detached: true });
    this.#running.add(child);
    const hex = port.toString(16).toUpperCase().padStart(4, '0');
    const isListening = () => new RegExp(`:${hex} \\S+ 0A`).test(this.machine.run('cat /proc/net/tcp'));
    for (let tries = 0; !isListening(); tries += 1) {
      if (tries > 200 || child.exitCode !== null)
        throw new Error(`${words[0] ?? ''} does not listen on ${port}`);
      await sleep(100);
    }
    return () => this.#end(child);
  }

  async #end(child: ChildProcess): Promise<void> {
    if (!this.#running.delete(child) || child.exitCode !== null || child.pid === undefined) return;
    const ended = once(child, 'exit');
    try {
      // With what it has forked.
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      child.kill('SIGKILL');
    }
    await ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#running].map((child) => this.#end(child)));
    for (const door of this.#doors) door.close();
    await Promise.all([this.desk, this.machine, this.#world].map((each) => each[Symbol.asyncDispose]()));
  }
}

export const PORTAL = `http://${PROXY_HOST}:${PORTAL_PORT}`;
