import { clipboard, shell } from 'electron';
import type { Link } from '../../src-preload/contract.ts';
import { diagnostics } from '../domain/diagnostics.ts';
import type { ErrorTrace } from '../domain/error-trace.ts';
import { MINUTE } from '../domain/instant.ts';
import { REVOKE_PAGE } from '../domain/revocation.ts';
import type { LogPlace } from '../domain/log-line.ts';
import type { Login } from '../login/login.ts';
import type { CommandHandlers } from './ipc.ts';
import { OpeningLimit } from './browser-opening-limit.ts';
import { runner } from './runner.ts';
import type { SecretClipboard } from './secret-clipboard.ts';
import { systemClipboard } from './system-clipboard.ts';

const LINKS: Readonly<Record<Exclude<Link, 'api-keys'>, string>> = {
  'claude-settings': 'https://claude.ai/settings',
  revoke: REVOKE_PAGE,
  terms: 'https://code.claude.com/docs/en/legal-and-compliance',
};

/** Where errors are noted for developers. */
export interface NotedErrors {
  readonly reportTrace: (place: LogPlace, trace: ErrorTrace) => void;
  /** The latest, oldest first. */
  readonly last: (count: number) => Promise<readonly unknown[]>;
}

/** How many of them a report of a problem takes along. */
const LAST_ERRORS = 20;

interface PageCommandPorts {
  readonly errors: NotedErrors;
  readonly secrets: SecretClipboard;
  readonly closeWindow: () => void;
  readonly reopenWindow: () => void;
  /** Where problems are reported; `null` where package.json names no such page. */
  readonly problemsPage: string | null;
  /** Where API keys are made. */
  readonly keysPage: string;
  /** `undefined` where there is no practice account to try. */
  readonly startPractice: (() => Promise<void>) | undefined;
  /** `null` where somebody else brings newer versions. */
  readonly updates: UpdateCommands | null;
}

/** What a person can have done about newer versions. None rejects. */
export interface UpdateCommands {
  readonly look: () => Promise<void>;
  readonly download: () => Promise<void>;
  readonly skip: () => Promise<void>;
}

/** What each command of the contract does. */
export function pageCommands(
  login: Login,
  {
    errors,
    secrets,
    closeWindow,
    reopenWindow,
    problemsPage,
    keysPage,
    startPractice,
    updates,
  }: PageCommandPorts,
): CommandHandlers {
  const run = runner(login);
  /** The same where the page says so when it is done: it learns that it failed, and not why. */
  const done = async (work: () => unknown): Promise<void> => {
    try {
      await work();
    } catch (error) {
      login.report(error, 'desktop');
      throw new Error('failed');
    }
  };
  const limit = new OpeningLimit(() => performance.now());
  // A page that was taken over could push every other error out of the log.
  const crashLimit = new OpeningLimit(() => performance.now());
  const opening = (work: () => unknown): void => {
    if (limit.allows()) run(work);
  };
  const copyDiagnostics = async () =>
    clipboard.writeText(diagnostics(login.snapshot, process.versions, await errors.last(LAST_ERRORS)));
  return {
    signIn: (id) => opening(() => login.signIn(id)),
    signInWithCode: (id) => opening(() => login.signIn(id, { pasting: true })),
    acknowledgeTerms: () => opening(() => login.acknowledgeTerms()),
    cancelSignIn: () => login.cancelSignIn(),
    dismissSignIn: () => login.dismissSignIn(),
    dismissFarewell: () => login.signOuts.dismiss(),
    copyAuthorizationUrl: () => {
      const url = login.authorizationUrl;
      if (url !== null) run(() => clipboard.writeText(url));
    },
    copyAccessToken: (id) => done(async () => secrets.copy(await login.accessToken(id, MINUTE))),
    copyDiagnostics: () => done(copyDiagnostics),
    reportProblem: () =>
      done(async () => {
        await copyDiagnostics();
        if (problemsPage !== null) opening(() => shell.openExternal(problemsPage));
      }),
    reportCrash: (trace) => {
      if (crashLimit.allows()) errors.reportTrace('window', { ...trace, code: null });
    },
    openAgain: () => opening(reopenWindow),
    pasteCodeInstead: () => opening(() => login.pasteCodeInstead()),
    submitCode: (text) => login.submitCode(text),
    pasteCode: () =>
      done(async () => {
        // Nobody's clipboard is looked at unless a code is awaited.
        if (login.snapshot.signIn?.pasting === true) login.submitCode(await systemClipboard.readText());
      }),
    changeSettings: (settings) => run(() => login.changeSettings(settings)),
    keepProxyPassword: (address, password) => done(() => login.keepProxyPassword(address, password)),
    lookForUpdate: () => run(async () => updates?.look()),
    downloadUpdate: () => run(async () => updates?.download()),
    skipUpdate: () => run(async () => updates?.skip()),
    setStartAtLogin: (on) => login.setStartAtLogin(on),
    setCommandOnPath: (on) => run(() => login.setCommandOnPath(on)),
    pauseServing: () => run(() => login.serving.pause()),
    resumeServing: () => run(() => login.serving.open(null)),
    copySocketPath: () =>
      done(async () => {
        const { serving } = login.snapshot;
        if (serving !== null) await clipboard.writeText(serving.path);
      }),
    answerProgram: (question, permission) => login.serving.answer(question, permission),
    openBrowserAgain: () => opening(() => login.openBrowserAgain()),
    refresh: (id) => run(() => login.refresh(id)),
    putBack: (id) => run(() => login.putBack(id)),
    signOut: (id) => run(() => login.signOut(id)),
    saveAgain: () => done(() => login.saveAgain()),
    restrictConfigFile: () => run(() => login.restrictConfigFile()),
    writeExpiry: (id) => run(() => login.writeExpiry(id)),
    keepOne: (id) => run(() => login.keepOne(id)),
    takeOverOlderBlock: () => run(() => login.takeOverOlderBlock()),
    moveStorage: (id, storage) => run(() => login.storage.move(id, storage)),
    askKeychain: () => run(() => login.storage.askKeychain()),
    excludeFromGit: () => run(() => login.excludeFromGit()),
    setApiKey: (text, mayReplace) =>
      done(async () => {
        const { tested } = await login.keys.set(text, mayReplace);
        run(() => tested);
      }),
    testApiKey: () => done(() => login.keys.test()),
    moveApiKey: (storage) => run(() => login.keys.move(storage)),
    removeApiKey: (storage) => done(() => login.keys.remove(storage)),
    undoRemoveApiKey: () => done(() => login.keys.undoRemove()),
    copyApiKey: () => done(async () => secrets.copy(await login.keys.read())),
    showConfigFile: () => opening(() => shell.showItemInFolder(login.snapshot.surroundings.configFile)),
    openLink: (link) => opening(() => shell.openExternal(link === 'api-keys' ? keysPage : LINKS[link])),
    startPractice: () => opening(() => startPractice?.()),
    hideWindow: closeWindow,
  };
}
