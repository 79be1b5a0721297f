import { useEffect, useRef, useState } from 'react';
import { hasKey } from '../../src-main/domain/api-key.ts';
import type { Instant } from '../../src-main/domain/instant.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import { announceSignIn, announceUpkeep } from '../../src-main/words/announcement-words.ts';
import { windowWordsOf } from '../../src-main/words/words.ts';
import type { Commands, LatchkeyBridge, PageStart } from '../../src-preload/contract.ts';
import { AccountView } from '../account/account-view.tsx';
import { KeyCard, KeyFold } from '../key/key-card.tsx';
import { KeyForm } from '../key/key-form.tsx';
import { KeyView } from '../key/key-view.tsx';
import { SettingsView } from '../settings/settings-view.tsx';
import { FailedView } from '../sign-in/failed-view.tsx';
import { FirstVisitView } from '../sign-in/first-visit-view.tsx';
import { SignedOutView } from '../sign-in/signed-out-view.tsx';
import { SigningInView } from '../sign-in/signing-in-view.tsx';
import { SucceededView } from '../sign-in/succeeded-view.tsx';
import { TermsView } from '../sign-in/terms-view.tsx';
import { WordsContext } from '../state/use-words.ts';
import { UnknownView } from '../trouble/unknown-view.tsx';
import { FarewellCard } from './farewell-card.tsx';
import { QuestionCard } from './question-card.tsx';
import { SettingsButton } from './settings-button.tsx';
import { Surroundings } from './surroundings.tsx';
import { offersSettings, viewOf, type View } from './view.ts';

interface FaceProps {
  readonly snapshot: Snapshot;
  readonly now: Instant;
  readonly commands: Commands;
}

interface WholeFaceProps extends FaceProps {
  readonly startsAt?: PageStart;
  /** Hears of the settings being asked for elsewhere. */
  readonly onOpenSettings?: LatchkeyBridge['onOpenSettings'];
}

/**
 * Everything the window shows, drawn from the snapshot and the instant alone; its own is only whether it is the
 * settings, and whose sign-in it has just shown to succeed.
 */
export function Face({ snapshot, now, commands, startsAt = 'status', onOpenSettings }: WholeFaceProps) {
  const [wantsSettings, setWantsSettings] = useState(startsAt === 'settings');
  useEffect(() => onOpenSettings?.(() => setWantsSettings(true)), [onOpenSettings]);
  const [wantsKey, setWantsKey] = useState(false);
  const view = viewOf(snapshot, wantsSettings, wantsKey);
  // A sign-in that took the stage, from the tray perhaps, does not give it back to them.
  if (wantsSettings && view.name !== 'settings' && view.name !== 'key-form') setWantsSettings(false);
  if (wantsKey && view.name !== 'key-form') setWantsKey(false);
  const [latest, setLatest] = useState<string | null>(null);
  const nowLatest = latestOf(view, latest);
  if (nowLatest !== latest) setLatest(nowLatest);
  useOvertaken(snapshot, view, commands);
  const hasTurned = useTurned(view.name);
  const { main, settingsButton } = useFocusKept(view);
  const words = windowWordsOf(snapshot);
  return (
    <WordsContext value={words}>
      <div className="face" lang={words.locale}>
        <header className="top">
          <Surroundings surroundings={snapshot.surroundings} />
          {offersSettings(view) && (
            <SettingsButton ref={settingsButton} onPress={() => setWantsSettings(true)} />
          )}
        </header>
        {snapshot.serving?.questions.map((question) => (
          <QuestionCard
            key={question.id}
            question={question}
            accounts={snapshot.accounts}
            commands={commands}
          />
        ))}
        {snapshot.farewell !== null && <FarewellCard farewell={snapshot.farewell} commands={commands} />}
        <main key={view.name} ref={main} className={hasTurned ? 'view view-turned' : 'view'} tabIndex={-1}>
          {draw(view, { snapshot, now, commands }, latest, {
            leaveSettings: () => setWantsSettings(false),
            showKey: () => setWantsKey(true),
            leaveKey: () => setWantsKey(false),
          })}
        </main>
        <p className="visually-hidden" role="status">
          {announceSignIn(words, snapshot, now)}
        </p>
        <p className="visually-hidden" role="status">
          {announceUpkeep(words, snapshot, now)}
        </p>
      </div>
    </WordsContext>
  );
}

