import { setTimeout as delay } from 'node:timers/promises';
import { FailureError } from '../../domain/failure.ts';
import type { ConfiguredKeys } from './api-key.ts';
import type { ConfigDocument } from './config-document.ts';
import type { ConfigEntry, OlderBlock } from './config-entry.ts';
import { lookAtText, type RootAtFirst, type SeenText } from './config-text.ts';
import { monotonicNow } from '../files/monotonic.ts';
import type { Understood } from './unread-news.ts';

export interface ConfigFileContent {
  /** In the file's order. */
  readonly entries: readonly ConfigEntry[];
  /** Of every item of the list, also of those that hold no token. */
  readonly ids: readonly string[];
  /** A login that an older program wrote elsewhere in the file, `null` for none. */
  readonly olderBlock: OlderBlock | null;
  /** The items of the list that nobody can use, as they are named: `oauth_credentials[1]`. */
  readonly unreadable: readonly string[];
  /** API keys: secrets. */
  readonly keys: ConfiguredKeys;
  /** The file's mode in octal where users other than its owner may read it, else `null`. Unix only. */
  readonly readableByOthers: string | null;
  /** False while another program keeps on changing the file: this may be half of what it writes. */
  readonly isSettled: boolean;
}

/** Whether a content is no surprise. */
export type Expectation = (content: ConfigFileContent) => boolean | Promise<boolean>;

const LOOK_AGAIN_MS = 50;
/** So far the clock of a file server is believed to be off: what looks that old may have been written just now. */
const CLOCKS_APART_MS = 10_000;

/** A text and what it says, or why it says nothing. */
interface Parsed {
  readonly text: string;
  readonly result: ConfigDocument | FailureError;
}

/** What was seen in the end, and whether the file had come to rest. */
export interface Rest {
  readonly seen: SeenText;
  /** `null` where there is no file: a start without one does not pay for a YAML parser. */
  readonly result: ConfigDocument | FailureError | null;
  readonly isSettled: boolean;
}

/** Reads the file as something that other programs may be writing in place just now, and parses no text twice. */
export class ConfigReader {
  readonly #path: string;
  readonly #settleMs: number;
  readonly #rootAtFirst: RootAtFirst | undefined;
  /** The last text that was read or written: the same is not parsed again. */
  #parsed: Parsed | null = null;
  /** The text that the file was seen to rest at, or that we wrote; `undefined` for none, `null` for no file. */
  #restingText: string | null | undefined = undefined;
  #understood: Understood | null = null;

  #last: (Pick<SeenText, 'text' | 'changedAt'> & { readonly since: number }) | null = null;

  /** @param settleMs how long a file that may be half written has to rest before it counts, in milliseconds */
  constructor(path: string, settleMs: number, rootAtFirst?: RootAtFirst) {
    this.#path = path;
    this.#settleMs = settleMs;
    this.#rootAtFirst = rootAtFirst;
  }

  /** The file as it was when its text made sense for the last time; `null` before the first. */
  get understood(): Understood | null {
    return this.#understood;
  }

  /** What stands in the file now is ours, and whole. */
  wrote(document: ConfigDocument): void {
    this.#parsed = { text: document.text, result: document };
    this.#restingText = document.text;
  }

  /** Looks again and again while the file is young and not fine, or was changed within `quietMs` milliseconds. */
  async comeToRest(isFine: Expectation, quietMs: number): Promise<Rest> {
    const begun = monotonicNow();
    for (;;) {
      const seen = await lookAtText(this.#path, this.#rootAtFirst);
      const now = monotonicNow();
      const since = this.#sameSince(seen, now);
      // A file from the future is no young one either. Another computer's disk goes by that one's clock.
      const age = Math.abs(Date.now() - seen.changedAt);
      const isUnchangedFor = (ms: number) => age >= ms + CLOCKS_APART_MS || now - since >= ms;

      const isResting = seen.text === this.#restingText || isUnchangedFor(this.#settleMs);
      this.#restingText = isResting ? seen.text : undefined;
      const result = await this.#parse(seen);
      if (!(result instanceof FailureError)) this.#understood = understoodOf(result, seen);
      if (isResting) return { seen, result, isSettled: true };
      const isSense = result !== null && !(result instanceof FailureError) && result.text.trim() !== '';
      if (isSense && (await isFine(contentOf(result, { seen, isSettled: true })))) {
        if (isUnchangedFor(quietMs) || now - begun >= this.#settleMs)
          return { seen, result, isSettled: true };
      }
      if (now - begun >= 5 * this.#settleMs) return { seen, result, isSettled: false };
      await delay(Math.min(LOOK_AGAIN_MS, this.#settleMs / 20));
    }
  }

  /** Since when it was found like this, at whatever look: an answer must not wait for what was waited for before it came. */
  #sameSince({ text, changedAt }: SeenText, now: number): number {
    const last = this.#last;
    if (last?.text === text && last.changedAt === changedAt) return last.since;
    this.#last = { text, changedAt, since: now };
    return now;
  }

  async #parse({ text, isUtf8 }: SeenText): Promise<Rest['result']> {
    if (text === null) return null;
    if (!isUtf8) return new FailureError({ code: 'config-unreadable', path: this.#path, reason: 'not-utf8' });
    if (this.#parsed?.text === text) return this.#parsed.result;
    const { ConfigDocument } = await loadConfigDocument();
    let result: ConfigDocument | FailureError;
    try {
      result = new ConfigDocument(text, this.#path);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      result = error;
    }
    this.#parsed = { text, result };
    return result;
  }
}

function understoodOf(document: ConfigDocument | null, { state }: SeenText): Understood | null {
  return document === null || state === null ? null : { state, document };
}

/** What a file that is not there says. */
export async function emptyDocument(path: string): Promise<ConfigDocument> {
  const { ConfigDocument } = await loadConfigDocument();
  return new ConfigDocument('', path);
}

/** What is in a file that is not there, or not whole. */
const NOTHING = {
  entries: [],
  ids: [],
  olderBlock: null,
  unreadable: [],
  keys: { own: '', listed: [] },
} as const;

/** @param document `null` where there is no file */
export function contentOf(
  document: ConfigDocument | null,
  rest: Pick<Rest, 'seen' | 'isSettled'>,
): ConfigFileContent {
  const { entries, ids, olderBlock, unreadable, keys } = document ?? NOTHING;
  return {
    entries,
    ids,
    olderBlock,
    unreadable,
    keys,
    readableByOthers: readableByOthers(rest.seen),
    isSettled: rest.isSettled,
  };
}

/** The mode in octal where others than the owner may read it. */
export function readableByOthers({ mode }: SeenText): string | null {
  return mode === null || process.platform === 'win32' || (mode & 0o044) === 0 ? null : octal(mode);
}

export function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** Loaded when needed, so that a start without a config file does not pay for a YAML parser. */
export function loadConfigDocument() {
  return import('./config-document.ts');
}
