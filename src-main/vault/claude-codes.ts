import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Credential } from '../domain/credential.ts';
import { tokenTrace } from './credential-trace.ts';
import { errnoOf } from './files/errno.ts';

const FILE = '.credentials.json';

/** Where Claude Code may keep logins; looked for nowhere where left out. */
export interface ClaudeCodePlaces {
  /** The file that it would use in our environment. */
  readonly claudeCodeFile?: string;
  /** The person's own folder: who has two accounts sets CLAUDE_CONFIG_DIR, mostly to `~/.claude-…`, in a shell alone. */
  readonly home?: string;
}

/** A login that Claude Code has, too. */
export interface ClaudeCodes {
  readonly id: string;
  /** The trace of its refresh token. */
  readonly claudeCodes: string;
  /** The file that it stands in. */
  readonly claudeCodesIn: string;
}

/**
 * Which of these credentials are logins that Claude Code keeps for itself (`facts.md` section 4), pasted from its files or
 * into them: who renews one logs the other out. Nothing of those files is kept. Never rejects: one that cannot be read tells
 * nothing.
 */
export async function claudeCodesAmong(
  credentials: readonly Credential[],
  places: ClaudeCodePlaces,
): Promise<readonly ClaudeCodes[]> {
  if (credentials.every(({ refreshToken }) => refreshToken === null)) return [];
  const files = await filesIn(places);
  const tokens = await Promise.all(files.map(tokenIn));
  return credentials.flatMap(({ id, refreshToken }) => {
    const claudeCodes = tokenTrace(refreshToken);
    if (claudeCodes === null) return [];
    const claudeCodesIn = files[tokens.indexOf(claudeCodes)];
    return claudeCodesIn === undefined ? [] : { id, claudeCodes, claudeCodesIn };
  });
}

/**
 * Whether Claude Code has no login any more, neither in the file that one was found in nor in any other: what was renewed
 * may have been moved. Never rejects: a file that cannot be read may hold one.
 */
export async function isClaudeCodeSignedOut(file: string, places: ClaudeCodePlaces): Promise<boolean> {
  const tokens = await Promise.all([file, ...(await filesIn(places))].map(tokenIn));
  return tokens.every((token) => token === null);
}

async function filesIn({ claudeCodeFile, home }: ClaudeCodePlaces): Promise<readonly string[]> {
  const named = claudeCodeFile === undefined ? [] : [claudeCodeFile];
  const nearby = home === undefined ? [] : await foldersIn(home);
  return [...named, ...nearby.map((folder) => join(folder, FILE))];
}

async function foldersIn(home: string): Promise<readonly string[]> {
  const names = await readdir(home).catch(() => []);
  const folders = [...names.filter((name) => name.startsWith('.claude')), join('.config', 'claude')];
  return folders.map((folder) => join(home, folder));
}

/** Of the refresh token what may be compared; `null`: there is none, `undefined`: nobody can tell. */
async function tokenIn(file: string): Promise<string | null | undefined> {
  try {
    // A pipe may have no end.
    if (!(await stat(file)).isFile()) return undefined;
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    const { claudeAiOauth } = content as { claudeAiOauth?: { refreshToken?: string } | null };
    return tokenTrace(claudeAiOauth?.refreshToken ?? null);
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '') ? null : undefined;
  }
}
