import type { MenuItemConstructorOptions } from 'electron';
import { entryLoss, loginEnd } from '../domain/history.ts';
import type { Instant } from '../domain/instant.ts';
import { isUnderWay } from '../domain/sign-in.ts';
import type { Account, Snapshot } from '../domain/snapshot.ts';
import { standingOf } from '../domain/standing.ts';
import { isWorthTelling } from '../domain/updates.ts';
import { canCopyToken } from '../domain/token-use.ts';
import { isUnknown } from '../domain/unreadable.ts';
import { accountName } from '../words/account-name.ts';
import { inOrderOfNeed, describeSnapshot, untilLine } from '../words/tray-tooltip-words.ts';
import { updateLine } from '../words/update-words.ts';
import { wordsOf } from '../words/words.ts';

/** What the menu can ask for. */
export interface TrayCommands {
  readonly signIn: (accountId?: string) => void;
  readonly refresh: (accountId: string) => void;
  readonly copyAccessToken: (accountId: string) => void;
  readonly copyApiKey: () => void;
  readonly cancelSignIn: () => void;
  readonly openWindow: () => void;
  readonly openSettings: () => void;
  readonly quit: () => void;
  readonly setStartAtLogin: (on: boolean) => void;
  readonly pauseServing: () => void;
  readonly resumeServing: () => void;
}

type Items = readonly MenuItemConstructorOptions[];

/** The menu as it stands now, top to bottom: who and until when, what people do, the app. */
export function trayMenu(
  snapshot: Snapshot,
  now: Instant,
  commands: TrayCommands,
): MenuItemConstructorOptions[] {
  const { trayMenu: texts } = wordsOf(snapshot);
  return [
    ...describeSnapshot(snapshot, now).lines.map((line) => ({ label: plainLabel(line), enabled: false })),
    { type: 'separator' },
    ...actions(snapshot, now, commands),
    { type: 'separator' },
    ...updateItem(snapshot, commands),
    { label: texts.settings, click: commands.openSettings },
    ...autostartItem(snapshot, commands),
    ...servingItem(snapshot, commands),
    { type: 'separator' },
    { label: texts.quit, click: commands.quit },
  ];
}

/** What can be done; about each of several accounts in a submenu of its own. */
function actions(snapshot: Snapshot, now: Instant, commands: TrayCommands): Items {
  const { accounts, signIn } = snapshot;
  const { help, trayMenu: texts } = wordsOf(snapshot);
  const open = { label: texts.open, click: commands.openWindow };
  const cancel = isUnderWay(signIn) ? [{ label: texts.cancelSignIn, click: commands.cancelSignIn }] : [];
  const [first, ...others] = inOrderOfNeed(accounts, now);
  if (first === undefined) {
    if (cancel.length > 0) return [...cancel, open];
    const signInItem = { label: help['sign-in'], click: () => commands.signIn() };
    if (snapshot.apiKey.own?.kind === 'key') {
      return [open, { label: texts.copyApiKey, click: commands.copyApiKey }, signInItem];
    }
    // Where nobody can tell who is signed in, what is wrong comes before signing in.
    return isUnknown(snapshot) ? [open, signInItem] : [signInItem, open];
  }
  if (others.length === 0) {
    const { signInFirst, items } = accountItems(first, snapshot, now, commands);
    return [...cancel, ...signInFirst, open, ...items];
  }
  return [...cancel, open, ...[first, ...others].map((account) => submenu(account, snapshot, now, commands))];
}

function submenu(
  account: Account,
  snapshot: Snapshot,
  now: Instant,
  commands: TrayCommands,
): MenuItemConstructorOptions {
  const words = wordsOf(snapshot);
  const { signInFirst, items } = accountItems(account, snapshot, now, commands);
  const name = accountName(words, account, snapshot.accounts) ?? words.account.unknownOwner;
  const until = untilLine(words, account, now) ?? words.help['sign-in-again'];
  return { label: plainLabel(`${name} · ${until}`), submenu: [...signInFirst, ...items] };
}

/** What can be done about an account: signing in again comes first where nothing else helps, else last. */
function accountItems(
  account: Account,
  snapshot: Snapshot,
  now: Instant,
  commands: TrayCommands,
): { readonly signInFirst: Items; readonly items: Items } {
  const { help, trayMenu: texts } = wordsOf(snapshot);
  const signIn = isUnderWay(snapshot.signIn)
    ? []
    : [{ label: help['sign-in-again'], click: () => commands.signIn(account.id) }];
  const isNeeded = onlySignInHelps(account, now);
  return {
    signInFirst: isNeeded ? signIn : [],
    items: [
      {
        label: texts.copyAccessToken,
        enabled: canCopyToken(account, now),
        click: () => commands.copyAccessToken(account.id),
      },
      {
        label: help['refresh-now'],
        enabled: account.refreshable && !account.refreshing && loginEnd(account.history) !== 'refused',
        click: () => commands.refresh(account.id),
      },
      ...(isNeeded ? [] : signIn),
    ],
  };
}

/** Nothing else mends it for sure: a copy of ours that another program's entry gave way to could be put back. */
function onlySignInHelps(account: Account, now: Instant): boolean {
  if (entryLoss(account.history) !== null) return account.whereabouts !== 'copy';
  return standingOf(account, now) === 'needs-sign-in';
}

/** A newer version, where the settings say more of it. */
function updateItem(snapshot: Snapshot, { openSettings }: TrayCommands): Items {
  const { updates } = snapshot;
  if (updates === null || !isWorthTelling(updates)) return [];
  const words = wordsOf(snapshot);
  return [{ label: plainLabel(updateLine(words, updates.state)), click: openSettings }];
}

function autostartItem(snapshot: Snapshot, { setStartAtLogin }: TrayCommands): Items {
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

/** Where tokens are served: the way to end that at once, and back. */
function servingItem(snapshot: Snapshot, { pauseServing, resumeServing }: TrayCommands): Items {
  const { serving } = snapshot;
  if (serving === null || serving.kind === 'failed') return [];
  const { trayPause, trayResume } = wordsOf(snapshot).serving;
  return serving.kind === 'paused'
    ? [{ label: trayResume, click: resumeServing }]
    : [{ label: trayPause, click: pauseServing }];
}

/** An ampersand in a label marks a mnemonic; two are one to read. */
function plainLabel(text: string): string {
  return text.replaceAll('&', '&&');
}
