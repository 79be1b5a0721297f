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
 * Whether a credential is a login that Claude Code keeps for itself (`facts.md` section 4), pasted from its file: who
 * renews it logs Claude Code out. Nothing of that file is kept. Never rejects: one that cannot be read tells nothing.
 */
export async function isClaudeCodes(
  { refreshToken }: Credential,
  { claudeCodeFile, home }: ClaudeCodePlaces,
): Promise<boolean> {
  if (refreshToken === null) return false;
  const named = claudeCodeFile === undefined ? [] : [claudeCodeFile];
  const nearby = home === undefined ? [] : await foldersIn(home);
  const files = [...named, ...nearby.map((folder) => join(folder, FILE))];
  return (await Promise.all(files.map((file) => holds(file, refreshToken)))).includes(true);
}

async function foldersIn(home: string): Promise<readonly string[]> {
  const names = await readdir(home).catch(() => []);
  return names.filter((name) => name.startsWith('.claude')).map((name) => join(home, name));
}

async function holds(file: string, refreshToken: string): Promise<boolean> {
  try {
    // A pipe may have no end.
    if (!(await stat(file)).isFile()) return false;
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    const { claudeAiOauth } = content as { claudeAiOauth: { refreshToken: string } };
    return tokenTrace(claudeAiOauth.refreshToken) === tokenTrace(refreshToken);
  } catch {
    return false;
  }
}
