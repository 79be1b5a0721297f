import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { runApp } from './run/app.mjs';
import { hasDisplay } from './run/display.mjs';
import { main } from './run/main.mjs';
import { practiceFolder, startPractice } from './run/practice.mjs';
import { runTerminal } from './run/terminal.mjs';
import { setUpApp, setUpTerminal } from './set-up/set-up.mjs';

/** @import { Environment } from './set-up/environment.mjs' */

/** Approves by itself, in the place of a browser: without a display nobody could. */
const practiceBrowser = fileURLToPath(new URL('practice-browser.mjs', import.meta.url));

/**
 * `npm start [-- --practice]`: the app, or, where no window can be shown, a sign-in in the terminal.
 */
await main(async (args) => {
  const windowed = await hasDisplay(process.env, process.platform);
  await (windowed ? setUpApp() : setUpTerminal());
  if (!windowed) process.stderr.write('There is no display here: signing in in the terminal.\n');

  const terminalArgs = ['login', ...args.filter((arg) => arg !== '--practice')];
  /** @param {Environment} environment */
  const run = (environment) =>
    windowed ? runApp(args, environment) : runTerminal(terminalArgs, environment);
  if (!args.includes('--practice')) return run(process.env);

  const practice = await startPractice(practiceFolder(process.platform, process.env, homedir()));
  const browser = windowed ? {} : { BROWSER: practiceBrowser };
  try {
    return await run({ ...process.env, ...practice.environment, ...browser });
  } finally {
    await practice.stop();
  }
});
