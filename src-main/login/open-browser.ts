import { spawn } from 'node:child_process';

/** The command that opens a URL here, or `null` where there is no screen to open it on. */
export function browserCommand(
  platform: NodeJS.Platform,
  variables: Readonly<Record<string, string | undefined>>,
): readonly string[] | null {
  if (platform === 'darwin') return ['open'];
  // Not `start`: it would hand the URL's `&` to the shell.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  const hasScreen = Boolean(variables['DISPLAY'] ?? variables['WAYLAND_DISPLAY']);
  // It knows the person's own choice, BROWSER among others.
  if (hasScreen) return ['xdg-open'];
  // Without a screen that choice is all there is: alternatives with colons between them, `%s` for the URL.
  const words = (variables['BROWSER'] ?? '').split(':')[0]?.split(' ') ?? [];
  const command = words.filter((word) => word !== '' && word !== '%s');
  return command.length === 0 ? null : command;
}

/**
 * Opens a URL; rejects when there is no starter or it failed. May take as long as the browser runs, where the starter
 * waits for it.
 */
export function openBrowser(command: readonly string[] | null, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const [program, ...options] = command ?? [];
    if (program === undefined) {
      reject(new Error('no browser here'));
      return;
    }
    // Detached: a Ctrl-C in our terminal is not meant for the person's browser.
    const child = spawn(program, [...options, url], { stdio: 'ignore', detached: true });
    // Where the starter is the browser itself, a command must not last until that is closed.
    child.unref();
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error('the browser did not start'));
    });
  });
}
