import type { ApiKey } from '../domain/api-key.ts';
import type { Instant } from '../domain/instant.ts';
import { describeBeside, describeKeyStanding, describeKeyTest } from '../words/api-key-words.ts';
import { ENGLISH } from './english.ts';

/** Which key it is, and how its last test ended. */
export function keyLines(apiKey: ApiKey, now: Instant): readonly string[] {
  const { own, storage, beside, listed, since } = apiKey;
  const standing = describeKeyStanding(ENGLISH, apiKey);
  if (standing === null) return ['No API key'];
  const test = describeKeyTest(ENGLISH, apiKey, now);
  return [
    standing,
    ...(since === null ? [] : [`  ${ENGLISH.apiKey.since(ENGLISH.format.day(since, now))}`]),
    ...(test === null ? [] : [`  ${test}`]),
    ...(own?.kind === 'placeholder'
      ? ['  A placeholder, which the programs that read the file fill in']
      : []),
    ...(storage === 'keychain' ? [`  Stored: ${ENGLISH.account.storage.keychain}`] : []),
    ...(beside === null ? [] : [`  ${describeBeside(ENGLISH, beside)}`]),
    ...(listed.length === 0 ? [] : [`  ${ENGLISH.apiKey.listed(ENGLISH.format.number(listed.length))}`]),
  ];
}
