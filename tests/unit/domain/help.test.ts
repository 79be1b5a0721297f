import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from '../../../src-main/domain/failure.ts';
import { asksForReport, helpFor } from '../../../src-main/domain/help.ts';
import { LANGUAGES } from '../../../src-main/domain/language.ts';
import { describeFailure } from '../../../src-main/words/failure-words.ts';
import { wordsFor } from '../../../src-main/words/words.ts';

test('nobody is offered to ask sooner than the service wants', () => {
  assert.equal(helpFor({ code: 'rate-limited', retryAfterSeconds: 1800 }), null);
  assert.equal(helpFor({ code: 'rate-limited', retryAfterSeconds: null })?.label, 'try-again');
  assert.equal(helpFor({ code: 'rate-limited', retryAfterSeconds: null }, 'refresh'), null);
});

test('what helps depends on what was under way', () => {
  assert.equal(helpFor({ code: 'service-down', status: 503 })?.kind, 'sign-in');
  assert.equal(helpFor({ code: 'service-down', status: 503 }, 'refresh')?.kind, 'refresh');
  assert.equal(helpFor({ code: 'answer-lost', host: 'h' })?.label, 'sign-in-again');
  assert.equal(helpFor({ code: 'answer-lost', host: 'h' }, 'refresh')?.kind, 'refresh');
});

test('asking once more is no help where a proxy’s logins are of a kind that is not spoken', () => {
  const login = (schemes: readonly string[], given = false) =>
    ({ code: 'proxy-login', schemes, given, proxy: 'p:1', as: 'setting' }) as const;
  assert.equal(helpFor(login(['Negotiate', 'NTLM']), 'refresh'), null);
  assert.equal(helpFor(login(['NTLM', 'Basic']), 'refresh')?.kind, 'refresh');
  assert.equal(helpFor(login(['NTLM']))?.label, 'try-again');
});

test('what was neither a sign-in nor a refresh is not done again by starting one', () => {
  assert.equal(helpFor({ code: 'internal', message: 'TypeError' }, 'other'), null);
  assert.equal(helpFor({ code: 'service-down', status: 503 }, 'other'), null);
  assert.equal(helpFor({ code: 'grant-refused' }, 'other')?.label, 'sign-in-again');
});

test('an entry is put back where there is a copy of it', () => {
  assert.equal(helpFor({ code: 'entry-removed', path: '/c', copy: true })?.kind, 'put-back');
  assert.equal(helpFor({ code: 'entry-removed', path: '/c', copy: false })?.kind, 'sign-in');
  assert.equal(helpFor({ code: 'entry-removed', path: '/c', copy: true, copied: true })?.kind, 'sign-in');
});

test('where nothing may listen for the browser, the code is brought over', () => {
  assert.equal(helpFor({ code: 'no-callback-port', port: 8765 })?.kind, 'paste-code');
});

test('whatever asks to be reported has the button for it, and nothing else', () => {
  for (const language of LANGUAGES) {
    const asking = { en: /Please report/, de: /Bitte melden Sie/, ja: /ご報告ください/ }[language];
    for (const failure of EXAMPLES) {
      const { explanation } = describeFailure(wordsFor(language), failure, 'other');
      assert.equal(asksForReport(failure), asking.test(explanation), `${language}: ${explanation}`);
    }
  }
});

const EXAMPLES: readonly Failure[] = [
  { code: 'internal', message: 'TypeError' },
  { code: 'test-header-missing' },
  { code: 'service-down', status: 503 },
  { code: 'test-token-expired' },
  { code: 'data-set-aside', path: '/p', setAsideAs: 'p.broken' },
];
