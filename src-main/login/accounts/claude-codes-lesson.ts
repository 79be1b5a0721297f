import type { Credential } from '../../domain/credential.ts';
import { tokenTrace } from '../../vault/credential-trace.ts';
import type { Lesson, Vault } from '../../vault/vault.ts';

/**
 * What is learnt behind an adoption: Claude Code's own login is known for one only until Claude Code renews it, which may
 * be long before our turn. Never rejects.
 */
export async function claudeCodesLesson(
  id: string,
  adopted: Credential,
  vault: Vault,
): Promise<readonly Lesson[]> {
  if (!(await vault.isClaudeCodes(adopted))) return [];
  const claudeCodes = tokenTrace(adopted.refreshToken);
  return [{ id, isUpdate: true, change: (record) => ({ ...record, claudeCodes }) }];
}
