import type { Arguments } from './arguments.ts';
import { EXIT } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

export const COMPLETION_SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
type CompletionShell = (typeof COMPLETION_SHELLS)[number];

/** `latchkey completion`: a script that asks `latchkey complete`, so that it knows what the installed version knows. */
export function completionCommand(
  { operands: [shell] }: Pick<Arguments, 'operands'>,
  { draw }: Pick<Terminal, 'draw'>,
): number {
  // `${` would be ours in the texts below.
  draw(SCRIPTS[shell as CompletionShell].replaceAll('§', '$'));
  return EXIT.fine;
}

/**
 * Each hands over the words as far as they are typed and gets a line for each way to go on, with a tab before what it
 * does. No line: it is the shell's own matter, of a file or of another command.
 */
const SCRIPTS: Readonly<Record<CompletionShell, string>> = {
  bash: String.raw`# latchkey completion for bash 4 and newer
_latchkey() {
  local current=§{COMP_WORDS[COMP_CWORD]} word
  COMPREPLY=()
  # Where bash has split --account=work at the equals sign.
  local -a words=("§{COMP_WORDS[@]:1:COMP_CWORD}")
  while IFS=$'\t' read -r word _; do
    [[ $word == "$current"* ]] && COMPREPLY+=("$word")
  done < <(latchkey complete -- "§{words[@]}" 2>/dev/null)
  ((§{#COMPREPLY[@]} > 0)) || compopt -o default -o bashdefault 2>/dev/null
}
complete -F _latchkey latchkey
`,
  zsh: String.raw`#compdef latchkey
_latchkey() {
  local -a lines
  lines=("§{(@f)$(latchkey complete -- "§{(@)words[2,CURRENT]}" 2>/dev/null)}")
  lines=("§{(@)lines:#}")
  if (( ! §{#lines} )); then
    local begin=§{words[(i)--]}
    if (( begin < CURRENT )); then
      shift $begin words
      (( CURRENT -= begin ))
      _normal
    else
      _files
    fi
    return
  fi
  # A colon is between a word and what it does.
  lines=("§{(@)lines//:/\\:}")
  lines=("§{(@)lines/$'\t'/:}")
  _describe latchkey lines
}
if [[ $funcstack[1] == _latchkey ]]; then _latchkey; else compdef _latchkey latchkey; fi
`,
  fish: String.raw`# latchkey completion for fish
function __latchkey_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l found (latchkey complete -- $words[2..-1] 2>/dev/null)
    if set -q found[1]
        printf '%s\\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c latchkey -f -a '(__latchkey_complete)'
`,
  powershell: String.raw`# latchkey completion for PowerShell
Register-ArgumentCompleter -Native -CommandName latchkey -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
    if ($wordToComplete -eq '') { $words += ' ' }
    latchkey complete -- @words 2>$null | ForEach-Object {
        $word, $does = $_ -split [char]9, 2
        if ($word -like "$wordToComplete*") {
            [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $(if ($does) { $does } else { $word }))
        }
    }
}
`,
};
