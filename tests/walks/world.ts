import { cp, mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate as nextTick, setTimeout as delay } from 'node:timers/promises';
import { HOUR } from '../../src-main/domain/instant.ts';
import type { Login } from '../../src-main/login/login.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { NamedKeychain } from './keychain.ts';
import { Latchkey, type Keychains, type Surroundings } from './latchkey.ts';
import { Disk, outside } from './process.ts';
import { SharedFile } from './shared-file.ts';
import { CONTAINER, TokenService, type Family } from './token-service.ts';

const PEOPLE = ['ada', 'grace', 'hedy', 'joan', 'mary', 'edith', 'emmy', 'lise', 'ida', 'vera'];

/** Turns of the event loop without anything under way, after which nothing more comes by itself. */
const CALM = 12;

/** One machine with one config file, the app that may run on it, commands, a container, and everybody else. */
export class World implements Surroundings {
  readonly clock = new FakeClock(Date.now());
  readonly service = new TokenService(() => this.clock.now());
  readonly disk = new Disk();
  readonly keychains: Keychains | null;
  readonly folder: string;
  readonly file: SharedFile;
  /** What the app and commands remember; a container has a folder of its own. */
  readonly dataDir: string;
  readonly containerDir: string;
  /** The folder of somebody's dotfiles. */
  readonly dotfiles: string;
  /** Each text that the config file has had and that could be read. */
  readonly texts: string[] = [];
  /** The config file before somebody broke it; `null` while it is whole. */
  whole: string | null = null;
  /** A copy of `dataDir`. */
  backup: string | null = null;
  readonly faults: unknown[] = [];
  app: Latchkey | null = null;
  /** It was killed, and not quit: whoever uses it starts it again. */
  wasKilled = false;
  meanwhile: (() => Promise<void>) | null = null;
  readonly #commands = new Set<Latchkey>();
  /** What the watch on the app's files has seen. */
  #watched = '';

  static async make(hasKeychain: boolean): Promise<World> {
    return new World(await mkdtemp(join(tmpdir(), 'latchkey-walk-')), hasKeychain);
  }

  private constructor(folder: string, hasKeychain: boolean) {
    this.folder = folder;
    this.file = new SharedFile(join(folder, 'shared', 'config.yaml'));
    this.dataDir = join(folder, 'data');
    this.containerDir = join(folder, 'container');
    this.dotfiles = join(folder, 'dotfiles');
    this.keychains = hasKeychain ? { copies: new NamedKeychain(), secrets: new NamedKeychain() } : null;
  }

  get isKeychainLocked(): boolean {
    return this.keychains?.copies.isLocked === true;
  }

  set isKeychainLocked(is: boolean) {
    if (this.keychains === null) return;
    this.keychains.copies.isLocked = is;
    this.keychains.secrets.isLocked = is;
  }

  get configFile(): string {
    return this.file.path;
  }

  onFault(error: unknown): void {
    this.faults.push(error);
  }

