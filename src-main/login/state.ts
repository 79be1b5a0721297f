import { NO_API_KEY } from '../domain/api-key.ts';
import type { Failure } from '../domain/failure.ts';
import { DEFAULT_SETTINGS } from '../domain/settings.ts';
import type { Snapshot, Surroundings } from '../domain/snapshot.ts';

/** Holds the one snapshot and tells everyone who asked when another takes its place. */
export class State {
  #snapshot: Snapshot;
  /** What went wrong with a command: stays until the next one. */
  #ofCommand: readonly Failure[] = [];
  /** What is wrong with the files: as the last reading found them. */
  #ofFiles: readonly Failure[] = [];
  readonly #listeners = new Set<(snapshot: Snapshot) => void>();

  constructor(initial: Snapshot) {
    this.#snapshot = initial;
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  update(change: Partial<Omit<Snapshot, 'troubles'>>): void {
    this.#replace({ ...this.#snapshot, ...change });
  }

  /** A command failed. */
  addCommandTrouble(failure: Failure): void {
    this.#ofCommand = [failure, ...this.#ofCommand.filter(({ code }) => code !== failure.code)];
    this.#showTroubles();
  }

  /** A person commands something new: what went wrong with the command before is past. */
  beginCommand(): void {
    if (this.#ofCommand.length === 0) return;
    this.#ofCommand = [];
    this.#showTroubles();
  }

  /** The files were read. */
  setFileTroubles(troubles: readonly Failure[]): void {
    this.#ofFiles = troubles;
    this.#showTroubles();
  }

  #showTroubles(): void {
    const isShown = ({ code }: Failure) => this.#ofCommand.some((shown) => shown.code === code);
    const troubles = [...this.#ofCommand, ...this.#ofFiles.filter((failure) => !isShown(failure))];
    this.#replace({ ...this.#snapshot, troubles });
  }

  #replace(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener(snapshot);
  }

  /** Calls back on every later snapshot, in order; the answer ends it. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Before anything is read. */
export function firstSnapshot(surroundings: Surroundings): Snapshot {
  return {
    isFirstVisit: false,
    accounts: [],
    formerAccounts: [],
    farewell: null,
    isFileReadable: true,
    apiKey: NO_API_KEY,
    signIn: null,
    troubles: [],
    keychainTrouble: null,
    settings: DEFAULT_SETTINGS,
    startAtLogin: null,
    commandOnPath: null,
    serving: null,
    surroundings,
    updates: null,
  };
}
