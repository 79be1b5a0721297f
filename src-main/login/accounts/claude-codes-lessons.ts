import type { Credential } from '../../domain/credential.ts';
import { tokenTrace } from '../../vault/credential-trace.ts';
import type { Lesson, Vault } from '../../vault/vault.ts';

/**
 * What is learnt behind adoptions: Claude Code's own login is known for one only until Claude Code renews it, which may be
 * long before our turn. Never rejects.
 */
export async function claudeCodesLessons(
  adopted: readonly Credential[],
  vault: Vault,
): Promise<readonly Lesson[]> {
  const theirs = await vault.claudeCodesAmong(adopted);
  return theirs.map(({ id, refreshToken }) => {
    const claudeCodes = tokenTrace(refreshToken);
    return { id, isUpdate: true, change: (record) => ({ ...record, claudeCodes }) };
  });
}
