import { entryLoss } from '../../domain/history.ts';
import type { ConfigFile, ConfigFileContent, Decide, EditOutcome, EntryEdit } from '../config/config-file.ts';
import { credentialDigest, tokenTrace } from '../credential-trace.ts';
import type { KeptCopy } from '../keychain/keychain.ts';
import type { AccountRecord } from '../records/accounts-file.ts';
import { FailureError } from '../../domain/failure.ts';
import { joined, split, type JoinedContent, type NewSecret, type SplitEdits } from './joined.ts';
import { hiddenIds, secretOf, type SecretPlace } from './secret-place.ts';

type Records = ReadonlyMap<string, AccountRecord>;

/** Which edits a content needs, as `Decide`. */
export type DecideJoined = (content: JoinedContent) => readonly EntryEdit[];

/** As `PreparedEdit`. */
export interface PreparedJoinedEdit {
  commit(decide: DecideJoined): Promise<EditOutcome>;
  release(): Promise<void>;
}

const MAX_TRIES = 5;
/** So many refresh tokens before it a secret tells of. */
const MOST_REPLACED = 50;

/**
 * The config file together with what the keychain holds of it. Where every account is in the file alone this is that
 * file. A secret is in the keychain before the file says so: a crash in between costs nothing.
 */
export class JoinedFile {
  readonly #file: ConfigFile;
  readonly #secrets: SecretPlace;
  readonly #records: () => Promise<Records>;

  constructor(file: ConfigFile, secrets: SecretPlace, records: () => Promise<Records>) {
    this.#file = file;
    this.#secrets = secrets;
    this.#records = records;
  }

  get path(): string {
    return this.#file.path;
  }

  async prepareToSave(): Promise<void> {
    await this.#file.prepareToSave();
  }

  /** As `ConfigFile.edit`. @throws FailureError also `keychain-unavailable`: nothing is written then */
  async edit(decide: DecideJoined): Promise<EditOutcome> {
    return this.#edit(decide, (each) => this.#file.edit(each));
  }

