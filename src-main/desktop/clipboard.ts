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
    app.off('will-quit', onQuit);
    if ((await clipboard.readText()) === secret) clipboard.clear();
  };
  const onQuit = () => void takeAway();
  const timer = setTimeout(onQuit, STAY);
  app.once('will-quit', onQuit);
  clear = takeAway;
}
