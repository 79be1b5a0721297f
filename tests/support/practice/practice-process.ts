import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { PracticeServer } from './practice-server.ts';

/** The practice server in a process of its own, as `npm start -- --practice` runs it. */
export async function startPracticeProcess(
  dataDir: string,
): Promise<Pick<PracticeServer, 'authorizeUrl' | 'tokenUrl' | 'apiUrl' | 'controlKey'> & AsyncDisposable> {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, '--data-dir', dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const told = JSON.parse(line) as Pick<
    PracticeServer,
    'authorizeUrl' | 'tokenUrl' | 'apiUrl' | 'controlKey'
  >;
  return {
    ...told,
    [Symbol.asyncDispose]: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
