import { readFile, stat } from 'node:fs/promises';
import type { Credential } from '../domain/credential.ts';
import { tokenTrace } from './credential-trace.ts';

/**
 * Whether a credential is the login that Claude Code keeps for itself (`facts.md` section 4), pasted from its file: who
 * renews it logs Claude Code out. Nothing of that file is kept. Never rejects: one that cannot be read tells nothing.
 */
export async function isClaudeCodes({ refreshToken }: Credential, claudeCodeFile: string): Promise<boolean> {
  if (refreshToken === null) return false;
  try {
    // A pipe may have no end.
    if (!(await stat(claudeCodeFile)).isFile()) return false;
    const content: unknown = JSON.parse(await readFile(claudeCodeFile, 'utf8'));
    const { claudeAiOauth } = content as { claudeAiOauth: { refreshToken: string } };
    return tokenTrace(claudeAiOauth.refreshToken) === tokenTrace(refreshToken);
  } catch {
    return false;
  }
}
