import type { Failure } from './failure.ts';
import type { Instant } from './instant.ts';
import { SHORTEST_KEY } from './pasted-key.ts';
import type { KeyStorage } from './storage.ts';

/** What stands in the file in the place of a key, as far as it may be shown. */
export type KeyShown =
  /** `start` and `end` are empty where the key is too short, or of too unknown a form, to show any of it. */
  | { readonly kind: 'key'; readonly start: string; readonly end: string }
  /** Something that the file's readers fill in, as it stands: `${ANTHROPIC_API_KEY}`. */
  | { readonly kind: 'placeholder'; readonly text: string };

/** How the last test of a key ended; `failure` is `null` where it was taken. */
export interface KeyTest {
  readonly at: Instant;
  readonly failure: Failure | null;
}

/** The API key as the faces see it: everything but the key. */
export interface ApiKey {
  /** The one that counts: `providers.anthropic.api_key`, else the keychain's; `null` for none. */
  readonly own: KeyShown | null;
  /** Where that lies; `config-file` where there is none. */
  readonly storage: KeyStorage;
  /** What is in the keychain while the file's counts; `null` for nothing. */
  readonly beside: { readonly shown: KeyShown; readonly isSame: boolean } | null;
  /** `api_keys`, other programs' own: shown, and left alone. */
  readonly listed: readonly KeyShown[];
  /** When Latchkey wrote it; `null` where another program did. */
  readonly since: Instant | null;
  /** Of this key; `null` before. */
  readonly test: KeyTest | null;
  /** A test is under way. */
  readonly testing: boolean;
  /** Until when the key that was removed last can come back, and to where; `null` for none. */
  readonly undo: { readonly until: Instant; readonly to: KeyStorage } | null;
}

export const NO_API_KEY: ApiKey = {
  own: null,
  storage: 'config-file',
  beside: null,
  listed: [],
  since: null,
  test: null,
  testing: false,
  undo: null,
};

/** `${VAR}`, `$VAR`, `%VAR%`: filled in by whoever reads the file. */
export function isPlaceholder(text: string): boolean {
  return /\$\{[^}]*\}|^\$\w+$|^%\w+%$/.test(text);
}

/** Whether it names a variable and nothing else. */
function isBareVariable(text: string): boolean {
  return /^\$\{\w+\}$|^\$\w+$|^%\w+%$/.test(text);
}

/** How much of a key's end is shown. */
const END = 4;

/** As much of it as may be shown; `null` for an empty text. */
export function shownKey(text: string): KeyShown | null {
  if (text === '') return null;
  // What stands beside the variable's name, a default say, may be a key itself.
  if (isPlaceholder(text)) return { kind: 'placeholder', text: isBareVariable(text) ? text : '…' };
  const start = /^sk-ant-[a-z]{1,8}\d{0,2}-/.exec(text)?.[0] ?? '';
  return start === '' || text.length < SHORTEST_KEY
    ? { kind: 'key', start: '', end: '' }
    : { kind: 'key', start, end: text.slice(-END) };
}

/** `sk-ant-api03-…wxyz`; the placeholder as it stands. */
export function keyText(shown: KeyShown): string {
  return shown.kind === 'placeholder' ? shown.text : `${shown.start}…${shown.end}`;
}

/** Whether there is a key to use, whatever a test said of it. */
export function hasKey({ own, listed }: Pick<ApiKey, 'own' | 'listed'>): boolean {
  return own !== null || listed.length > 0;
}

/** Whether the service would not take the key the last time, for a reason that only a person can mend. */
export function isKeyRefused({ test }: Pick<ApiKey, 'test'>): boolean {
  const code = test?.failure?.code;
  return code === 'key-refused' || code === 'key-forbidden' || code === 'key-no-credit';
}
