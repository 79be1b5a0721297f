import type { Check } from '../domain/check.ts';
import type { Credential } from '../domain/credential.ts';
import { isWithoutKeychain, type Failure, type FailureCode } from '../domain/failure.ts';
import type { Instant } from '../domain/instant.ts';
import type { FormerAccount } from '../domain/snapshot.ts';
import type { Storage } from '../domain/storage.ts';
import { adoptElsewhere, type AccountElsewhere } from './adopt-elsewhere.ts';
import { ApiKeys, type StoredApiKey } from './api-keys.ts';
import { Answers, type Answer, type AnswerRoom, type Stored } from './answers.ts';
import { Copies, type Displaced, type Orphan } from './copies.ts';
import { claudeCodesAmong, type ClaudeCodePlaces } from './claude-codes.ts';
import { withCredentialLock } from './credential-lock.ts';
import { credentialDigest } from './credential-trace.ts';
import { forgetAccount } from './forget-account.ts';
import { FormerCopies } from './former-copies.ts';
import { isHeldElsewhere } from './held-elsewhere.ts';
import { keepForOthers } from './keep-for-others.ts';
import { keepLeftovers } from './keep-leftovers.ts';
import type { Lesson } from './lessons.ts';
import { FileHealth } from './file-health.ts';
import { lookOver } from './look-over.ts';
import { Places, type PlacesOptions } from './places.ts';
import { readStored } from './read-stored.ts';
import { writeExpiry } from './written-expiry.ts';
import { isOlderBlockNews, olderBlockEdits } from './placing.ts';
import { putBack } from './put-back.ts';
import { saveAgain } from './save-again.ts';
import { tellSpent, tellSpentAgain, unspend, unspendGuess } from './spent.ts';
import type { FormerCredential } from './records/account-record.ts';
import { EMPTY_RECORD, type AccountRecord } from './records/accounts-file.ts';
import { moveStorage } from './storage/move-storage.ts';
import { MovedHere } from './storage/moved-here.ts';
import { takeOutTwins } from './take-out-twins.ts';
import { accountsOf, ownCredential, type StoredAccount } from './stored-accounts.ts';

export {
  EMPTY_RECORD,
  ownCredential,
  type AccountRecord,
  type AnswerRoom,
  type Lesson,
  type Stored,
  type StoredAccount,
};

export interface VaultContent {
  /** In the config file's order, those that are not in it last. */
  readonly accounts: readonly StoredAccount[];
  /** What is known of accounts that were signed out. */
  readonly signedOut: readonly FormerAccount[];
  readonly isFileReadable: boolean;
  /** Every id in the config file, also of entries that hold no token. */
  readonly ids: readonly string[];
  readonly apiKey: StoredApiKey;
  readonly troubles: readonly Failure[];
  /** The file says more than the accounts' storage wants, or something older. */
  readonly isUntidy: boolean;
  /** Our own folder, as `AccountRecord.learntIn`. */
  readonly folder: string | null;
}

/**
 * All that is stored of logins, in the config file and beside it. Which of several credentials of an account counts is
 * `domain/custody.ts`'s rule; where they go in the file `placing.ts` works out.
 */
export class Vault {
  readonly #places: Places;
  readonly #answers: Answers;
  readonly #copies: Copies;
  readonly former: FormerCopies;
  readonly apiKeys: ApiKeys;
  readonly health: FileHealth;
  readonly moved: MovedHere;
  readonly #claudeCodePlaces: ClaudeCodePlaces;

