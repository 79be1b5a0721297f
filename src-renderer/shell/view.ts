import { hasKey } from '../../src-main/domain/api-key.ts';
import type { Failure } from '../../src-main/domain/failure.ts';
import { gravityOf, isOnlyToKnow } from '../../src-main/domain/gravity.ts';
import { helpFor } from '../../src-main/domain/help.ts';
import type { SignIn } from '../../src-main/domain/sign-in.ts';
import type { Account, Snapshot } from '../../src-main/domain/snapshot.ts';
import { isUnknown } from '../../src-main/domain/unreadable.ts';

/** What takes the stage. */
export type View =
  | { readonly name: 'terms' }
  | { readonly name: 'signing-in'; readonly signIn: SignIn }
  | { readonly name: 'succeeded'; readonly signIn: SignIn; readonly account: Account | null }
  | { readonly name: 'failed'; readonly signIn: SignIn; readonly failure: Failure }
  | { readonly name: 'settings' }
  | { readonly name: 'key-form' }
  | { readonly name: 'account' }
  | { readonly name: 'api-key' }
  | { readonly name: 'unknown' }
  | { readonly name: 'first-visit' }
  | { readonly name: 'signed-out' };

/**
 * A sign-in that runs or has just ended comes first; a cancelled one leaves the stage to what was there before: the
 * settings, where the person has gone to them. So does one that ended well and has come undone since. Whoever has
 * cancelled one is no longer welcomed.
 */
export function viewOf(snapshot: Snapshot, wantsSettings: boolean, wantsKey = false): View {
  const { accounts, signIn, apiKey } = snapshot;
  // It was asked for on the page of an attempt that waits or has ended, and that is being put away.
  const gaveUp = wantsKey && signIn?.phase !== 'running' && signIn?.phase !== 'succeeded';
  if (gaveUp) return { name: 'key-form' };
  if (signIn !== null) {
    if (signIn.phase === 'terms') return { name: 'terms' };
    if (signIn.phase === 'running') return { name: 'signing-in', signIn };
    if (signIn.phase === 'succeeded' && !hasComeUndone(signIn, snapshot)) {
      return {
        name: 'succeeded',
        signIn,
        account: accounts.find(({ id }) => id === signIn.place?.id) ?? null,
      };
    }
    if (signIn.phase === 'failed' && signIn.failure !== null) {
      return { name: 'failed', signIn, failure: signIn.failure };
    }
  }
  if (wantsSettings) return { name: 'settings' };
  if (isUnknown(snapshot)) return { name: 'unknown' };
  if (accounts.length > 0) return { name: 'account' };
  if (hasKey(apiKey) || apiKey.undo !== null) return { name: 'api-key' };
  return { name: snapshot.isFirstVisit && signIn === null ? 'first-visit' : 'signed-out' };
}

/** Whether "signed in" is no longer all there is to say: the login was lost or ended, or its file broke. */
function hasComeUndone({ place, steps }: SignIn, { accounts, troubles }: Snapshot): boolean {
  if (place === null) return false;
  const account = accounts.find(({ id }) => id === place.id);
  if (account === undefined) return true;
  const isTold = ({ code }: Failure) => steps.some(({ notice }) => notice?.code === code);
  return (
    account.troubles.some(isLasting) || troubles.some((trouble) => isOfFile(trouble) && !isTold(trouble))
  );
}

function isLasting(trouble: Failure): boolean {
  const gravity = gravityOf(trouble);
  return !isOnlyToKnow(trouble) && (gravity === 'usual' || gravity === 'trouble');
}

/** Something keeps credentials from the config file. */
function isOfFile(trouble: Failure): boolean {
  return helpFor(trouble)?.kind === 'save-again';
}

const SETTINGS_BESIDE: readonly View['name'][] = [
  'account',
  'api-key',
  'unknown',
  'first-visit',
  'signed-out',
];

/** The way to the settings is where nothing else is asked of the person. */
export function offersSettings({ name }: View): boolean {
  return SETTINGS_BESIDE.includes(name);
}
