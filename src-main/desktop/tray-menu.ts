import type { MenuItemConstructorOptions } from 'electron';
import { loginEnd } from '../domain/history.ts';
import type { Instant } from '../domain/instant.ts';
import { isUnderWay } from '../domain/sign-in.ts';
import type { Account, Snapshot } from '../domain/snapshot.ts';
import { isUnknown } from '../domain/unreadable.ts';
import { describeAccount } from '../words/account-words.ts';
import { describeSnapshot } from '../words/tray-tooltip-words.ts';
import { wordsOf } from '../words/words.ts';

/** What the menu can ask for. */
export interface TrayCommands {
  readonly signIn: (accountId?: string) => void;
  readonly refresh: (accountId: string) => void;
  readonly cancelSignIn: () => void;
  readonly openWindow: () => void;
  readonly quit: () => void;
  readonly setStartAtLogin: (on: boolean) => void;
}

/** The menu as it stands now, top to bottom. */
export function trayMenu(
  snapshot: Snapshot,
  now: Instant,
  commands: TrayCommands,
): MenuItemConstructorOptions[] {
  const { trayMenu: texts } = wordsOf(snapshot);
  const ofAccounts = accountItems(snapshot, now, commands);
  const open = { label: texts.open, click: commands.openWindow };
  return [
    { label: plainLabel(describeSnapshot(snapshot, now).headline), enabled: false },
    { type: 'separator' },
    // Where nobody can tell who is signed in, what is wrong comes before signing in.
    ...(isUnknown(snapshot) && !isUnderWay(snapshot.signIn) ? [open, ...ofAccounts] : [...ofAccounts, open]),
    { type: 'separator' },
    ...autostartItem(snapshot, commands),
    { label: texts.quit, click: commands.quit },
  ];
}

/** What can be done about the account; with several of them, a submenu each. */
function accountItems(
  snapshot: Snapshot,
  now: Instant,
  commands: TrayCommands,
): MenuItemConstructorOptions[] {
  const { accounts, signIn } = snapshot;
  const words = wordsOf(snapshot);
  const { help, trayMenu: texts } = words;
  const [first, ...others] = accounts;
  const cancel = isUnderWay(signIn) ? [{ label: texts.cancelSignIn, click: commands.cancelSignIn }] : [];
  if (first === undefined) {
    const signInItem = { label: help['sign-in'], click: () => commands.signIn() };
    return cancel.length > 0 ? cancel : [signInItem];
  }
  const items = (account: Account): MenuItemConstructorOptions[] => [
    ...(cancel.length > 0
      ? []
      : [{ label: help['sign-in-again'], click: () => commands.signIn(account.id) }]),
    {
      label: help['refresh-now'],
      enabled: account.refreshable && !account.refreshing && loginEnd(account.history) !== 'refused',
      click: () => commands.refresh(account.id),
    },
  ];
  if (others.length === 0) return [...cancel, ...items(first)];
  return [
    ...cancel,
    ...accounts.map((account) => {
      const { who, clocks } = describeAccount(words, account, now, accounts);
      return { label: plainLabel(who), submenu: [{ label: clocks, enabled: false }, ...items(account)] };
    }),
  ];
}

function autostartItem(snapshot: Snapshot, { setStartAtLogin }: TrayCommands): MenuItemConstructorOptions[] {
  const { startAtLogin } = snapshot;
  if (startAtLogin === null) return [];
  return [
    {
      label: wordsOf(snapshot).trayMenu.startAtLogin,
      type: 'checkbox',
      checked: startAtLogin,
      click: () => setStartAtLogin(!startAtLogin),
    },
  ];
}

/** An ampersand in a label marks a mnemonic; two are one to read. */
function plainLabel(text: string): string {
  return text.replaceAll('&', '&&');
}