/** The account whose sign-in has just succeeded, until the person goes on to something else. */
function latestOf(view: View, latest: string | null): string | null {
  if (view.name === 'succeeded') return view.signIn.place?.id ?? null;
  return view.name === 'account' ? latest : null;
}

/** Whether another view has the stage than the window opened with: that one is there at once, the others fade in. */
function useTurned(name: View['name']): boolean {
  const [first] = useState(name);
  const [hasTurned, setHasTurned] = useState(false);
  if (!hasTurned && name !== first) setHasTurned(true);
  return hasTurned || name !== first;
}

/** A sign-in that has come undone does not take the stage again once that is mended. */
function useOvertaken({ signIn }: Snapshot, view: View, commands: Commands) {
  const isOvertaken = signIn?.phase === 'succeeded' && view.name !== 'succeeded';
  useEffect(() => {
    if (isOvertaken) void commands.dismissSignIn();
  }, [isOvertaken, commands]);
}

function draw(
  view: View,
  { snapshot, now, commands }: FaceProps,
  latest: string | null,
  {
    leaveSettings,
    showKey,
    leaveKey,
  }: Readonly<Record<'leaveSettings' | 'showKey' | 'leaveKey', () => void>>,
) {
  /** The attempt that the page is of is given up for it. */
  const keyInstead = (putAway: () => Promise<void>) => () => {
    showKey();
    void putAway();
  };
  const key = { snapshot, now, commands, onUseKey: showKey };
  const hasKeyCard = hasKey(snapshot.apiKey) || snapshot.apiKey.undo !== null;
  switch (view.name) {
    case 'terms':
      return <TermsView commands={commands} onUseKey={keyInstead(commands.cancelSignIn)} />;
    case 'signing-in':
      return <SigningInView signIn={view.signIn} now={now} commands={commands} />;
    case 'succeeded':
      return (
        <SucceededView
          signIn={view.signIn}
          account={view.account}
          snapshot={snapshot}
          now={now}
          commands={commands}
        />
      );
    case 'failed':
      return (
        <FailedView
          signIn={view.signIn}
          failure={view.failure}
          account={snapshot.accounts.find(({ id }) => id === view.signIn.place?.id) ?? null}
          offersPractice={snapshot.surroundings.offersPractice}
          commands={commands}
          onUseKey={keyInstead(commands.dismissSignIn)}
        />
      );
    case 'settings':
      return (
        <SettingsView
          snapshot={snapshot}
          now={now}
          commands={commands}
          apiKey={<KeyCard {...key} />}
          onLeave={leaveSettings}
        />
      );
    case 'account':
      return (
        <AccountView
          snapshot={snapshot}
          latest={latest}
          now={now}
          commands={commands}
          apiKey={hasKeyCard ? <KeyFold {...key} /> : null}
        />
      );
    case 'key-form':
      return <KeyForm snapshot={snapshot} commands={commands} onLeave={leaveKey} />;
    case 'api-key':
      return <KeyView {...key} />;
    case 'unknown':
      return <UnknownView snapshot={snapshot} commands={commands} />;
    case 'first-visit':
      return <FirstVisitView snapshot={snapshot} commands={commands} onUseKey={showKey} />;
    case 'signed-out':
      return <SignedOutView snapshot={snapshot} commands={commands} onUseKey={showKey} />;
  }
}

/**
 * A view takes its buttons with it: where one of them had the focus, the next Tab goes on from the new view's top. Who
 * comes back from the settings is where they left.
 */
function useFocusKept(view: View) {
  const main = useRef<HTMLElement>(null);
  const settingsButton = useRef<HTMLButtonElement>(null);
  const wasSettings = useRef(false);
  // While a sign-in waits for a code, the field and its button go with the step.
  const stage = view.name === 'signing-in' && view.signIn.approvalDeadline !== null ? 'waiting' : view.name;
  useEffect(() => {
    if (wasSettings.current) settingsButton.current?.focus();
    wasSettings.current = stage === 'settings';
    if (stage === 'settings') window.scrollTo(0, 0);
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [stage]);
  return { main, settingsButton };
}
