import type { Account } from '../../src-main/domain/snapshot.ts';
import { planOf } from '../../src-main/words/owner-words.ts';
import { useWords } from '../state/use-words.ts';

/** What its owner pays for. */
export function Plan({ account }: { readonly account: Account }) {
  const words = useWords();
  const plan = planOf(account);
  if (plan === null) return null;
  return (
    <span className="plan" title={words.account.plan(plan)}>
      {plan}
    </span>
  );
}
