import type { SpentTokens } from '../../domain/entry-change.ts';
import { failureOf, type Failure } from '../../domain/failure.ts';
import type { HistoryEvent } from '../../domain/history.ts';
import type { AccountsFile, Knowledge } from './accounts-file.ts';
import { addSpentBeside, bringSpentBeside, readSpentBeside } from './spent-beside.ts';

type Change = (knowledge: Knowledge) => Knowledge;
type History = readonly HistoryEvent[];

/** So many changes are kept while none can be written down. */
const MOST_PENDING = 200;

const NOTHING: Knowledge = { records: new Map(), recordsElsewhere: [], spent: new Map() };

/**
 * What is known of the accounts of one config file. Where it cannot be written down it is known until this process
 * ends: else the same would happen to an account again and again.
 */
export class Records {
  readonly #file: AccountsFile;
  readonly #configFile: () => Promise<string>;
  /** Changes that are not written down yet: made again on whatever another process writes meanwhile. */
  #pending: readonly Change[] = [];
  /** What was known when the first of them could not be written down. */
  #before: Knowledge = NOTHING;
  #failure: Failure | null = null;
  /** What was read or written last, for when nothing can be read; `null` before the first time. */
  #last: Knowledge | null = null;
  /** Whether what an older version knew, which did not say of which config file, is of this one. */
  isHeir = false;

  /** @param configFile as it really is, through links */
  constructor(file: AccountsFile, configFile: () => Promise<string>) {
    this.#file = file;
    this.#configFile = configFile;
  }

  /** Why the last change is not written down; `null` while it is. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** Whether this process has never seen what is known, since that can be read no more. */
  get isBlind(): boolean {
    return this.#last === null;
  }

  /** Whether nothing was known of the file when the keychain answered last, whatever is of others. Never rejects. */
  async areNone(): Promise<boolean> {
    if (this.#pending.length > 0) return false;
    return this.#file.isUnheardOf(await this.#configFile()).catch(() => false);
  }

  /**
   * Remembers whether the keychain is still to be asked for what outlived our records. Who has never renewed anything here
   * has lost none, and is not to be shown a keychain's dialogue at each start. Never rejects.
   */
  async setOrphansUntold(areUntold: boolean): Promise<void> {
    const configFile = await this.#configFile();
    const areUntoldHere = areUntold && (await readSpentBeside(configFile)).size > 0;
    await this.#file.setOrphansUntold(configFile, areUntoldHere).catch(() => undefined);
  }

  /**
   * Takes over what an older version knew of some config file, where `isOurs` tells that it was of this one. Never
   * rejects.
   *
   * @returns whether that has just been done: there is more to read now
   */
  async inherit(isOurs: (knowledge: Knowledge) => boolean): Promise<boolean> {
    if (this.isHeir || !this.#file.holdsUnclaimed) return false;
    const left = await this.#file.read(await this.#configFile(), true).catch(() => null);
    this.isHeir = left !== null && isOurs(left);
    return this.isHeir;
  }

  /** @throws FailureError `data-not-writable` */
  async read(): Promise<Knowledge> {
    const configFile = await this.#configFile();
    const beside = readSpentBeside(configFile);
    const saved = await this.#file.read(configFile, this.isHeir);
    // A folder that somebody removed takes away what is written, and not what we know.
    if (saved !== null) this.#last = saved;
    this.#last ??= NOTHING;
    return withSpent(this.#withPending(this.#last), await beside);
  }

  /** The same where nothing can be read: what this process knows. Never rejects. */
  async readAsFarAsPossible(tell: (failure: Failure) => void = () => undefined): Promise<Knowledge> {
    try {
      return await this.read();
    } catch (error) {
      tell(failureOf(error));
      const beside = await readSpentBeside(await this.#configFile());
      return withSpent(this.#withPending(this.#last ?? NOTHING), beside);
    }
  }

  /** Tells beside the config file what is spent. Never rejects. */
  async tellSpent(tokens: readonly string[], by: string | null): Promise<void> {
    await addSpentBeside(await this.#configFile(), tokens, by);
  }

  /** What was told so where the config file lay before, as far as we know it ourselves. Never rejects. */
  async tellSpentOf(former: string): Promise<void> {
    const { spent } = await this.readAsFarAsPossible();
    await bringSpentBeside(former, await this.#configFile(), (token) => spent.has(token));
  }

  /** What could not be written down is tried again. Never rejects. */
  async writePending(): Promise<void> {
    if (this.#pending.length > 0) await this.update((knowledge) => knowledge);
  }

  /** One write, whatever `change` changes. Never rejects: what stands in the way is `failure`. */
  async update(change: Change): Promise<void> {
    const last = this.#last;
    try {
      await this.#file.update(await this.#configFile(), this.isHeir, (saved) => {
        const after = change(this.#withPending(saved ?? last ?? NOTHING));
        this.#last = after;
        return after;
      });
      this.#pending = [];
      this.#failure = null;
    } catch (error) {
      this.#failure = failureOf(error);
      this.#last = last;
      if (this.#pending.length === 0) this.#before = last ?? NOTHING;
      this.#pending = [...this.#pending, change].slice(-MOST_PENDING);
    }
  }

  #withPending(saved: Knowledge): Knowledge {
    if (this.#pending.length === 0) return saved;
    const changed = this.#pending.reduce((knowledge, change) => change(knowledge), saved);
    const historyIn = ({ records }: Knowledge, id: string) => records.get(id)?.history ?? [];
    const records = [...changed.records].map(([id, record]) => {
      const history = inOrder(record.history, historyIn(saved, id), historyIn(this.#before, id));
      return [id, { ...record, history }] as const;
    });
    return { ...changed, records: new Map(records) };
  }
}

function withSpent(knowledge: Knowledge, beside: SpentTokens): Knowledge {
  return { ...knowledge, spent: new Map([...beside, ...knowledge.spent]) };
}

/**
 * What another process wrote meanwhile may be later than what is made again on it. Nothing goes before what was known then:
 * a clock that was ahead tells of no order.
 *
 * @param saved what it is made again on
 * @param before what was known when it was made first
 */
function inOrder(history: History, saved: History, before: History): History {
  const end = 1 + history.findLastIndex((event) => saved.includes(event));
  const ordered = history.slice(0, end);
  const isKnown = ({ at, kind }: HistoryEvent) => before.some((each) => each.at === at && each.kind === kind);
  let place = 1 + ordered.findLastIndex(isKnown);
  for (const event of history.slice(end)) {
    place = Math.max(place, 1 + ordered.findLastIndex(({ at }) => at <= event.at));
    ordered.splice(place, 0, event);
    place += 1;
  }
  return ordered;
}
