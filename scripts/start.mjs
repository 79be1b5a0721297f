import { homedir } from 'node:os';
import { runApp } from './run/app.mjs';
import { hasDisplay } from './run/display.mjs';
import { main } from './run/main.mjs';
import { approvesByItself, practiceFolder, startPractice } from './run/practice.mjs';
import { readStartArguments, START_USAGE } from './run/start-arguments.mjs';
import { runTerminal, withoutDisplay } from './run/terminal.mjs';
import { setUpApp, setUpTerminal } from './set-up/set-up.mjs';

/** @import { Environment } from './set-up/environment.mjs' */

const WRONG_USE = 2;

/**
 * `npm start [-- --practice]`: the app, or, where no window can be shown, a sign-in in the terminal.
 */
await main(async (words) => {
  const given = readStartArguments(words);
  if (given === 'help') {
    process.stdout.write(START_USAGE);
    return 0;
  }
  if (given === null) {
    process.stderr.write(START_USAGE);
    return WRONG_USE;
  }
  const windowed = await hasDisplay(process.env, process.platform);
  await (windowed ? setUpApp() : setUpTerminal());
  if (!windowed) process.stderr.write(withoutDisplay(given.practice));

  const appArgs = [...(given.practice ? ['--practice'] : []), ...given.runtimeOptions];
  /** @param {Environment} environment */
  const run = (environment) =>
    windowed ? runApp(appArgs, environment) : runTerminal(['login'], environment);
  if (!given.practice) return run(process.env);

  const practice = await startPractice(practiceFolder(process.platform, process.env, homedir()));
  try {
    return await run({ ...process.env, ...practice.environment, ...(windowed ? {} : approvesByItself) });
  } finally {
    await practice.stop();
  }
});