  async end(): Promise<void> {
    this.disk.full = [];
    await this.app?.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Somebody who has no login so far. */
  newcomer(): string {
    const { size } = new Set(this.service.families.map(({ person }) => person));
    return PEOPLE[size] ?? `person${size}`;
  }

  async startApp(): Promise<void> {
    const app = new Latchkey('the app', this.dataDir, this, this.keychains);
    this.app = app;
    this.wasKilled = false;
    await app.do(async (login) => {
      await login.start();
      login.keep();
    });
    await this.idle();
  }

  async quitApp(): Promise<void> {
    const { app } = this;
    this.app = null;
    await app?.stop();
    await this.#forgetMemory();
  }

  /** A command of the terminal, from its start to its end. */
  command(place: 'terminal' | 'container', work: (login: Login) => unknown): Promise<unknown> {
    return place === 'terminal'
      ? this.#command(new Latchkey('a command', this.dataDir, this, this.keychains), work)
      : this.#command(new Latchkey(CONTAINER, this.containerDir, this, null), work);
  }

  async #command(command: Latchkey, work: (login: Login) => unknown): Promise<unknown> {
    this.#commands.add(command);
    const answer = await command.do(async (login) => {
      await login.catchUp();
      await outside(() => this.#look(command));
      return work(login);
    });
    await command.stop();
    this.#commands.delete(command);
    await this.#forgetMemory();
    return answer;
  }

  /** Lets time pass in steps of an hour at least: timers that are due earlier are late then. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.clock.now() + milliseconds;
    while (this.clock.now() < end) {
      this.clock.advance(Math.min(end - this.clock.now(), Math.max(HOUR, this.clock.untilNext)));
      await this.idle();
    }
  }

  /** Waits until nothing is under way, and the app has noticed what became of its files. */
  async idle(): Promise<void> {
    for (let round = 0; round < 6; round++) {
      await this.#calm();
      if (this.app?.process.isDead === true) {
        this.app = null;
        this.wasKilled = true;
        await this.#forgetMemory();
      }
      const records = await readFile(join(this.dataDir, 'accounts.json'), 'utf8').catch(() => '');
      const real = await realpath(this.configFile).catch(() => '');
      const watched = `${real}${(await this.file.text()) ?? ''}${records}`;
      if (this.app === null || watched === this.#watched) break;
      this.#watched = watched;
      await this.file.rest();
      this.app.notice();
    }
    if (this.app !== null) await this.#look(this.app);
    // What somebody takes out of the file while our folder takes no copy is gone, which is told.
    if (this.disk.full.length > 0) await this.#giveUp(() => true);
  }

  async #calm(): Promise<void> {
    let calm = 0;
    for (let turn = 1; calm < CALM; turn++) {
      // Locks are tried again by real timers.
      await (turn % 10 === 0 ? delay(1) : nextTick());
      const running = [...this.#commands, ...(this.app === null ? [] : [this.app])];
      calm = running.some(({ isBusy }) => isBusy) ? 0 : calm + 1;
      if (turn > 10_000) throw new Error('it never comes to rest');
    }
  }

  /** What is in the file has been seen, and written down where there is room for it. */
  async #look({ process }: Latchkey): Promise<void> {
    if (this.disk.full.length === 0 && (await this.file.entries()) !== null)
      this.service.seen((await this.file.text()) ?? '', process.name);
  }

  /** A process has ended, and what it alone knew with it: of what had no time or no room nobody knows. */
  async #forgetMemory(): Promise<void> {
    const hadNoRoom = this.disk.full.length > 0 || this.isKeychainLocked;
    const hadNoTime = ({ turnedAt, turnedBy }: Family) =>
      this.wasKilled && turnedBy === 'latchkey' && turnedAt === this.service.turn;
    await this.#giveUp((family) => hadNoRoom || hadNoTime(family));
  }

  async #giveUp(isExcused: (family: Family) => boolean): Promise<void> {
    const kept = await this.kept();
    for (const family of this.service.families)
      if (!kept.includes(family.current) && isExcused(family)) family.givenUp ??= 'gone';
  }

  /** The data folder is as it was when it was backed up. */
  async restoreData(backup: string): Promise<void> {
    await this.quitApp();
    for (const name of await this.#ownFiles())
      await rm(join(this.dataDir, name), { recursive: true, force: true });
    await cp(backup, this.dataDir, { recursive: true });
    // What lay there alone, and came after the backup, is gone.
    await this.#giveUp(() => true);
    await this.startApp();
  }

  async backUpData(): Promise<void> {
    this.backup = join(this.folder, `backup-${this.service.turn}`);
    for (const name of await this.#ownFiles())
      await cp(join(this.dataDir, name), join(this.backup, name), { recursive: true });
  }

  /** But for sockets and locks, which no program copies. */
  async #ownFiles(): Promise<readonly string[]> {
    const names = await readdir(this.dataDir).catch(() => []);
    return names.filter((name) => !name.endsWith('.lock') && name !== 'agent');
  }

  /** All that is kept on the disk and in the keychain. */
  async kept(): Promise<string> {
    let all = '';
    for (const folder of [dirname(this.configFile), this.dataDir, this.containerDir, this.dotfiles]) {
      const names = await readdir(folder).catch(() => []);
      for (const name of names) all += await readFile(join(folder, name), 'utf8').catch(() => '');
    }
    const chains = this.keychains === null ? [] : [this.keychains.copies, this.keychains.secrets];
    for (const { held } of chains)
      for (const { credential } of held) all += `${credential.refreshToken ?? ''}\n`;
    return all;
  }
}
