import { CLIENT_ID } from '../domain/client-id.ts';
import type { Credential } from '../domain/credential.ts';
import { keepsFromReading } from '../domain/config-failure.ts';
import { failureOf, FailureError, type Failure, type FileObstacle } from '../domain/failure.ts';
import type { Instant } from '../domain/instant.ts';
import { REPLACED } from './config/config-text.ts';
import { credentialDigest, tokenTrace } from './credential-trace.ts';
import { knownTokens } from './known-tokens.ts';
import { madePrivate, type Lesson } from './lessons.ts';
import type { CredentialPlace, PlaceRoom } from './place.ts';
import type { Known, Places } from './places.ts';
import { placingOf } from './placing.ts';
import type { AccountRecord } from './records/accounts-file.ts';
import type { KeptCredential } from './records/rescue-file.ts';
import type { PreparedJoinedEdit } from './storage/joined-file.ts';
import { hiddenIds } from './storage/secret-place.ts';

/** Room for an answer that is about to be asked for. To be released where none comes. */
export interface AnswerRoom {
  readonly file: PreparedJoinedEdit | null;
  readonly beside: ReadonlyMap<CredentialPlace, PlaceRoom>;
  /**
   * Leaves what has just been got for what was sent where the next refresh finds it after a crash: to store it takes tens
   * of milliseconds, in which it would be nowhere. Nothing after a sign-in, which can be repeated. Never throws.
   */
  draft(credential: Credential): void;
  release(): Promise<void>;
}

/** What a token request brought. */
export interface Answer {
  /** Under the id that it was asked for. */
  readonly credential: Credential;
  /** Whose refresh token was sent; `null`: a sign-in. */
  readonly sent: Credential | null;
  /** After a sign-in, as of `setOrAdd`. */
  readonly over?: string | null;
  /** When it was received. */
  readonly at: Instant;
  /** What else is to be remembered of each account whose login it is. */
  readonly change: (record: AccountRecord) => AccountRecord;
}

export interface Stored {
  readonly isInFile: boolean;
  /** What a person should know: why it is not in the config file, or what was changed there beyond it. */
  readonly failure: Failure | null;
}

/** Longer than any token seen: what is tried has to be no smaller than what comes. */
const TRIAL_TOKEN = 'x'.repeat(1_024);

/** Stores what token requests bring, and sees to it before they are sent that there is room for that. */
export class Answers {
  readonly #places: Places;

  constructor(places: Places) {
    this.#places = places;
  }

