import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Vault } from '../../../src-main/vault/vault.ts';
import { BuiltTerminal, type Ended } from '../login/terminal.ts';
import { startPracticeServer, type PracticeServer } from '../practice/practice-server.ts';
import { Company, SERVICE } from './company.ts';

/** A company's network with the practice service behind it, and the companion at its desk. */
export class Office implements AsyncDisposable {
  readonly folder: string;
  readonly company: Company;
  readonly server: PracticeServer;
  readonly #terminal: BuiltTerminal;
  #persons = 0;

  private constructor(folder: string, company: Company, server: PracticeServer, terminal: BuiltTerminal) {
    this.folder = folder;
    this.company = company;
    this.server = server;
    this.#terminal = terminal;
  }

  /** Proxies are still to be started, and the service to be served. */
  static async create(): Promise<Office> {
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-office-'));
    // squid and danted go on as users of their own.
    await chmod(folder, 0o755);
    const [company, server, terminal] = await Promise.all([
      Company.create(folder),
      startPracticeServer(),
      BuiltTerminal.build(),
    ]);
    return new Office(folder, company, server, terminal);
  }

  /** @param variables what their environment has beside the service's addresses */
  async person(variables: Readonly<Record<string, string>>): Promise<Person> {
    this.#persons += 1;
    return new Person(this, await mkdtemp(join(this.folder, 'home-')), 18_910 + this.#persons, variables);
  }

  run(words: readonly string[], variables: Readonly<Record<string, string>>): Promise<Ended> {
    return this.#terminal.runIn((command) => this.company.desk.command(command), words, variables);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([
      this.#terminal[Symbol.asyncDispose](),
      this.company[Symbol.asyncDispose](),
      this.server.close(),
    ]);
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Somebody with files of their own. */
export class Person {
  readonly configFile: string;
  readonly dataDir: string;
  readonly #office: Office;
  readonly #variables: Readonly<Record<string, string>>;

  constructor(office: Office, home: string, port: number, variables: Readonly<Record<string, string>>) {
    this.#office = office;
    this.configFile = join(home, 'config.yaml');
    this.dataDir = join(home, 'data');
    this.#variables = {
      HOME: home,
      LATCHKEY_AUTHORIZE_URL: office.server.authorizeUrl,
      LATCHKEY_TOKEN_URL: `https://${SERVICE}/v1/oauth/token`,
      LATCHKEY_API_URL: `https://${SERVICE}`,
      LATCHKEY_CONFIG_FILE: this.configFile,
      LATCHKEY_DATA_DIR: this.dataDir,
      LATCHKEY_CALLBACK_PORT: String(port),
      ...variables,
    };
  }

  /** As of a login that another program got: nobody knows who gave it, so that whatever host is set is asked. */
  async forgetIssuer(): Promise<void> {
    const path = join(this.dataDir, 'accounts.json');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replaceAll(/"issuedBy":\s*"[^"]*"/g, '"issuedBy": null'));
  }

  run(words: readonly string[], changes: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return this.#office.run(words, { ...this.#variables, ...changes });
  }

  async refreshToken(): Promise<string> {
    const vault = new Vault({ configFile: this.configFile, dataDir: this.dataDir, keychain: null });
    return (await vault.find('default')).account?.credential?.refreshToken ?? assert.fail('signed out');
  }
}
