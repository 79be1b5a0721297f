import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Credential } from '../domain/credential.ts';
import { tokenTrace } from './credential-trace.ts';

const FILE = '.credentials.json';

/** Where Claude Code may keep logins; looked for nowhere where left out. */
export interface ClaudeCodePlaces {
  /** The file that it would use in our environment. */
  readonly claudeCodeFile?: string;
  /** The person's own folder: who has two accounts sets CLAUDE_CONFIG_DIR, mostly to `~/.claude-…`, in a shell alone. */
  readonly home?: string;
}

/**
 * Which of these credentials are logins that Claude Code keeps for itself (`facts.md` section 4), pasted from its files: who
 * renews one logs Claude Code out. Nothing of those files is kept. Never rejects: one that cannot be read tells nothing.
 */
export async function claudeCodesAmong(
  credentials: readonly Credential[],
  places: ClaudeCodePlaces,
): Promise<readonly Credential[]> {
  const refreshable = credentials.filter(({ refreshToken }) => refreshToken !== null);
  if (refreshable.length === 0) return [];
  const theirs = new Set((await tokensOf(places)).map(({ token }) => token));
  return refreshable.filter(({ refreshToken }) => theirs.has(tokenTrace(refreshToken) ?? ''));
}

/** Their refresh tokens as what may be compared, each with its file. Never rejects. */
export async function tokensOf({
  claudeCodeFile,
  home,
}: ClaudeCodePlaces): Promise<readonly { readonly file: string; readonly token: string }[]> {
  const named = claudeCodeFile === undefined ? [] : [claudeCodeFile];
  const nearby = home === undefined ? [] : await foldersIn(home);
  const files = [...named, ...nearby.map((folder) => join(folder, FILE))];
  const found = await Promise.all(files.map(async (file) => ({ file, token: await tokenIn(file) })));
  return found.flatMap(({ file, token }) => (token === null ? [] : [{ file, token }]));
}

async function foldersIn(home: string): Promise<readonly string[]> {
  const names = await readdir(home).catch(() => []);
  const folders = [...names.filter((name) => name.startsWith('.claude')), join('.config', 'claude')];
  return folders.map((folder) => join(home, folder));
}

/** Of the refresh token what may be compared. */
async function tokenIn(file: string): Promise<string | null> {
  try {
    // A pipe may have no end.
    if (!(await stat(file)).isFile()) return null;
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    const { claudeAiOauth } = content as { claudeAiOauth: { refreshToken: string } };
    return tokenTrace(claudeAiOauth.refreshToken);
  } catch {
    return null;
  }
}