  /**
   * Takes room for the answer of a token request, wherever it may have to go: what is sent is spent, and an answer that
   * could be kept nowhere would end the login. To be called before anything is sent.
   *
   * @param sent whose refresh token is about to be sent; `null`: a sign-in
   * @throws FailureError `nowhere-to-store`
   */
  async takeRoom(id: string, sent: Credential | null): Promise<AnswerRoom> {
    const failures: Failure[] = [];
    const orNull = async <T>(taking: Promise<T>): Promise<T | null> => {
      try {
        return await taking;
      } catch (error) {
        failures.push(failureOf(error));
        return null;
      }
    };
    const base = sent ?? { id, clientId: CLIENT_ID, scopes: [], accessExpiresAt: 0 };
    const trial = { ...base, accessToken: TRIAL_TOKEN, refreshToken: TRIAL_TOKEN };
    const known = await this.#places.known((failure) => failures.push(failure));
    // Nobody can tell then whether what is about to be sent is spent.
    const [unreadable] = failures;
    if (sent !== null && this.#places.isBlind && unreadable !== undefined) throw new FailureError(unreadable);
    const { decide, kind, replaces } = placingOf(trial, sent, known);
    const beside = new Map<CredentialPlace, PlaceRoom>();
    const prepare = async (takes: CredentialPlace['takes']) => {
      for (const place of this.#places.taking(takes)) {
        if (takes === 'copies' && !(await this.#places.isFree(id, place))) continue;
        const room = await orNull(place.prepare(sent));
        if (room !== null) beside.set(place, room);
      }
    };
    await prepare('waiting');
    if (sent !== null && (await this.#isOutdone(sent))) {
      await Promise.all([...beside.values()].map((room) => room.release()));
      throw new FailureError(nowhere(failures[0], this.#places.dataDir));
    }
    const elsewhere = failures.splice(0);
    // To check the edit as a whole takes as long as making it, and is needed only where that is the one room there is.
    const file = await orNull(this.#places.configFile.prepare(decide, { isChecked: beside.size === 0 }));
    const barred =
      failures.flatMap((failure) => barredBy(failure, sent))[0] ??
      (await this.#unreadNews(failures, sent, known));
    if (barred !== null) {
      await Promise.all([...beside.values()].map((room) => room.release()));
      throw new FailureError(barred);
    }
    failures.push(...elsewhere);
    // A place for copies may ask a person for a password: nothing is tried there while there is room elsewhere. Of what is
    // to be in the keychain alone no copies are made.
    const hasCopies = !hiddenIds(known.records).includes(id);
    if (file === null && beside.size === 0 && hasCopies) await prepare('copies');
    if (file === null && beside.size === 0) {
      throw new FailureError(nowhere(failures[0], this.#places.dataDir));
    }
    const release = async () => {
      await Promise.all([file, ...beside.values()].map(async (room) => room?.release()));
    };
    const draft = (credential: Credential) => {
      if (!isDrafted(id, sent, known)) return;
      for (const room of beside.values()) room.draft([{ credential, kind, replaces }]);
    };
    return { file, beside, draft, release };
  }

  /** Whether what a crash left has its successor: that could be kept nowhere, or it would be the one to send. */
  async #isOutdone({ refreshToken }: Credential): Promise<boolean> {
    const token = tokenTrace(refreshToken);
    if (token === null) return false;
    const left = await this.#places.rescueFile.leftovers();
    return left.some(({ waiting }) => waiting.some(({ replaces }) => replaces.includes(token)));
  }

  /**
   * Stores what a token request brought: in the entries of `config.yaml` that hold the token that was sent, and in no
   * other; after a sign-in in the entry of its id, where that holds what was looked at. Where the file cannot be written,
   * or holds that no more, it is kept in the data folder. It is on disk when this returns, and in the keychain where there is one.
   *
   * @throws FailureError `data-not-writable` when it could be stored nowhere; it is still held in memory then
   */
  async store({ credential, sent, over, at, change }: Answer, room: AnswerRoom | null): Promise<Stored> {
    room?.draft(credential);
    const { id } = credential;
    const known = await this.#places.known();
    const placing = placingOf(credential, sent, known, over);
    const { kind, replaces } = placing;
    const tellSpent = () => this.#places.records.tellSpent(replaces, tokenTrace(credential.refreshToken));
    // Half an answer would look like a damaged entry (`domain/entry-change.ts`) to whoever knows nothing of it.
    if (credential.accessToken === sent?.accessToken) await tellSpent();
    const { failure, madePrivateFrom } = await this.#places.edit(placing.decide, room?.file ?? null);
    const touched = failure === null ? placing.touched() : [];
    const isInFile = touched.length > 0;
    const ids = new Set(isInFile ? touched : [id, ...placing.holders]);
    const holdsAlready = (each: string) => placing.holders.includes(each);
    const kept = [...ids].map((each): KeptCredential => ({
      credential: { ...credential, id: each },
      // Its entry is gone, or another's. It lives, and nobody has seen it in a file: nothing takes its place by itself.
      kind: failure === null ? 'renewed' : kind,
      replaces,
    }));
    // What the keychain has taken needs no other place; the file is made to fit later.
    const homeless = kept.filter((each) => !this.#isSecret(each.credential));
    const waiting = isInFile || homeless.length === 0 ? [] : this.#places.taking('waiting');
    for (const place of waiting) await (room?.beside.get(place) ?? place).keep(homeless);
    await tellSpent();
    const notKept = waiting.every(({ obstacle }) => obstacle !== null) ? waiting[0]?.obstacle : null;

    const lesson = {
      spends: replaces,
      isGiven: true,
      change: (record: AccountRecord) => madePrivate(change(record), madePrivateFrom, at),
    };
    // Another program gave the entry another id meanwhile: what we know goes with the login, and back where both swapped.
    const [movedTo] = isInFile && !ids.has(id) ? touched.filter((each) => !holdsAlready(each)) : [];
    const left: Lesson[] = movedTo === undefined ? [] : [{ id, change: () => null }];
    if (movedTo !== undefined && known.records.has(movedTo)) {
      left.splice(0, 1, { id, from: movedTo, change: (record) => record });
    }
    // Where the login has taken the place of another one that is lost there, that one is still what the id is about.
    const about = [...ids].filter((each) => each === id || each === movedTo || holdsAlready(each));
    await this.#places.learn(
      [
        ...about.map((each) => ({
          ...lesson,
          id: each,
          present: { ...credential, id: each },
          isUpdate: each !== id && each !== movedTo,
          ...(each === movedTo ? { from: id } : {}),
        })),
        ...left,
      ],
      false,
    );
    // Last: until that is known as well nothing else tells that what was sent is spent (`keep-drafts.ts`). On a full disk that is
    // written at a later look, and others may write the file at any moment.
    const staysInRoom = isInFile && isDrafted(id, sent, known) && !this.#places.isRemembering;
    if (!staysInRoom) await room?.release();
    if (notKept != null && !this.#places.areCopiesLasting) throw new FailureError(notKept);
    const spent = new Set(replaces);
    // Also under the id that its entry had when it was kept.
    const needless = [...known.kept].filter(([each, there]) =>
      sent === null ? about.includes(each) : isOfTheLogin(there, credential, spent),
    );
    if (isInFile) await this.#places.forgetKept(needless.map(([each]) => each));
    return {
      isInFile,
      // Where the record is not written the credential is safe; what we know of its owner can be learned again.
      failure: failure ?? this.#places.records.failure ?? this.#madePrivate(madePrivateFrom),
    };
  }

  /** What cannot be read now, and was written by somebody else, may hold what was got for the token that is to be sent. */
  async #unreadNews(
    failures: readonly Failure[],
    sent: Credential | null,
    known: Known,
  ): Promise<Failure | null> {
    if (sent === null || !failures.some(isOfReading)) return null;
    const traces = knownTokens(known);
    const isKnown = (token: string) =>
      sent.refreshToken?.startsWith(token) === true || traces.has(tokenTrace(token));
    const { rawConfigFile } = this.#places;
    const mayBeNewer = await rawConfigFile.mayHoldNewer(isKnown);
    if (!mayBeNewer) return null;
    return {
      code: 'config-unreadable',
      path: rawConfigFile.path,
      reason: 'may-be-newer' satisfies FileObstacle,
    };
  }

  #isSecret(credential: Credential): boolean {
    const digest = credentialDigest(credential);
    return this.#places.secrets.held.some((each) => credentialDigest(each.credential) === digest);
  }

  #madePrivate(mode: string | null): Failure | null {
    return mode === null ? null : { code: 'config-made-private', path: this.#places.configFile.path, mode };
  }
}

/** Not what is to be in the keychain alone, which is written to no disk, nor a sign-in, which can be repeated. */
function isDrafted(id: string, sent: Credential | null, { records }: Known): boolean {
  return sent !== null && !hiddenIds(records).includes(id);
}

/** Whether what is kept is the same login, as it is now or was: what is kept under the same id may be another one. */
function isOfTheLogin(kept: KeptCredential, now: Credential, spent: ReadonlySet<string>): boolean {
  const token = tokenTrace(kept.credential.refreshToken);
  const isNow = token !== null && token === tokenTrace(now.refreshToken);
  return isNow || (token !== null && spent.has(token)) || kept.replaces.some((each) => spent.has(each));
}

/** What keeps an answer from being asked for although there is room for it elsewhere. */
function barredBy(failure: Failure, sent: Credential | null): readonly Failure[] {
  // What is to be in no file is not sent while the keychain would not take what comes for it.
  if (failure.code === 'keychain-unavailable') return [{ code: 'secret-locked', reason: failure.reason }];
  // Whoever has replaced it may have renewed what it holds, and what we remember of it.
  return sent !== null && 'reason' in failure && failure.reason === REPLACED ? [failure] : [];
}

/** It cannot be read, or does not come to rest. */
function isOfReading(failure: Failure): boolean {
  return keepsFromReading(failure) || failure.code === 'config-locked';
}

/** What is full, or in the way, where nothing could be kept. */
function nowhere(failure: Failure | undefined, dataDir: string): Failure {
  const path = failure !== undefined && 'path' in failure ? failure.path : dataDir;
  const reason = failure !== undefined && 'reason' in failure ? failure.reason : 'unforeseen';
  return { code: 'nowhere-to-store', path, reason };
}
