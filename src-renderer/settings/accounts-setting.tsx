import type { Instant } from '../../src-main/domain/instant.ts';
import type { Account, Snapshot } from '../../src-main/domain/snapshot.ts';
import { accountName } from '../../src-main/words/account-name.ts';
import { untilLine } from '../../src-main/words/tray-tooltip-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Address } from '../account/address.tsx';
import { Button } from '../controls/button.tsx';
import { useWords } from '../state/use-words.ts';
import { SignOut } from './sign-out.tsx';

interface AccountsSettingProps {
  readonly snapshot: Snapshot;
  readonly now: Instant;
  readonly commands: Commands;
}

/** Who is signed in, each with the way out, and the way in for one more. */
export function AccountsSetting({ snapshot: { accounts }, now, commands }: AccountsSettingProps) {
  const words = useWords();
  const { title, add, addHint } = words.settings.accounts;
  const nameOf = (account: Account) => accountName(words, account, accounts) ?? words.account.unknownOwner;
  return (
    <section className="card settings" aria-label={title}>
      <p className="label">{title}</p>
      <ul className="settings-accounts">
        {accounts.map((account) => (
          <li key={account.id} className="settings-account" aria-label={nameOf(account)}>
            <span className="settings-account-words">
              <span className="settings-account-name">
                <Address address={nameOf(account)} />
              </span>
              <span className="hint">{untilLine(words, account, now) ?? words.help['sign-in-again']}</span>
            </span>
            <SignOut account={account} commands={commands} />
          </li>
        ))}
      </ul>
      <div className="setting">
        <Button look="link" onPress={() => commands.signIn(null)}>
          {add}
        </Button>
        <p className="hint">{addHint}</p>
      </div>
    </section>
  );
}
