import type { Ref } from 'react';
import { SIGN_IN_AGAIN } from '../../src-main/domain/help.ts';
import type { Account, Snapshot } from '../../src-main/domain/snapshot.ts';
import { accountName } from '../../src-main/words/account-name.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Menu, MenuItem } from '../controls/menu.tsx';
import { useWords } from '../state/use-words.ts';
import { KeptIn } from './kept-in.tsx';

interface AccountMenuProps {
  readonly account: Account;
  readonly snapshot: Snapshot;
  readonly ref: Ref<HTMLButtonElement>;
  readonly onSignOut: () => void;
  readonly onStorage: () => void;
  readonly commands: Commands;
}

/** What is seldom needed of an account, at its name. */
export function AccountMenu({ account, snapshot, ref, onSignOut, onStorage, commands }: AccountMenuProps) {
  const words = useWords();
  const { menu, unknownOwner } = words.account;
  const { accounts } = snapshot;
  const name = accountName(words, account, accounts) ?? unknownOwner;
  return (
    <Menu label={menu.label(name)} ref={ref}>
      {/* Elsewhere than usual it is on the page. */}
      {account.whereabouts === 'config-file' && (
        <div className="menu-note">
          <KeptIn account={account} snapshot={snapshot} />
        </div>
      )}
      <MenuItem onPress={() => commands.showConfigFile()}>{menu.showFile}</MenuItem>
      <MenuItem onPress={onStorage}>{menu.storage}</MenuItem>
      <MenuItem onPress={() => commands.signIn(account.id)}>{words.help[SIGN_IN_AGAIN.label]}</MenuItem>
      {accounts.length === 1 && <MenuItem onPress={() => commands.signIn(null)}>{menu.add}</MenuItem>}
      <MenuItem onPress={onSignOut}>{menu.signOut}</MenuItem>
    </Menu>
  );
}
