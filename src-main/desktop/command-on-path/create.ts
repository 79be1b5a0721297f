import { join } from 'node:path';
import type { PackageKind } from '../../domain/updates.ts';
import type { CommandOnPath } from '../../login/ports.ts';
import { CommandLink } from './command-link.ts';
import { runPowerShell, UserPath } from './user-path.ts';

/** Where this app lies, and whose it is. */
export interface CommandFacts {
  readonly packageKind: PackageKind;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** The app's own program. */
  readonly executable: string;
  /** The package's `resources` folder. */
  readonly resources: string;
  /** The AppImage we run from, if any. */
  readonly appImage: string | null;
}

/** Of the package's launcher: a link to an AppImage could not say which of the two it is wanted as. */
const OPTIONS =
  '--no-sandbox --no-zygote --ozone-platform=headless --disable-gpu --disable-software-rasterizer --log-level=3';

/**
 * How the `latchkey` command gets on the path, and off it again; `null` where it is there already, by whoever installed
 * the package, or where there is none (docs/decisions/command-in-the-app.md). Nobody is asked for an administrator's rights.
 */
export function createCommandOnPath(facts: CommandFacts): CommandOnPath | null {
  const { packageKind, platform, home, executable, resources, appImage } = facts;
  if (['checkout', 'npm', 'deb', 'rpm'].includes(packageKind)) return null;
  const ownFolder = join(home, '.local', 'bin');
  if (platform === 'win32') {
    return new UserPath(join(executable, '..', 'bin'), (script, value) =>
      runPowerShell(process.env['SystemRoot'] ?? 'C:\\Windows', script, value),
    );
  }
  if (platform === 'darwin') {
    // Where macOS runs an app that was not moved from where it was downloaded, or from its image: gone tomorrow.
    if (/\/AppTranslocation\/|^\/Volumes\//.test(executable)) return null;
    const target = join(resources, 'bin', 'latchkey');
    return new CommandLink({ target }, ['/usr/local/bin'], ownFolder);
  }
  if (appImage === null)
    return new CommandLink({ target: join(executable, '..', 'latchkey') }, [], ownFolder);
  const program = `'${appImage.replaceAll("'", `'\\''`)}'`;
  return new CommandLink({ script: `exec ${program} ${OPTIONS} --command -- "$@"` }, [], ownFolder);
}
