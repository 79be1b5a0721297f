import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import { systemClock } from '../../../src-main/login/clock.ts';
import { signedIn, type Stage } from '../../support/login/signed-in.ts';
import { variablesOf, type BuiltTerminal, type Run } from '../../support/login/terminal.ts';
import { until } from '../../support/desktop/until.ts';

/** Folders go there: a sandbox hides the home folder, and `/tmp` is where others look first. */
export const TEMPORARY = '/var/tmp';

export interface Machine {
  readonly stage: Stage;
  /** Where `latchkey` and a `claude` are, which prints the token that it got. */
  readonly bin: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Starts `latchkey agent`, until the test ends. */
  readonly agent: (words?: readonly string[]) => Promise<{ readonly run: Run; readonly path: string }>;
  /** Lines of a shell, as a person types them. */
  readonly sh: (lines: string, more?: Readonly<Record<string, string>>) => Promise<Outcome>;
}

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** A machine on which `latchkey` is installed, and somebody signed in. */
export async function machine(t: TestContext, terminal: BuiltTerminal): Promise<Machine> {
  const stage = await signedIn(t, { clock: systemClock });
  const bin = await mkdtemp(join(TEMPORARY, 'latchkey-bin-'));
  t.after(() => rm(bin, { recursive: true, force: true }));
  const programs = {
    latchkey: `exec '${terminal.program.join("' '")}' "$@"`,
    claude: 'printf "claude has %s\\n" "$CLAUDE_CODE_OAUTH_TOKEN"',
  };
  for (const [name, line] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  }
  await chmod(bin, 0o755);
  const environment = {
    ...variablesOf(stage, 18_897),
    PATH: `${bin}:${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`,
  };
  return {
    stage,
    bin,
    environment,
    agent: async (words = []) => {
      const run = terminal.start(['agent', ...words], environment);
      t.after(() => run.process.kill('SIGKILL'));
      return { run, path: await pathOf(run) };
    },
    sh: async (lines, more = {}) => {
      const ended = await promisify(execFile)('bash', ['-c', lines], {
        env: { ...environment, ...more },
      }).catch((error: unknown) => error as { code: number; stdout: string; stderr: string });
      return { code: 'code' in ended ? ended.code : 0, out: ended.stdout, error: ended.stderr };
    },
  };
}

/** The socket's path, from the first line of an agent. */
export async function pathOf({ process: child }: Run): Promise<string> {
  let out = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  return until('the first line', () => /^LATCHKEY_AGENT=(.*)\n/.exec(out)?.[1], 20_000);
}
