import type { EnvShell } from './arguments.ts';
import { EXIT } from './exit-code.ts';
import { handingOut, type HandOut } from './hand-out.ts';
import { STRONGER_VARIABLES, TOKEN_VARIABLE } from './program-environment.ts';

/** `latchkey env`: what `exec` does to the environment, as lines that a shell evaluates. */
export const putIntoEnvironment: HandOut = (token, _facts, { shell }, { out }) => {
  envLines(token, shell ?? (process.platform === 'win32' ? 'powershell' : 'sh')).forEach(out);
  return EXIT.fine;
};

export const envCommand = handingOut(putIntoEnvironment);

/** @param token of a service that might put anything into it: quoted, so that it is a word and nothing more */
export function envLines(token: string, shell: EnvShell): readonly string[] {
  switch (shell) {
    case 'sh':
      return [
        `unset ${STRONGER_VARIABLES.join(' ')};`,
        `export ${TOKEN_VARIABLE}='${token.replaceAll("'", String.raw`'\''`)}';`,
      ];
    case 'fish':
      return [
        ...STRONGER_VARIABLES.map((name) => `set -e ${name};`),
        `set -gx ${TOKEN_VARIABLE} '${token.replace(/[\\']/g, String.raw`\$&`)}';`,
      ];
    case 'powershell':
      return [
        ...STRONGER_VARIABLES.map((name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue;`),
        `$env:${TOKEN_VARIABLE} = '${token.replace(/['‘’‚‛]/g, '$&$&')}';`,
      ];
  }
}
