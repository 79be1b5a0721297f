import { execFile } from 'node:child_process';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { existing } from './files/atomic-write.ts';

/** How git stands to a file in one of its work trees. */
export interface InWorkTree {
  readonly folder: string;
  readonly state: 'ignored' | 'tracked' | 'neither';
}

const PATIENCE_MS = 5_000;

/** The work tree that a file lies in; `null` for none, or where git cannot be asked. Never rejects. */
export async function workTreeOf(path: string): Promise<InWorkTree | null> {
  const folder = await holderOf(dirname(path));
  if (folder === null) return null;
  const tracked = await git(folder, '--literal-pathspecs', 'ls-files', '--error-unmatch', '--', path);
  if (tracked === 0) return { folder, state: 'tracked' };
  const ignored = await git(folder, 'check-ignore', '-q', '--', path);
  if (ignored === 0) return { folder, state: 'ignored' };
  return ignored === 1 ? { folder, state: 'neither' } : null;
}

/** Has git ignore the file, and what we keep beside it, on this computer alone. @throws the system's error */
export async function excludeFromGit(folder: string, path: string): Promise<void> {
  const file = join(await commonFolder(folder), 'info', 'exclude');
  await mkdir(dirname(file), { recursive: true });
  const before = (await existing(readFile(file, 'utf8'))) ?? '';
  const place = patternOf(relative(folder, dirname(path)).split(sep).join('/'));
  const name = patternOf(basename(path));
  const at = place === '' ? '/' : `/${place}/`;
  const lines = [`${at}${name}`, `${at}.${name}.latchkey*`].filter(
    (line) => !before.split('\n').includes(line),
  );
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  if (lines.length > 0) await writeFile(file, `${before}${gap}${lines.join('\n')}\n`);
}

/** What stands for itself in a pattern of gitignore(5). */
function patternOf(text: string): string {
  return text.replace(/[\\*?[\]!#]/g, '\\$&').replace(/ $/, '\\ ');
}

/** The nearest folder with a `.git` in it. */
async function holderOf(folder: string): Promise<string | null> {
  for (let at = folder; ; at = dirname(at)) {
    if ((await stat(join(at, '.git')).catch(() => null)) !== null) return at;
    if (dirname(at) === at) return null;
  }
}

/** Where a repository keeps what all its work trees share. */
async function commonFolder(folder: string): Promise<string> {
  const dotGit = join(folder, '.git');
  if ((await stat(dotGit)).isDirectory()) return dotGit;
  const own = resolve(folder, (await readFile(dotGit, 'utf8')).replace(/^gitdir: /, '').trim());
  const common = await existing(readFile(join(own, 'commondir'), 'utf8'));
  return common === null ? own : resolve(own, common.trim());
}

/** Its exit code; `null` where there is no git, or no answer. Nothing that the repository names is run. */
function git(folder: string, ...words: readonly string[]): Promise<number | null> {
  return new Promise((answer) => {
    execFile(
      'git',
      ['-C', folder, '-c', 'core.fsmonitor=false', ...words],
      { timeout: PATIENCE_MS, windowsHide: true },
      (error) => {
        if (error === null) answer(0);
        else answer(typeof error.code === 'number' ? error.code : null);
      },
    );
  });
}
