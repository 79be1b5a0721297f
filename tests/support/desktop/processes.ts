import { readdirSync, readFileSync } from 'node:fs';

/** A process as `/proc` shows it; proc(5). */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** The id of the session it belongs to, which is that of the process that began the session. */
  readonly session: number;
  /** Dead, and not yet reaped by its parent. */
  readonly zombie: boolean;
}

/** All processes of the namespace. */
export function listProcesses(): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [parseStat(readFileSync(`/proc/${name}/stat`, 'latin1'))];
      } catch {
        // It ended meanwhile.
        return [];
      }
    });
}

/** The living processes of a session. A program started in a session of its own has all its children there. */
export function processesOfSession(session: number): readonly Process[] {
  return listProcesses().filter((process) => process.session === session && !process.zombie);
}

/** A process's command line, for messages. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '(ended)';
  }
}

function parseStat(stat: string): Process {
  // The second field is the program's name in parentheses and may hold anything.
  const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const field = (number: number) => Number(fields[number - 4]);
  return {
    pid: Number.parseInt(stat),
    parent: field(4),
    session: field(6),
    zombie: state === 'Z' || state === 'X',
  };
}
