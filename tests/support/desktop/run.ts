import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

/**
 * `node tests/support/desktop/run.ts -- <command> <argument>…`: runs a command on a desktop of its own (screen, bus,
 * panel, keyring, home) and ends with the command's exit code. Whatever becomes of this process, also when it is
 * killed, no process and no temporary file outlives it.
 *
 * The desktop lives in its own PID namespace, of which session.ts is process 1: when that ends, the kernel ends all
 * others. Chromium's sandbox, which the tests need, asks no less of the machine. An ordinary user gets the
 * namespace inside a user namespace of their own; root needs none, and session.ts lets an ordinary user run the
 * desktop.
 */
const [separator, ...command] = process.argv.slice(2);
if (separator !== '--' || command.length === 0) {
  process.stderr.write('Usage: node tests/support/desktop/run.ts -- <command> <argument>…\n');
  process.exit(2);
}

const userNamespace = process.getuid?.() === 0 ? [] : ['--user', '--map-current-user'];
const session = spawn(
  'unshare',
  [
    ...userNamespace,
    '--pid',
    '--fork',
    '--kill-child',
    '--mount-proc',
    process.execPath,
    fileURLToPath(new URL('session.ts', import.meta.url)),
    ...command,
  ],
  // Apart from our process group: Ctrl-C is for us alone, who then end the session in good order. It ends itself
  // when it finds the channel to us closed.
  { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true },
);
session.on('error', (error) => {
  process.stderr.write(`The test desktop cannot start: ${error.message}\n`);
  process.exitCode = 1;
});

let stoppedBy: NodeJS.Signals | null = null;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stoppedBy = signal;
    if (session.connected) session.disconnect();
  });
}
session.on('exit', (code) => {
  process.exitCode = stoppedBy === null ? (code ?? 1) : 128 + constants.signals[stoppedBy];
});
