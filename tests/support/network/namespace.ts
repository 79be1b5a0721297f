import { execFileSync, spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

/** Whether a test may have networks of its own here. */
export function namespacesWork(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  return spawnSync('unshare', ['-n', '-m', 'ip', 'link', 'set', 'lo', 'up']).status === 0;
}

/** A network and mounts that nobody else sees, for as long as one process of its lives. */
export class Namespace implements AsyncDisposable {
  readonly #holder: ChildProcess;

  private constructor(holder: ChildProcess) {
    this.#holder = holder;
  }

  static async create(): Promise<Namespace> {
    const script = 'ip link set lo up && echo ready && exec sleep infinity';
    const holder = spawn('unshare', ['-n', '-m', 'sh', '-c', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    return new Namespace(holder);
  }

  get pid(): number {
    return this.#holder.pid ?? 0;
  }

  /** The command that runs another one in here. */
  command(words: readonly string[]): readonly string[] {
    return ['nsenter', '--target', String(this.pid), '--net', '--mount', '--', ...words];
  }

  /** Runs a shell's commands to their end. @throws where one fails */
  run(script: string): string {
    const [command = '', ...args] = this.command(['sh', '-ec', script]);
    return execFileSync(command, args, { encoding: 'utf8' });
  }

  start(words: readonly string[], options: SpawnOptions = {}): ChildProcess {
    const [command = '', ...args] = this.command(words);
    return spawn(command, args, options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#holder, 'exit');
    this.#holder.kill('SIGKILL');
    await ended;
  }
}

/** A cable between two of them; each end has an address of either family. */
export function connect(
  [left, leftName, ...leftAddresses]: readonly [Namespace, string, ...string[]],
  [right, rightName, ...rightAddresses]: readonly [Namespace, string, ...string[]],
): void {
  left.run(`ip link add ${leftName} type veth peer name ${rightName} netns ${right.pid}`);
  for (const [end, name, addresses] of [
    [left, leftName, leftAddresses],
    [right, rightName, rightAddresses],
  ] as const) {
    const nodad = (address: string) => (address.includes(':') ? 'nodad' : '');
    end.run(
      [
        ...addresses.map((address) => `ip address add ${address} dev ${name} ${nodad(address)}`),
        `ip link set ${name} up`,
      ].join('\n'),
    );
  }
}
