import { MINUTE } from '../domain/instant.ts';

/** How long a secret stays on the clipboard. */
const STAY = MINUTE;

/** The system's clipboard, as far as secrets need it. */
export interface TextClipboard {
  readText(): Promise<string>;
  /** Puts a text there that clipboard histories are asked to pass over. */
  writeConcealed(text: string): Promise<void>;
  clear(): void;
}

/** Puts secrets on the clipboard and takes them away again, where they still are there. */
export class SecretClipboard {
  readonly #clipboard: TextClipboard;
  readonly #after: (milliseconds: number, call: () => void) => () => void;
  #held: { readonly secret: string; readonly cancel: () => void } | null = null;
  /** One after the other: a clipboard takes its time to answer, and two at once would each believe the other's. */
  #turn: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** @param after calls once after that many milliseconds; the answer cancels it */
  constructor(clipboard: TextClipboard, after: (milliseconds: number, call: () => void) => () => void) {
    this.#clipboard = clipboard;
    this.#after = after;
  }

  /** A secret is there, or about to be, as far as we know. */
  get isHolding(): boolean {
    return this.#held !== null || this.#waiting > 0;
  }

  /** For a minute, or until the next one. */
  copy(secret: string): Promise<void> {
    return this.#take(async () => {
      await this.#clear();
      // Before it is written: what may be there has to be taken away.
      this.#held = { secret, cancel: this.#after(STAY, () => void this.takeAway()) };
      await this.#clipboard.writeConcealed(secret);
    });
  }

  /** Takes the last secret away now. What a person has copied since stays. */
  takeAway(): Promise<void> {
    return this.#take(() => this.#clear());
  }

  async #clear(): Promise<void> {
    if (this.#held === null) return;
    const { secret, cancel } = this.#held;
    cancel();
    try {
      if ((await this.#clipboard.readText()) === secret) this.#clipboard.clear();
    } finally {
      this.#held = null;
    }
  }

  async #take(work: () => Promise<void>): Promise<void> {
    this.#waiting += 1;
    const mine = this.#turn.then(work).finally(() => (this.#waiting -= 1));
    // The next one has its turn however this one ends.
    this.#turn = mine.catch(() => undefined);
    await mine;
  }
}
