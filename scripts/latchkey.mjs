import { main } from './run/main.mjs';
import { runTerminal } from './run/terminal.mjs';
import { setUpTerminal } from './set-up/set-up.mjs';

/** `npm run --silent latchkey -- <command>`: the terminal companion; standard output is its alone. */
await main(async (args) => {
  await setUpTerminal();
  return runTerminal(args, process.env);
});
