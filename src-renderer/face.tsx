import { useEffect, useRef } from 'react';
import type { Instant } from '../src-main/domain/instant.ts';
import type { Snapshot } from '../src-main/domain/snapshot.ts';
import type { LatchkeyBridge } from '../src-preload/contract.ts';
import { signInAnnouncement, upkeepAnnouncement } from './announcement.ts';
import { Surroundings } from './parts/surroundings.tsx';
import { viewOf, type View } from './view.ts';
import { AccountView } from './views/account-view.tsx';
import { FailedView } from './views/failed-view.tsx';
import { SignedOutView } from './views/signed-out-view.tsx';
import { SigningInView } from './views/signing-in-view.tsx';
import { SucceededView } from './views/succeeded-view.tsx';
import { TermsView } from './views/terms-view.tsx';

export type Commands = LatchkeyBridge['commands'];

interface FaceProps {
  readonly snapshot: Snapshot;
  readonly now: Instant;
  readonly commands: Commands;
}

/** Everything the window shows, drawn from the snapshot and the instant alone. */
export function Face({ snapshot, now, commands }: FaceProps) {
  const view = viewOf(snapshot);
  const main = useFocusKept(view.name);
  return (
    <div className="face">
      <Surroundings surroundings={snapshot.surroundings} />
      <main ref={main} className="view" tabIndex={-1}>
        {draw(view, { snapshot, now, commands })}
      </main>
      <p className="visually-hidden" role="status">
        {signInAnnouncement(snapshot, now)}
      </p>
      <p className="visually-hidden" role="status">
        {upkeepAnnouncement(snapshot, now)}
      </p>
    </div>
  );
}

function draw(view: View, { snapshot, now, commands }: FaceProps) {
  switch (view.name) {
    case 'terms':
      return <TermsView commands={commands} />;
    case 'signing-in':
      return <SigningInView signIn={view.signIn} now={now} commands={commands} />;
    case 'succeeded':
      return (
        <SucceededView
          signIn={view.signIn}
          account={view.account}
          configFile={snapshot.surroundings.configFile}
          now={now}
          commands={commands}
        />
      );
    case 'failed':
      return <FailedView signIn={view.signIn} failure={view.failure} commands={commands} />;
    case 'account':
      return <AccountView snapshot={snapshot} now={now} commands={commands} />;
    case 'signed-out':
      return <SignedOutView snapshot={snapshot} commands={commands} />;
  }
}

/** A view takes its buttons with it: where one of them had the focus, the next Tab goes on from the new view's top. */
function useFocusKept(viewName: View['name']) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [viewName]);
  return main;
}
