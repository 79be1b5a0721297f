import type { Failure } from '../domain/failure.ts';
import type { Snapshot } from '../domain/snapshot.ts';

/** Holds the one snapshot and tells everyone who asked when another takes its place. */
export class State {
  #snapshot: Snapshot;
  /** What went wrong with a command: stays until the next one. */
  #told: readonly Failure[] = [];
  /** What is wrong with the files: as the last reading found them. */
  #found: readonly Failure[] = [];
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
  tell(failure: Failure): void {
    this.#told = [failure, ...this.#told.filter(({ code }) => code !== failure.code)];
    this.#showTroubles();
  }

  /** A person commands something new: what they were told before is past. */
  forgetTold(): void {
    if (this.#told.length === 0) return;
    this.#told = [];
    this.#showTroubles();
  }

  /** The files were read. */
  find(troubles: readonly Failure[]): void {
    this.#found = troubles;
    this.#showTroubles();
  }

  #showTroubles(): void {
    const isTold = ({ code }: Failure) => this.#told.some((told) => told.code === code);
    const troubles = [...this.#told, ...this.#found.filter((failure) => !isTold(failure))];
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
