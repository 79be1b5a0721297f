/** Lets pieces of work run one after the other, in the order in which they were handed in. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    // Its error goes to its own caller; the next one only waits for its end.
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
