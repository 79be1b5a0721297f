import { useRef, useState, type ReactNode } from 'react';
import { isOfFileHealth } from '../../src-main/domain/file-health.ts';
import { helpFor } from '../../src-main/domain/help.ts';
import { MINUTE, type Instant } from '../../src-main/domain/instant.ts';
import type { Account, Snapshot } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { AccountFailureCard } from '../trouble/failure-card.tsx';
import { canCopyToken } from '../../src-main/domain/token-use.ts';
import { accountActions, footerActions, taken } from './account-actions.ts';
import { AccountMenu } from './account-menu.tsx';
import { ActionButtons, ActionFooter } from './action-buttons.tsx';
import { Clocks } from './clocks.tsx';
import { HistoryCard } from './history/history-card.tsx';
import { UnusuallyKept } from './kept-in.tsx';
import { SignOutQuestion } from './sign-out-question.tsx';
import { isWell } from './stage.ts';
import { StorageQuestion } from './storage-question.tsx';
import { tokenButtons } from './token-buttons.tsx';

export interface AccountProps {
  readonly account: Account;
  readonly snapshot: Snapshot;
  readonly now: Instant;
  readonly commands: Commands;
}

interface AccountBodyProps extends AccountProps {
  /** How many lines of the history are shown at first. */
  readonly lines: number;
  /** What stands above it, with the menu in it. */
  readonly heading: (menu: ReactNode) => ReactNode;
  /** What is wrong beside the account. */
  readonly others?: ReactNode;
  /** The API key, where there is one: it stands beside the login. */
  readonly apiKey?: ReactNode;
}

/** One account: how long it lasts, what happened to it, what can be done about it. */
export function AccountBody({
  account,
  snapshot,
  now,
  commands,
  lines,
  heading,
  others,
  apiKey,
}: AccountBodyProps) {
  const menu = useRef<HTMLButtonElement>(null);
  const [asked, setAsked] = useState<'sign-out' | 'storage' | null>(null);
  const leave = () => {
    setAsked(null);
    menu.current?.focus();
  };
  const actions = accountActions(account, now);
  // A trouble has its own button, the one that helps most among them.
  const inCards = taken(account, actions);
  const footer = footerActions(actions, inCards);
  return (
    <>
      {heading(
        <AccountMenu
          account={account}
          snapshot={snapshot}
          ref={menu}
          onSignOut={() => setAsked('sign-out')}
          onStorage={() => setAsked('storage')}
          commands={commands}
        />,
      )}
      {asked === 'sign-out' && <SignOutQuestion account={account} commands={commands} onLeave={leave} />}
      {asked === 'storage' && (
        <StorageQuestion account={account} snapshot={snapshot} commands={commands} onLeave={leave} />
      )}
      {others}
      {account.troubles.map(
        (failure, index) =>
          // The config file has one card for all accounts.
          !isOfFileHealth(failure) && (
            <AccountFailureCard
              key={failure.code}
              failure={failure}
              account={account}
              now={now}
              {...(index === inCards?.index && {
                help: <ActionButtons account={account} actions={inCards.actions} commands={commands} />,
              })}
              // Once on the page is enough.
              offered={actions.map(({ kind }) => kind)}
              commands={commands}
            />
          ),
      )}
      <Clocks
        account={account}
        now={now}
        isWell={isWell(account, snapshot, now)}
        tokenButtons={tokenButtons({
          account,
          mayRefresh:
            actions.some(({ kind }) => kind === 'refresh') &&
            ![...footer, ...(inCards?.actions ?? [])].some(({ kind }) => kind === 'refresh'),
          mayCopy: canCopyToken(account, now),
          commands,
        })}
      />
      {apiKey}
      <HistoryCard account={account} now={now - (now % MINUTE)} lines={lines} />
      <UnusuallyKept
        account={account}
        snapshot={snapshot}
        isTold={snapshot.troubles.some((failure) => helpFor(failure)?.kind === 'save-again')}
        commands={commands}
      />
      {asked === null && <ActionFooter account={account} actions={footer} commands={commands} />}
    </>
  );
}
