import { mkdirSync, statSync } from 'node:fs';
import { createRequire, enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../login/environment.ts';
import { agentFor } from './agent-variable.ts';
import { EXIT } from './exit-code.ts';
import { Output } from './output.ts';
import { answerQuickly } from './quick.ts';

declare const __VERSION__: string;

/** What `node-command.ts` promises, which is a file of its own: most answers do without it. */
interface WholeProgram {
  readonly run: (
    words: readonly string[],
    variables: Readonly<Record<string, string | undefined>>,
  ) => Promise<void>;
}

const words = process.argv.slice(2);
const variables = { ...process.env };
const environment = () => readEnvironment(variables, process.platform, homedir());

const code = isNodeNewEnough(process.versions.node)
  ? answerQuickly(words, variables, environment, __VERSION__, Date.now())
  : tooOld();
if (code === null) {
  // Where an agent answers, no file is touched.
  if (agentFor(words[0], variables) === null) keepCompiled();
  const whole = createRequire(import.meta.url)('./node-command.cjs') as WholeProgram;
  void whole.run(words, variables);
} else {
  process.exitCode = code;
}

/** npm only warns. */
function isNodeNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 13);
}

function tooOld(): number {
  new Output().error(`✗ latchkey needs Node.js 22.13 or newer, and this is ${process.versions.node}\n`);
  return EXIT.failed;
}

/**
 * Lets V8 keep what it has compiled, in our own folder: it is run without a look next time, so nobody else may have
 * written it. A command that only asks makes no folder.
 */
function keepCompiled(): void {
  try {
    const { dataDir } = environment();
    const mine = (path: string) => {
      const { mode, uid } = statSync(path);
      return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
    };
    if (!mine(dataDir)) return;
    const folder = join(dataDir, 'command', 'compiled');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (mine(folder)) enableCompileCache(folder);
  } catch {
    // Without it, then.
  }
}
