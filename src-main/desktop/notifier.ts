import type { NotificationTopic } from '../domain/history.ts';
import type { Settings } from '../domain/settings.ts';
import type { SignInPhase } from '../domain/sign-in.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { Login } from '../login/login.ts';
import {
  describeCopied,
  describeGoingOn,
  describeKeyCopied,
  describeNotification,
  describeRefresh,
  describeSignIn,
} from '../words/notification-words.ts';
import { notifyOfQuestion } from '../words/serving-words.ts';
import { wordsOf } from '../words/words.ts';
import { showNotification } from './show-notification.ts';

interface NotifierPorts {
  readonly isWindowOpen: () => boolean;
  readonly openWindow: () => void;
  /** With the window that shows it. */
  readonly signIn: (accountId: string) => void;
}

/** Which setting a topic goes by, and what a click leads to. */
const TOPICS: Readonly<
  Record<
    NotificationTopic,
    { readonly setting: keyof Settings['notifications']; readonly click: 'sign-in' | 'window' }
  >
> = {
  'login-ends-in-3-days': { setting: 'loginEnds', click: 'sign-in' },
  'login-ends-in-1-day': { setting: 'loginEnds', click: 'sign-in' },
  'needs-sign-in': { setting: 'needsYou', click: 'sign-in' },
  'entry-lost': { setting: 'needsYou', click: 'window' },
};

/** What the one is about that concerns no account; no account's id, which a person may choose, is empty. */
const THE_APP = '';

/** Tells by a notification what a person would miss otherwise, and only what they want to be told. */
export class Notifier {
  readonly #login: Login;
  readonly #ports: NotifierPorts;
  #lastPhase: SignInPhase | null = null;
  #lastQuestion = 0;

  constructor(login: Login, ports: NotifierPorts) {
    this.#login = login;
    this.#ports = ports;
    login.subscribe((snapshot) => this.#tellSignInEnd(snapshot));
    login.subscribe((snapshot) => this.#tellQuestion(snapshot));
    login.onNotification(({ accountId, topic }) => {
      const account = this.#accountOf(accountId);
      const { setting, click } = TOPICS[topic];
      if (account === undefined || !login.snapshot.settings.notifications[setting]) return;
      const onClick = click === 'window' ? ports.openWindow : () => ports.signIn(accountId);
      const words = describeNotification(wordsOf(login.snapshot), topic, account, Date.now());
      showNotification(accountId, words, onClick);
    });
  }

  /** How a refresh ended that was asked for from the tray. */
  tellRefresh(accountId: string): void {
    const account = this.#accountOf(accountId);
    // The window shows it already.
    if (account === undefined || this.#ports.isWindowOpen()) return;
    const words = describeRefresh(wordsOf(this.#login.snapshot), account, Date.now());
    if (words !== null) showNotification(accountId, words, this.#ports.openWindow);
  }

  /** The window was closed for the first time: where the app is now. */
  tellGoingOn(): void {
    const { snapshot } = this.#login;
    const words = describeGoingOn(wordsOf(snapshot), snapshot);
    showNotification(THE_APP, words, this.#ports.openWindow);
  }

  /** An access token that was asked for from the tray is on the clipboard. */
  tellCopied(accountId: string): void {
    const words = describeCopied(wordsOf(this.#login.snapshot));
    showNotification(accountId, words, this.#ports.openWindow);
  }

  /** The same of the API key. */
  tellKeyCopied(): void {
    const words = describeKeyCopied(wordsOf(this.#login.snapshot));
    showNotification(THE_APP, words, this.#ports.openWindow);
  }

  /** A sign-in that ends while nobody sees the window. */
  #tellSignInEnd(snapshot: Snapshot): void {
    const { signIn: attempt, settings } = snapshot;
    const hasEnded = this.#lastPhase === 'running' && attempt?.phase === 'succeeded';
    this.#lastPhase = attempt?.phase ?? null;
    if (!hasEnded || !settings.notifications.signedIn || this.#ports.isWindowOpen()) return;
    const account = this.#accountOf(attempt.place?.id);
    if (account === undefined) return;
    const words = describeSignIn(wordsOf(snapshot), account, Date.now());
    showNotification(account.id, words, this.#ports.openWindow);
  }

  /** A program waits for the person's word, who has half a minute. */
  #tellQuestion(snapshot: Snapshot): void {
    const question = snapshot.serving?.questions.find(({ id }) => id > this.#lastQuestion);
    if (question === undefined) return;
    this.#lastQuestion = question.id;
    const words = notifyOfQuestion(wordsOf(snapshot), question, snapshot.accounts);
    showNotification(THE_APP, words, this.#ports.openWindow);
  }

  #accountOf(id: string | undefined) {
    return this.#login.snapshot.accounts.find((account) => account.id === id);
  }
}
