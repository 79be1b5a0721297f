import type { EnvShell, Handed } from './arguments.ts';
import { EXIT } from './exit-code.ts';
import { handingOut, type HandOut } from './hand-out.ts';
import { PROGRAM_VARIABLES } from './program-environment.ts';

/** `latchkey env`: what `exec` does to the environment, as lines that a shell evaluates. */
export const putIntoEnvironment: HandOut = (token, _facts, { shell, as }, { out }) => {
  envLines(token, shell ?? (process.platform === 'win32' ? 'powershell' : 'sh'), as).forEach(out);
  return EXIT.fine;
};

export const envCommand = handingOut(putIntoEnvironment);

/** @param token of a service that might put anything into it: quoted, so that it is a word and nothing more */
export function envLines(token: string, shell: EnvShell, as: Handed = 'login'): readonly string[] {
  const { sets, removes } = PROGRAM_VARIABLES[as];
  switch (shell) {
    case 'sh':
      return [`unset ${removes.join(' ')};`, `export ${sets}='${token.replaceAll("'", String.raw`'\''`)}';`];
    case 'fish':
      return [
        ...removes.map((name) => `set -e ${name};`),
        `set -gx ${sets} '${token.replace(/[\\']/g, String.raw`\$&`)}';`,
      ];
    case 'powershell':
      return [
        ...removes.map((name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue;`),
        `$env:${sets} = '${token.replace(/['‘’‚‛]/g, '$&$&')}';`,
      ];
  }
}
