import { execFile } from 'node:child_process';
import { copyFileSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The folders of the system that a package of ours installs into. */
const INSTALLED_INTO = ['/opt', '/usr'];

/** Stands for what other packages have there. */
const OTHERS = '.others';

/**
 * What stands before a command so that it sees this machine with a folder's files laid over it, and no Node: in a
 * namespace of its own, as the user we are.
 */
const OVERLAID = `
over=$1 uid=$2 gid=$3; shift 3
for each in ${INSTALLED_INTO.join(' ')}; do
  mount -t overlay overlay -o "ro,lowerdir=$over$each:$each,userxattr" "$each" || exit 125
done
for each in /usr/bin/node /usr/bin/nodejs /usr/local/bin/node; do
  [ ! -e "$each" ] || mount --bind /dev/null "$each" || exit 125
done
exec unshare --user "--map-user=$uid" "--map-group=$gid" -- "$@"
`;

/**
 * A machine like this one on which packages can be installed without being root and without changing this one. dpkg
 * knows of the packages that are installed here, so dependencies count.
 */
export class Machine {
  readonly root = mkdtempSync(join(tmpdir(), 'machine-'));

  constructor() {
    for (const folder of ['opt', 'usr', 'var/lib/dpkg/info', 'var/lib/dpkg/updates', 'var/log']) {
      mkdirSync(join(this.root, folder), { recursive: true });
    }
    copyFileSync('/var/lib/dpkg/status', join(this.root, 'var/lib/dpkg/status'));
    // dpkg takes away a folder that is empty afterwards, and here nobody else is in it.
    for (const folder of INSTALLED_INTO) writeFileSync(join(this.root, folder, OTHERS), '');
  }

  /** @throws where dpkg refuses it, dependencies included */
  async install(deb: string): Promise<void> {
    await this.#dpkg('--install', deb);
  }

  async remove(name: string): Promise<void> {
    await this.#dpkg('--remove', name);
  }

  /** The files and links that packages have brought, without dpkg's own. */
  files(): readonly string[] {
    const found = (folder: string): readonly string[] =>
      readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.name === OTHERS) return [];
        return entry.isDirectory() ? found(path) : [`/${relative(this.root, path)}`];
      });
    return INSTALLED_INTO.flatMap((folder) => found(join(this.root, folder))).toSorted();
  }

  /** The folders that are left where a package was. */
  folders(): readonly string[] {
    const found = (folder: string): readonly string[] =>
      readdirSync(folder).flatMap((name) => {
        const path = join(folder, name);
        return lstatSync(path).isDirectory() ? [`/${relative(this.root, path)}`, ...found(path)] : [];
      });
    return INSTALLED_INTO.flatMap((folder) => found(join(this.root, folder)));
  }

  /** The command as this machine has it: to be run in its place. */
  on(...command: readonly string[]): readonly [program: string, ...args: string[]] {
    const ids = [String(process.getuid?.()), String(process.getgid?.())];
    const inside = ['sh', '-c', OVERLAID, 'sh', this.root, ...ids, ...command];
    return ['unshare', '--user', '--map-root-user', '--mount', '--', ...inside];
  }

  async #dpkg(...words: readonly string[]): Promise<void> {
    const forced = ['--force-not-root', '--force-script-chrootless', '--no-triggers'];
    await run('dpkg', [`--root=${this.root}`, ...forced, ...words], {
      // What it is to find of tools like ldconfig.
      env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C' },
      maxBuffer: 64 * 1024 * 1024,
    });
  }
}
