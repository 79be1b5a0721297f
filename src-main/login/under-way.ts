/** Work that must not be cut off: a quit waits for it. */
export class UnderWay {
  readonly #work = new Set<Promise<unknown>>();

  get isBusy(): boolean {
    return this.#work.size > 0;
  }

  /** The same work, which `ended` then waits for. */
  track<T>(work: Promise<T>): Promise<T> {
    this.#work.add(work);
    return work.finally(() => this.#work.delete(work));
  }

  /** Resolves when none is left, what began meanwhile included. Never rejects. */
  async ended(): Promise<void> {
    while (this.#work.size > 0) await Promise.allSettled(this.#work);
  }
}
