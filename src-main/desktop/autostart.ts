import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { app } from 'electron';
import type { Autostart } from '../login/ports.ts';

/**
 * macOS and Windows through Electron, Linux through a desktop entry in the autostart folder (XDG autostart).
 *
 * @param appImage the AppImage we run from, if any: its contents are mounted under a name that another user could take
 *   once we have ended
 */
export function createAutostart(configHome: string, appImage: string | null): Autostart {
  if (process.platform !== 'linux') {
    return {
      isOn: () => app.getLoginItemSettings().openAtLogin,
      set: (on) => app.setLoginItemSettings({ openAtLogin: on }),
    };
  }
  const path = join(configHome, 'autostart', 'latchkey.desktop');
  const entry = desktopEntry(
    app.isPackaged ? [appImage ?? process.execPath] : [process.execPath, app.getAppPath()],
  );
  return {
    // Another program's idea of it, or that of a copy elsewhere, is not ours.
    isOn: () => readOrNull(path) === entry,
    set: (on) => {
      if (!on) {
        rmSync(path, { force: true });
        return;
      }
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, entry);
    },
  };
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function desktopEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Latchkey',
    'Comment=Keeps you signed in to Claude',
    `Exec=${command.map(quoted).join(' ')}`,
    // Whoever takes the app away leaves this behind: it is the person's. Sessions pass over it then.
    `TryExec=${(command[0] ?? '').replaceAll('\\', '\\\\')}`,
    'Terminal=false',
    '',
  ].join('\n');
}

/** Desktop Entry Specification, "The Exec key": quoted, with the reserved characters escaped, `%` doubled. */
function quoted(argument: string): string {
  const escaped = argument.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  // The value of a key is unescaped once more, before the quoting is read.
  return `"${escaped}"`.replaceAll('\\', '\\\\');
}
