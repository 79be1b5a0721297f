import { keyText, type ApiKey, type KeyShown } from '../domain/api-key.ts';
import type { Instant } from '../domain/instant.ts';
import type { Takes } from '../domain/who-uses-what.ts';
import { describeCrux } from './failure-words.ts';
import type { Words } from './words.ts';

/** A key as it may be shown: `sk-ant-api03-…wxyz`. */
export function describeKey(words: Words, shown: KeyShown): string {
  return shown.kind === 'key' && shown.start === '' ? words.apiKey.unshown : keyText(shown);
}

/** Which key it is, in a line: "API key sk-ant-api03-…wxyz"; `null` where there is none. */
export function describeKeyStanding(words: Words, { own, listed }: ApiKey): string | null {
  const shown = own ?? listed[0];
  return shown === undefined ? null : words.apiKey.standing(describeKey(words, shown));
}

/** What is in the keychain while the file's counts. */
export function describeBeside(words: Words, { shown, isSame }: NonNullable<ApiKey['beside']>): string {
  const { besideSame, beside } = words.apiKey.storage;
  return isSame ? besideSame : beside(describeKey(words, shown));
}

/** How its last test ended, and when; `null` where there is nothing to test. */
export function describeKeyTest(words: Words, { own, test, testing }: ApiKey, now: Instant): string | null {
  if (own?.kind !== 'key') return null;
  const told = words.apiKey.test;
  if (testing) return told.running;
  if (test === null) return told.never;
  const when = words.format.instant(test.at, now);
  return test.failure === null ? told.fine(when) : told.failed(when, describeCrux(words, test.failure));
}

/** What a program takes from the file. */
export function describeTakes(words: Words, takes: Takes): string {
  const told = words.apiKey.who.takes;
  switch (takes.what) {
    case 'placeholder':
      return told.placeholder(takes.text);
    case 'logins':
    case 'loginsOnly':
      return told[takes.what](words.format.number(takes.count));
    default:
      return told[takes.what];
  }
}
