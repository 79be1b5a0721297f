import { app, clipboard } from 'electron';
import { MINUTE } from '../domain/instant.ts';

/** How long a secret stays on the clipboard. */
const STAY = MINUTE;

/** Takes the last secret away. */
let clear: (() => Promise<void>) | null = null;

/** Puts a secret on the clipboard and takes it away again, if it still is there, after a minute or when the app quits. */
export async function copySecret(secret: string): Promise<void> {
  await clear?.();
  await clipboard.writeText(secret);
  const takeAway = async () => {
    clear = null;
    clearTimeout(timer);
    app.off('before-quit', onQuit);
    if ((await clipboard.readText()) === secret) clipboard.clear();
  };
  // The app waits for it: by then nothing listens any more, and the second quit passes.
  const onQuit = (event: Electron.Event) => {
    event.preventDefault();
    void takeAway().finally(() => app.quit());
  };
  const timer = setTimeout(() => void takeAway(), STAY);
  app.on('before-quit', onQuit);
  clear = takeAway;
}
