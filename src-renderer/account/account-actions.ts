import { helpFor, PUT_BACK, REFRESH, SIGN_IN_AGAIN, type Help } from '../../src-main/domain/help.ts';
import { entryLoss, loginEnd } from '../../src-main/domain/history.ts';
import type { Instant } from '../../src-main/domain/instant.ts';
import type { Account } from '../../src-main/domain/snapshot.ts';
import {
  hasFailedToRenew,
  isLoginNearItsEnd,
  isLoginOver,
  isOutOfReach,
  standingOf,
} from '../../src-main/domain/standing.ts';
import { isAskedToWait } from '../../src-main/domain/token-use.ts';

/** Something to do about an account; `primary` is what helps now. */
export interface AccountAction extends Help {
  readonly look: 'primary' | 'secondary';
}

const primary = (help: Help): AccountAction => ({ ...help, look: 'primary' });
const secondary = (help: Help): AccountAction => ({ ...help, look: 'secondary' });

/** What a person can do about an account, what helps most last: by how it stands. */
export function accountActions(account: Account, now: Instant): readonly AccountAction[] {
  const { history, refreshable } = account;
  if (entryLoss(history) !== null) {
    if (account.whereabouts !== 'copy') return [primary(SIGN_IN_AGAIN)];
    return isOfCopiedFolder(account)
      ? [secondary(PUT_BACK), primary(SIGN_IN_AGAIN)]
      : [secondary(SIGN_IN_AGAIN), primary(PUT_BACK)];
  }
  const standing = standingOf(account, now);
  if (standing === 'needs-sign-in') {
    const mayTry = loginEnd(history) === 'uncertain';
    return mayTry ? [secondary(REFRESH), primary(SIGN_IN_AGAIN)] : [primary(SIGN_IN_AGAIN)];
  }
  if (isLoginOver(account, now)) return [primary(SIGN_IN_AGAIN)];
  if (!refreshable) return [secondary(SIGN_IN_AGAIN)];
  // Until a try has failed it is renewed without anyone.
  const isForPerson = standing === 'expired' && hasFailedToRenew(account) && !needsAnotherProxy(account);
  const isInVain = isAskedToWait(account, now) || isOutOfReach(account);
  const refresh = isInVain ? [] : [isForPerson ? primary(REFRESH) : secondary(REFRESH)];
  if (!isLoginNearItsEnd(account, now)) return refresh;
  // Refreshing does not extend it.
  return isForPerson ? [secondary(SIGN_IN_AGAIN), ...refresh] : [...refresh, primary(SIGN_IN_AGAIN)];
}

/** What could be put back may be in use on another computer. */
function isOfCopiedFolder({ troubles }: Pick<Account, 'troubles'>): boolean {
  return troubles.some((trouble) => 'copied' in trouble);
}

/** Once one is named a try has its button at the token; before, it would end the same. */
function needsAnotherProxy({ troubles }: Account): boolean {
  return troubles.some((trouble) => trouble.code === 'proxy-login' && helpFor(trouble, 'refresh') === null);
}

/** What a trouble's card has as its own buttons, the one that helps most first, and which trouble of the account that is. */
export interface Taken {
  readonly index: number;
  readonly actions: readonly AccountAction[];
}

export function taken({ troubles, history }: Account, actions: readonly AccountAction[]): Taken | null {
  const byNeed = actions.toReversed();
  for (const action of byNeed) {
    const index = troubles.findIndex((trouble) => helpFor(trouble, 'refresh')?.kind === action.kind);
    // Where nobody knows whether the login lives, or lives elsewhere, both ways are of the one trouble.
    const areBoth = loginEnd(history) === 'uncertain' || isOfCopiedFolder({ troubles });
    if (index >= 0) return { index, actions: areBoth ? byNeed : [action] };
  }
  return null;
}

/**
 * What is left for the person to do: an empty foot of the page means that there is nothing. What only may be done is at
 * hand elsewhere: renewing before its time at the token, signing in again in the menu.
 */
export function footerActions(
  actions: readonly AccountAction[],
  inCards: Taken | null,
): readonly AccountAction[] {
  const isTaken = ({ kind }: AccountAction) => inCards?.actions.some((each) => each.kind === kind) ?? false;
  return actions.filter((action) => action.look === 'primary' && !isTaken(action));
}
