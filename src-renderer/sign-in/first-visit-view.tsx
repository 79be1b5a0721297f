import { DEFAULT_CREDENTIAL_ID } from '../../src-main/domain/credential.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { AppIcon } from '../controls/app-icon.tsx';
import { useWords } from '../state/use-words.ts';
import { FailureCards } from '../trouble/failure-cards.tsx';
import { PracticeNote } from './practice-note.tsx';
import { BrowserPicture, RenewalPicture, TrayPicture } from './row-pictures.tsx';
import { Row } from './row.tsx';
import { SignInOffer } from './sign-in-offer.tsx';

interface FirstVisitViewProps {
  readonly snapshot: Snapshot;
  readonly commands: Commands;
  readonly onUseKey: () => void;
}

/** For whoever meets Latchkey for the first time: what it is, and where it lives. */
export function FirstVisitView({ snapshot, commands, onUseKey }: FirstVisitViewProps) {
  const words = useWords();
  const { title, lead, browser, renewal, tray } = words.window.welcome.first;
  return (
    <>
      <div className="first-visit">
        <div className="greeting">
          <AppIcon />
          <h1>{title}</h1>
          <p className="lead">{lead}</p>
        </div>
        <FailureCards snapshot={snapshot} accountId={DEFAULT_CREDENTIAL_ID} commands={commands} />
        <div className="rows">
          <Row picture={<BrowserPicture />} {...browser} />
          <Row picture={<RenewalPicture />} {...renewal} />
          <Row picture={<TrayPicture />} {...tray} />
        </div>
        <PracticeNote surroundings={snapshot.surroundings} commands={commands} />
      </div>
      <SignInOffer commands={commands} onUseKey={onUseKey} />
    </>
  );
}