  /** As `ConfigFile.prepare`. @throws FailureError also `keychain-unavailable` where that gives no secret out */
  async prepare(
    trial: DecideJoined,
    options?: { readonly isChecked?: boolean },
  ): Promise<PreparedJoinedEdit> {
    const records = await this.#records();
    let isHidden = false as boolean;
    const prepared = await this.#file.prepare((raw) => {
      const edits = this.#split(trial, raw, records);
      isHidden = edits.secrets.length > 0;
      return edits.file;
    }, options);
    // A keychain that has locked meanwhile says so before anything is spent.
    if (isHidden) await this.#secrets.look(records);
    const { obstacle } = this.#secrets;
    if (isHidden && obstacle !== null) {
      await prepared.release();
      throw new FailureError(obstacle);
    }
    return {
      commit: (decide) => this.#edit(decide, (each) => prepared.commit(each)),
      release: () => prepared.release(),
    };
  }

  async restrictPermissions(): Promise<void> {
    await this.#file.restrictPermissions();
  }

  /** Makes the file say what the accounts' storage wants of it, and no more. @throws FailureError as `ConfigFile.edit` */
  async tidy(): Promise<void> {
    const records = await this.#records();
    if (hiddenIds(records).length === 0) return;
    await this.#rekey(records);
    await this.#file.edit((raw) => this.#joined(raw, records).untidy);
  }

  /** A secret goes by the id that its account has now. */
  async #rekey(records: Records): Promise<void> {
    const moved = hiddenIds(records).flatMap((id): readonly KeptCopy[] => {
      const known = records.get(id)?.known ?? null;
      const secret = known === null ? null : secretOf(id, known, this.#secrets.held);
      if (secret === null || secret.credential.id === id) return [];
      return [{ ...secret, credential: { ...secret.credential, id } }];
    });
    await this.#secrets.write(moved);
    await this.#sweep(records);
  }

  /** Forgets what goes by an id that is no account's any more, and is there under another one, or outdone by it. */
  async #sweep(records: Records): Promise<void> {
    const { held } = this.#secrets;
    const ids = hiddenIds(records);
    const left = held.filter((each) => {
      const token = tokenTrace(each.credential.refreshToken);
      const isElsewhere = held.some(
        ({ credential, replaces }) =>
          credential.id !== each.credential.id &&
          token !== null &&
          (tokenTrace(credential.refreshToken) === token || replaces.includes(token)),
      );
      return !ids.includes(each.credential.id) && isElsewhere;
    });
    if (left.length === 0) return;
    // What stays is spent, or is there twice.
    await this.#secrets.forget(left.map(({ credential }) => credential.id)).catch(() => undefined);
  }

  async #edit(decide: DecideJoined, edit: (decide: Decide) => Promise<EditOutcome>): Promise<EditOutcome> {
    const records = await this.#records();
    if (hiddenIds(records).length === 0 && this.#secrets.held.length === 0)
      return edit((raw) => this.#split(decide, raw, records).file);
    // What was there when it was decided: the new secrets are in no entry yet.
    const { held } = this.#secrets;
    let { secrets } = this.#split(decide, await this.#file.read(), records, held);
    for (let tries = 1; ; tries++) {
      await this.#secrets.write(secrets.map((each) => withPredecessors(each, records, held)));
      const kept = secrets;
      try {
        const outcome = await edit((raw) => {
          const edits = this.#split(decide, raw, records, held);
          if (!isSame(edits.secrets, kept)) throw new SecretsFirst(edits.secrets);
          return edits.file;
        });
        await this.#sweep(records);
        return outcome;
      } catch (error) {
        if (!(error instanceof SecretsFirst) || tries === MAX_TRIES) throw error;
        ({ secrets } = error);
      }
    }
  }

  #joined(content: ConfigFileContent, records: Records, held = this.#secrets.held): JoinedContent {
    return joined(content, records, held);
  }

  #split(
    decide: DecideJoined,
    raw: ConfigFileContent,
    records: Records,
    held = this.#secrets.held,
  ): SplitEdits {
    const content = this.#joined(raw, records, held);
    return split(decide(content), content, records);
  }
}

/** Another program has changed the file: other secrets have to be in the keychain before it is written. */
class SecretsFirst extends Error {
  override readonly name = 'SecretsFirst';
  readonly secrets: SplitEdits['secrets'];

  constructor(secrets: SplitEdits['secrets']) {
    super('the keychain comes first');
    this.secrets = secrets;
  }
}

function isSame(one: SplitEdits['secrets'], other: SplitEdits['secrets']): boolean {
  return (
    one.length === other.length &&
    one.every(({ credential: each }, at) => {
      const twin = other[at]?.credential;
      return twin?.id === each.id && credentialDigest(twin) === credentialDigest(each);
    })
  );
}

/** With the refresh tokens that are spent for it: whoever knows one of those only knows it by them. */
function withPredecessors(
  { credential, isRenewal }: NewSecret,
  records: Records,
  held: readonly KeptCopy[],
): KeptCopy {
  const known = records.get(credential.id)?.known ?? null;
  const before = known === null ? null : secretOf(credential.id, known, held);
  if (before === null) return { credential, replaces: [] };
  const token = tokenTrace(before.credential.refreshToken);
  // A sign-in in its place, for which it was put aside under another id.
  const isPutAside = [...records].some(
    ([id, { known: other, history }]) =>
      id !== credential.id && token !== null && other?.token === token && entryLoss(history) === 'removed',
  );
  if (isPutAside && !isRenewal) return { credential, replaces: [] };
  const isNext = token !== null && token !== tokenTrace(credential.refreshToken);
  const replaces = [...before.replaces, ...(isNext ? [token] : [])];
  // What the keychain did not take waited beside it.
  const last = known?.token ?? null;
  const isBetween = last !== null && last !== token && last !== tokenTrace(credential.refreshToken);
  return { credential, replaces: [...replaces, ...(isBetween ? [last] : [])].slice(-MOST_REPLACED) };
}
