import type { Credential } from '../../domain/credential.ts';
import { isGotByUs, type HistoryEvent } from '../../domain/history.ts';
import { tokenTrace } from '../../vault/credential-trace.ts';
import { isLeftToClaudeCode } from '../../vault/records/account-record.ts';
import type { AccountRecord, Lesson, StoredAccount, Vault } from '../../vault/vault.ts';

/**
 * What is learnt of logins that Claude Code has, too: that is known only until Claude Code renews them, which may be long
 * before our turn. Never rejects.
 */
export async function claudeCodesLessons(
  credentials: readonly Credential[],
  vault: Vault,
): Promise<readonly Lesson[]> {
  const theirs = await vault.claudeCodesAmong(credentials);
  return theirs.map(({ id, ...found }) => ({
    id,
    isUpdate: true,
    change: (record) => ({ ...record, ...found }),
  }));
}

/**
 * The same of logins that took nobody's place: at any time somebody may give one to Claude Code, which renews it from then
 * on, and one that we got is ours alone again once Claude Code is signed out. Never rejects.
 */
export async function givenLessons(
  accounts: readonly StoredAccount[],
  vault: Vault,
): Promise<readonly Lesson[]> {
  const lessons: Lesson[] = [];
  const looked: Credential[] = [];
  for (const { id, credential, record } of accounts) {
    if (record === null) continue;
    if (isLeftToClaudeCode(record)) {
      const { claudeCodesIn: file, history } = record;
      const isOver = file !== null && isGotByUs(history) && (await vault.isClaudeCodeSignedOut(file));
      if (isOver) lessons.push({ id, change: withoutClaudeCode });
    } else if (record.tookOver === null && credential !== null) {
      // What else stands there is looked at when it is adopted.
      if (tokenTrace(credential.refreshToken) === record.known?.token) looked.push(credential);
    }
  }
  return [...lessons, ...(await claudeCodesLessons(looked, vault))];
}

/** What it was not renewed for is over. */
function withoutClaudeCode(record: AccountRecord): AccountRecord {
  const isLeaving = (event: HistoryEvent) =>
    event.kind === 'refused' && event.failure.code === 'not-refreshable';
  const history = record.history.filter((event) => !isLeaving(event));
  return { ...record, claudeCodes: null, claudeCodesIn: null, history };
}