  constructor(options: PlacesOptions) {
    this.#claudeCodePlaces = options;
    this.#places = new Places(options);
    this.#answers = new Answers(this.#places);
    this.former = new FormerCopies(this.#places);
    this.#copies = new Copies(this.#places, this.former);
    this.apiKeys = new ApiKeys(this.#places, options.apiKeys ?? null);
    this.health = new FileHealth(this.#places, options);
    this.moved = new MovedHere(this.#places);
  }

  /** The files whose change may mean that another program, or another Latchkey, wrote. */
  get watchedFiles(): readonly string[] {
    return [this.#places.configFile.path, this.#places.accountsFile.path, this.apiKeys.path];
  }

  /**
   * Why the keychain holds no copy of the last credential, or that there is none, as far as it was asked for anything;
   * `null` while it does, or before the first.
   */
  get keychainFailure(): Failure | null {
    const { inKeychain, secrets } = this.#places;
    const isNone = secrets.obstacle !== null && isWithoutKeychain(secrets.obstacle);
    return inKeychain.obstacle ?? (isNone ? secrets.obstacle : null);
  }

  /** Why the keychain does not give out, or take, what is there alone, as far as it was asked; `null`: it does. */
  get secretsObstacle(): Failure | null {
    return this.#places.secrets.obstacle;
  }

  /** Everything stored, and what a person should know about it. Never rejects: what cannot be read is a trouble. */
  async load(): Promise<VaultContent> {
    const troubles = new Map<FailureCode, Failure>();
    const tell = (failure: Failure | null) => {
      if (failure !== null) troubles.set(failure.code, failure);
    };
    await this.#places.records.writePending();
    const { file, known } = await readStored(this.#places, tell);
    const { path } = this.#places.configFile;
    const mode = file?.readableByOthers ?? null;
    if (mode !== null) tell({ code: 'config-readable-by-others', path, mode });
    if (file !== null && isOlderBlockNews(file, known)) tell({ code: 'older-block', path });
    if (file !== null && file.unreadable.length > 0) {
      tell({ code: 'entries-unreadable', path, at: file.unreadable.join(', ') });
    }
    if ([...known.kept.values()].some(({ kind }) => kind !== 'copy')) tell(this.#places.saveFailure);
    const { records, kept, inFolder } = this.#places;
    tell(records.failure ?? kept.obstacle ?? inFolder.missed);
    const apiKey = await this.apiKeys.shown(file);
    if (apiKey.beside?.isSame === false) tell({ code: 'key-in-both' });
    const { rescueFile, accountsFile, copiesFile } = this.#places;
    for (const { setAside } of [rescueFile, accountsFile, copiesFile, this.apiKeys]) tell(setAside);
    const accounts = accountsOf({ file, ...known }, this.#places.inMemory, (id) =>
      this.#places.secrets.lockOf(id, known.records),
    );
    const ids = new Set(accounts.map(({ id }) => id));
    return {
      accounts,
      signedOut: [...known.records].flatMap(([id, { history }]) => (ids.has(id) ? [] : [{ id, history }])),
      isFileReadable: file !== null,
      ids: file?.ids ?? [],
      apiKey,
      troubles: [...troubles.values()],
      folder: await this.#places.folderNumber(),
      isUntidy: (file?.untidy.length ?? 0) > 0 || this.#places.hasSecretsToBring(known.records),
    };
  }

  /** One account, freshly read; `null` where nothing is known of it. Never rejects. */
  async find(id: string): Promise<{ readonly account: StoredAccount | null }> {
    const { accounts } = await this.load();
    return { account: accounts.find((each) => each.id === id) ?? null };
  }

  /** Loads what saving needs: worth calling while a person is busy approving, so that the first save is quick. */
  async prepareToSave(): Promise<void> {
    await this.#places.configFile.prepareToSave();
  }

  /** As `withCredentialLock`. @throws FailureError `login-locked`, `data-not-writable`, or what `work` throws */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    const path = await this.#places.realPath();
    return withCredentialLock(path, this.#places.dataDir, () =>
      this.#places.pinned(path, async () => {
        await this.#places.seeSecrets(true);
        await this.#places.settleSecrets();
        await keepLeftovers(this.#places);
        return work();
      }),
    );
  }

  /**
   * Asks the keychain for what is nowhere else, where that is not at hand. It may show a person its dialogue, once, until
   * `askAgain`. Never rejects: what stands in the way is the accounts' `lock`.
   */
  async seeSecrets(): Promise<void> {
    await this.#places.seeSecrets(false);
  }

  /** A person wants the keychain to be asked once more. */
  askForSecretsAgain(): void {
    this.#places.secrets.askAgain();
  }

  /** As `moveStorage`. @throws FailureError what stands in the way: the secrets are where they were then, or in both places */
  async moveStorage(id: string, storage: Storage): Promise<void> {
    const { accounts } = await this.load();
    await moveStorage(accounts.find((each) => each.id === id) ?? null, id, storage, this.#places);
  }

  /** Makes the file say what the accounts' storage wants. Never rejects: what stands in the way is told by the next try. */
  async tidy(): Promise<void> {
    await this.#places.configFile.tidy().catch(() => undefined);
  }

  /** As `Answers.takeRoom`. @throws FailureError `nowhere-to-store` */
  async takeRoom(id: string, sent: Credential | null): Promise<AnswerRoom> {
    return this.#answers.takeRoom(id, sent);
  }

  /** As `Answers.store`. @throws FailureError `data-not-writable` when it could be stored nowhere but in memory */
  async store(answer: Answer, room: AnswerRoom | null): Promise<Stored> {
    return this.#answers.store(answer, room);
  }

  /** Remembers what one look taught, in one write, and keeps copies of what is present. Never rejects. */
  async learn(lessons: readonly Lesson[]): Promise<void> {
    await this.#places.learn(lessons);
  }

  /** As `Copies.copyOf`. Never rejects. */
  async copyOf(id: string): Promise<Credential | null> {
    return this.#copies.copyOf(id, () => this.load());
  }

  /** As `Copies.keepDisplaced`. Never rejects. */
  async keepDisplaced(id: string, digest: string, taken: readonly string[]): Promise<Displaced | null> {
    return this.#copies.keepDisplaced(id, digest, taken);
  }

  /** As `Copies.letGoOfDisplaced`. Never rejects. */
  async letGoOfDisplaced(id: string, digest: string): Promise<void> {
    await this.#copies.letGoOfDisplaced(id, digest);
  }

  /** As `Copies.keepApart`. @throws FailureError `data-not-writable` */
  async keepApart(credential: Credential, taken: readonly string[]): Promise<Credential> {
    return this.#copies.keepApart(credential, taken);
  }

  /** What lies beside the file under these ids is in it under others; what waits for it there is not. Never rejects. */
  async vacate(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const { kept } = await this.#places.known();
    await this.#places.forgetKept(ids.filter((id) => (kept.get(id)?.kind ?? 'copy') === 'copy'));
    await this.#places.forget('copies', ids).catch(() => undefined);
  }

  /** As `Copies.keepLost`. Never rejects. */
  async keepLost(ids: readonly string[]): Promise<void> {
    await this.#copies.keepLost(ids);
  }

  /** As `Copies.orphans`. Never rejects. */
  async orphans(): Promise<readonly Orphan[] | null> {
    const { accounts, isFileReadable } = await this.load();
    return isFileReadable ? this.#copies.orphans(accounts) : null;
  }

  /** As `Copies.newerCopy`. Never rejects. */
  async newerCopy(credential: Credential): Promise<Credential | null> {
    return this.#copies.newerCopy(credential);
  }

  /**
   * Changes what is known of an account. Never rejects: where it cannot be written down it is known until the app
   * quits, and `load` tells the trouble.
   */
  async saveRecord(id: string, change: (record: AccountRecord) => AccountRecord | null): Promise<void> {
    await this.learn([{ id, change }]);
  }

  /** As `unspend` of `spent.ts`. */
  async unspend(token: string, by: string | null): Promise<void> {
    await unspend(token, by, this.#places.records);
  }

  /** As `unspendGuess` of `spent.ts`. */
  async unspendGuess(former: FormerCredential, by: string | null): Promise<void> {
    await unspendGuess(former, by, this.#places.records);
  }

  /** As `tellSpent` of `spent.ts`. Never rejects. */
  async tellSpent(token: string, by: string | null): Promise<void> {
    await tellSpent(token, by, this.#places.records);
  }

  /** As `tellSpentAgain` of `spent.ts`. Never rejects. */
  async tellSpentAgain(tokens: readonly string[]): Promise<void> {
    await tellSpentAgain(tokens, this.#places.records);
  }

  /** As `adoptElsewhere` of `adopt-elsewhere.ts`. @throws FailureError `data-not-writable` */
  async adoptElsewhere(
    digest: string,
    copyOf: () => Promise<Credential | null>,
    adopt: (account: AccountElsewhere, present: Credential) => Lesson,
  ): Promise<void> {
    await adoptElsewhere(digest, copyOf, adopt, this.#places);
  }

  /** As `forgetAccount`, once `keepForOthers` is done. @throws FailureError what of it could not be forgotten */
  async forget(id: string, at: Instant): Promise<readonly Credential[]> {
    const { accounts } = await this.load();
    await keepForOthers(id, accounts, () => this.copyOf(id), this.#places, at);
    return forgetAccount(id, this.#places, this.former);
  }

  /** As `takeOutTwins` of `take-out-twins.ts`. @throws FailureError as an edit does */
  async takeOutTwins(account: StoredAccount): Promise<void> {
    await takeOutTwins(account, this.#places);
  }

  /** As `claudeCodesAmong` of `claude-codes.ts`. Never rejects. */
  claudeCodesAmong(credentials: readonly Credential[]): Promise<readonly Credential[]> {
    return claudeCodesAmong(credentials, this.#claudeCodePlaces);
  }

  /** Whether it is one of these. Never rejects. */
  async isClaudeCodes(credential: Credential): Promise<boolean> {
    return (await this.claudeCodesAmong([credential])).length > 0;
  }

  /** As `isHeldElsewhere` of `held-elsewhere.ts`, or by Claude Code, which may have been given it. Never rejects. */
  async isHeldElsewhere(credential: Credential): Promise<boolean> {
    return (await this.isClaudeCodes(credential)) || isHeldElsewhere(credential, this.#places, this.former);
  }

  /** As `saveAgain` of `save-again.ts`. Never rejects. */
  async saveAgain(at: Instant): Promise<void> {
    await saveAgain(at, this.#places);
  }

  /** As `putBack` of `put-back.ts`. @throws FailureError what stands in the way of writing */
  putBack(
    id: string,
    copy: Credential,
    over: string | null,
    change: (record: AccountRecord) => AccountRecord,
  ): Promise<boolean> {
    return putBack(id, copy, over, change, this.#places);
  }

  /** As `writeExpiry` of `written-expiry.ts`. @throws FailureError what stands in the way of writing */
  readonly writeExpiry = (id: string): Promise<boolean> => writeExpiry(id, this.#places);

  /** Adds the login of an older program's block where today's programs look; the block stays. @throws FailureError as an edit does */
  async takeOverOlderBlock(): Promise<void> {
    const { accounts } = await this.load();
    const known = await this.#places.known();
    const taken = accounts.map(({ id }) => id);
    await this.#places.configFile.edit((content) => olderBlockEdits(content, known, taken));
  }

  /** Whether copies are kept in the keychain from now on. */
  useKeychain(isOn: boolean): void {
    this.#places.inKeychain.isOn = isOn;
  }

  /** Keeps a lasting copy of what is ours for certain. Never rejects: what stands in the way is `keychainFailure`. */
  async keepCopies(): Promise<void> {
    await this.#places.keepLasting(ofCertain((await this.load()).accounts));
  }

  /** Whether our own folder is to hold a copy that it does not, as after an older version. Never rejects. */
  async areCopiesMissing(accounts: readonly StoredAccount[]): Promise<boolean> {
    const inPlace = accounts.filter(
      ({ whereabouts, record, storage }) =>
        whereabouts === 'config-file' && record?.known != null && storage === 'config-file',
    );
    return this.#places.inFolder.isMissing(ofCertain(inPlace));
  }

  /** Whether a crash left what was got for a login of this file, which the next turn takes in. Never rejects. */
  async hasDraft(): Promise<boolean> {
    const left = await this.#places.rescueFile.leftovers();
    if (left.length === 0) return false;
    const file = await this.#places.realPath();
    return left.some(({ waiting }) => waiting.some(({ configFile }) => (configFile ?? file) === file));
  }

  /** As `Copies.bringHome`. @throws FailureError `data-not-writable` */
  async bringCopiesHome(): Promise<void> {
    await this.#copies.bringHome((await this.load()).accounts);
  }

  /**
   * Forgets every copy in the keychain: what was not seen may be the last of its login.
   *
   * @throws FailureError `keychain-unavailable` where some may be left, `data-not-writable`
   */
  async forgetCopies(): Promise<void> {
    await this.#places.inKeychain.forget(await this.#copies.bringHome((await this.load()).accounts));
  }

  /** As `lookOver`. Never rejects. */
  async lookOver(): Promise<readonly Check[]> {
    return lookOver(this.#places, async () => [
      ...(await this.load()).troubles,
      ...(await this.health.look()),
    ]);
  }

  /** Makes `config.yaml` readable by its owner only. @throws FailureError `config-not-writable` */
  restrictConfigFile(): Promise<void> {
    return this.#places.configFile.restrictPermissions();
  }
}

/**
 * Where the owner is not certain the copy that lasts may be the last of another login. Where another program has put
 * something in its place that is none of its successors, that is not what there is to be a copy of.
 */
function ofCertain(accounts: readonly StoredAccount[]): readonly Credential[] {
  return accounts.flatMap(({ credential, hasCopy, record }) => {
    if (credential === null || !hasCopy || record?.isOwnerSure === false) return [];
    return record?.known == null || record.known.digest === credentialDigest(credential) ? credential : [];
  });
}
