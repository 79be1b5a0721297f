import { isRescued } from '../../domain/whereabouts.ts';
import { failureOf } from '../../domain/failure.ts';
import { entryLoss, withEvent } from '../../domain/history.ts';
import type { StoredAccount } from '../../vault/vault.ts';
import { isRefusalDoubtful, withoutDoubtful } from './doubtful-refusal.ts';
import { isNoSuccessor } from './displaced.ts';
import type { OwnerLookup } from './owner-lookup.ts';
import type { LoginPorts } from '../ports.ts';
import { isBesideNew, isLoginOver, reconcile, unnoticedChange } from './reconcile.ts';
import type { StoredLogins } from './stored-logins.ts';
import type { UnderWay } from '../under-way.ts';

/** What is done with the files that nobody commanded, since others write them, and writing may have failed before. */
export class CatchUp {
  readonly #ports: Pick<LoginPorts, 'vault' | 'clock' | 'endpoints' | 'reportError'>;
  readonly #stored: StoredLogins;
  readonly #owners: OwnerLookup;
  readonly #underWay: UnderWay;
  /** Accounts that lost their entry and whose copy was looked for in the keychain. */
  readonly #copySought = new Set<string>();
  #areOrphansSought = false;

  constructor(
    ports: Pick<LoginPorts, 'vault' | 'clock' | 'endpoints' | 'reportError'>,
    stored: StoredLogins,
    owners: OwnerLookup,
    underWay: UnderWay,
  ) {
    this.#ports = ports;
    this.#stored = stored;
    this.#owners = owners;
    this.#underWay = underWay;
  }

  /**
   * Another program, or another Latchkey, may have written: takes over what is newer, tells what is lost, and writes what
   * the file waits for. Never rejects.
   */
  async run(): Promise<void> {
    await this.#stored.reload();
    await this.#followMoved();
    await this.#seeSecrets();
    await this.#offerOrphans();
    await this.#takeOver();
    for (const account of this.#stored.content.accounts) await this.#seekCopy(account);
    for (const account of this.#stored.content.accounts) {
      // Where it was found it may give way to a later one.
      if (account.hasCopy) this.#copySought.delete(account.id);
      void this.#underWay.track(this.#owners.learn(account));
    }
  }

  /** A file that was moved has what is in the keychain under its former name. */
  async #followMoved(): Promise<void> {
    const { vault } = this.#ports;
    if (await vault.moved.isAny()) await this.#inTurn(() => vault.moved.follow());
  }

  async #seeSecrets(): Promise<void> {
    if (this.#stored.content.accounts.every(({ storage }) => storage === 'config-file')) return;
    await this.#ports.vault.seeSecrets();
    await this.#stored.reload();
  }

  /** Once, since it may ask a person for a password: what the keychain alone has is offered as what was taken out. */
  async #offerOrphans(): Promise<void> {
    if (this.#areOrphansSought) return;
    this.#areOrphansSought = true;
    const { vault, clock } = this.#ports;
    const found = await vault.orphans();
    if (found === null || found.length === 0) return;
    await this.#inTurn(async () => {
      const { accounts } = await vault.load();
      // Another process may have been first.
      const at = clock.now();
      const orphans = found.filter(
        ({ credential, record: left }) =>
          (left == null || !isLoginOver(left, at)) &&
          accounts.every(({ id, record }) => id !== credential.id || record === null),
      );
      await vault.learn(
        orphans.map(({ credential, storage, record: left }) => ({
          id: credential.id,
          present: credential,
          change: (old) => {
            const record = left ?? old;
            // What is wanted in the keychain is where it is to be.
            if (storage !== 'config-file') return { ...record, storage };
            // What stands in its place is found out next, as if this had been known all along.
            if (accounts.some(({ id, entry }) => id === credential.id && entry !== null)) return record;
            return { ...record, history: withEvent(record.history, { at, kind: 'removed' }) };
          },
        })),
      );
    });
  }

  /** A person has unlocked the keychain, perhaps: what was looked for in vain is looked for once more. */
  seekAgain(): void {
    this.#areOrphansSought = false;
    this.#copySought.clear();
  }

  /** Writes rescued credentials to the config file. Never rejects: what still stands in the way is shown. */
  async saveAgain(): Promise<void> {
    // A refresh meanwhile would be undone by the older credential that this holds.
    await this.#inTurn(() => this.#ports.vault.saveAgain(this.#ports.clock.now()));
  }

  /** Whoever writes holds the lock until the record fits the file again: only then is it another program's doing. */
  async #takeOver(): Promise<void> {
    const { vault, clock, endpoints } = this.#ports;
    const { isFileReadable, accounts, isUntidy } = this.#stored.content;
    // What goes on waiting once it is in the file would seem newer than whatever another program renews it to.
    const isAwaited = isFileReadable && accounts.some((each) => isRescued(each) || each.isKeptNeedless);
    // Only this process may have the copy of an entry whose loss another one has noticed.
    const isKeepable = accounts.some((each) => isLost(each) && each.hasCopy);
    const isSame = accounts.every(
      (each) => unnoticedChange(each) === 'same' && !isBesideNew(each) && !isNoSuccessor(each),
    );
    const doubtful = accounts.filter((each) => isRefusalDoubtful(each, endpoints));
    const areCopiesMissing = await vault.areCopiesMissing(accounts);
    // The turn takes it in; until then the file, and with that every other program, has what is spent.
    const hasDraft = await vault.hasDraft();
    const isNothing = isSame && !isAwaited && !isKeepable && !isUntidy && !areCopiesMissing && !hasDraft;
    if (isNothing && doubtful.length === 0) return;
    await this.#inTurn(async () => {
      if (isAwaited) await vault.saveAgain(clock.now());
      if (isUntidy) await vault.tidy();
      await vault.learn(doubtful.map(({ id }) => ({ id, change: withoutDoubtful(endpoints) })));
      await reconcile(this.#ports);
      // Its entry may have another id by now, which is known by then.
      if (hasDraft) await vault.saveAgain(clock.now());
      if (areCopiesMissing) await vault.keepCopies();
    });
  }

  async #seekCopy(account: StoredAccount): Promise<void> {
    const isMissing = isLost(account) || account.credential === null;
    if (!isMissing || account.lock !== null || account.hasCopy || this.#copySought.has(account.id)) return;
    this.#copySought.add(account.id);
    if ((await this.#ports.vault.copyOf(account.id)) !== null) await this.#stored.reload();
  }

  /** What kept the work from its turn is told until the next time it gets it. */
  async #inTurn(work: () => Promise<void>): Promise<void> {
    try {
      await this.#ports.vault.exclusively(work);
      this.#stored.setTurnFailure(null);
    } catch (error) {
      this.#ports.reportError('upkeep', error);
      this.#stored.setTurnFailure(failureOf(error));
    }
    await this.#stored.reload();
  }
}

function isLost({ record }: StoredAccount): boolean {
  return entryLoss(record?.history ?? []) !== null;
}
