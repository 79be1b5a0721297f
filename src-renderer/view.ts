import type { Failure } from '../src-main/domain/failure.ts';
import type { SignIn } from '../src-main/domain/sign-in.ts';
import type { Account, Snapshot } from '../src-main/domain/snapshot.ts';

/** What takes the stage. */
export type View =
  | { readonly name: 'terms' }
  | { readonly name: 'signing-in'; readonly signIn: SignIn }
  | { readonly name: 'succeeded'; readonly signIn: SignIn; readonly account: Account | null }
  | { readonly name: 'failed'; readonly signIn: SignIn; readonly failure: Failure }
  | { readonly name: 'settings' }
  | { readonly name: 'account' }
  | { readonly name: 'signed-out' };

/**
 * A sign-in that runs or has just ended comes first; a cancelled one leaves the stage to what was there before: the
 * settings, where the person has gone to them.
 */
export function viewOf({ accounts, signIn }: Snapshot, wantsSettings: boolean): View {
  if (signIn !== null) {
    if (signIn.phase === 'terms') return { name: 'terms' };
    if (signIn.phase === 'running') return { name: 'signing-in', signIn };
    if (signIn.phase === 'succeeded') {
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
  return { name: accounts.length > 0 ? 'account' : 'signed-out' };
}

/** The way to the settings is where nothing else is asked of the person. */
export function offersSettings({ name }: View): boolean {
  return name === 'account' || name === 'signed-out';
}
