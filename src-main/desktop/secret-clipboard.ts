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

  /** @param after calls once after that many milliseconds; the answer cancels it */
  constructor(clipboard: TextClipboard, after: (milliseconds: number, call: () => void) => () => void) {
    this.#clipboard = clipboard;
    this.#after = after;
  }

  /** A secret is there, as far as we know. */
  get isHolding(): boolean {
    return this.#held !== null;
  }

  /** For a minute, or until the next one. */
  async copy(secret: string): Promise<void> {
    await this.takeAway();
    await this.#clipboard.writeConcealed(secret);
    this.#held = { secret, cancel: this.#after(STAY, () => void this.takeAway()) };
  }

  /** Takes the last secret away now. What a person has copied since stays. */
  async takeAway(): Promise<void> {
    if (this.#held === null) return;
    const { secret, cancel } = this.#held;
    this.#held = null;
    cancel();
    if ((await this.#clipboard.readText()) === secret) this.#clipboard.clear();
  }
}
