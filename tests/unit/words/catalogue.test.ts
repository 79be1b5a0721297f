import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from '../../../src-main/domain/failure.ts';
import { LANGUAGES, type Language } from '../../../src-main/domain/language.ts';
import { Format } from '../../../src-main/words/format.ts';
import { wordsFor } from '../../../src-main/words/words.ts';
import { failureFacts } from '../../../src-main/words/failure-facts.ts';
import { describeFailure } from '../../../src-main/words/failure-words.ts';

/** Stands for whatever is put into a text. */
const GIVEN = ['«1»', '«2»', '«3»', '«4»'] as const;

type Texts = ReadonlyMap<string, string>;

/** Every text of a language by its path, a composed one with stand-ins in it. */
function textsOf(language: Language): Texts {
  const texts = new Map<string, string>();
  const walk = (value: unknown, path: string) => {
    if (value instanceof Format) return;
    if (typeof value === 'string') texts.set(path, value);
    else if (typeof value === 'function') {
      const compose = value as (...given: readonly string[]) => string;
      texts.set(path, compose(...GIVEN.slice(0, compose.length)));
    } else {
      for (const [name, inner] of Object.entries(value as object)) walk(inner, `${path}.${name}`);
    }
  };
  for (const [topic, value] of Object.entries(wordsFor(language))) {
    // Those need a failure of their own.
    if (topic !== 'failures') walk(value, `${language}.${topic}`);
  }
  for (const [name, failure] of Object.entries(FAILURES)) {
    for (const during of ['sign-in', 'refresh'] as const) {
      const { title, explanation, technical } = describeFailure(wordsFor(language), failure, during);
      texts.set(`${language}.failures.${name}.${during}.title`, title);
      texts.set(`${language}.failures.${name}.${during}.explanation`, explanation);
      if (technical !== undefined) texts.set(`${language}.failures.${name}.${during}.technical`, technical);
    }
    const aside = describeFailure(wordsFor(language), failure, 'other', true);
    texts.set(`${language}.failures.${name}.aside`, aside.explanation);
    if (aside.crux !== undefined) texts.set(`${language}.failures.${name}.crux`, aside.crux);
  }
  return new Map([...texts].map(([path, text]) => [path.slice(language.length + 1), text]));
}

const host = 'host.example';
const path = '/a/path';
const taken = { proxy: 'proxy.example:3128', as: 'HTTPS_PROXY' } as const;
/** Each failure, and each of the two or more things that some can say. */
const FAILURES: Readonly<Record<string, Failure>> = {
  terms: { code: 'terms-not-acknowledged' },
  runtime: { code: 'runtime-not-vouched', runtime: 'Electron 1' },
  port: { code: 'environment-invalid', variable: 'VARIABLE', reason: 'not-a-port' },
  url: { code: 'environment-invalid', variable: 'VARIABLE', reason: 'not-a-url' },
  https: { code: 'environment-invalid', variable: 'VARIABLE', reason: 'not-https' },
  user: { code: 'environment-invalid', variable: 'VARIABLE', reason: 'has-credentials' },
  fragment: { code: 'environment-invalid', variable: 'VARIABLE', reason: 'has-fragment' },
  device: { code: 'environment-invalid', variable: 'VARIABLE', reason: 'reserved-name' },
  busy: { code: 'port-busy', port: 8765, instead: 8766 },
  noPort: { code: 'no-callback-port', port: 8765 },
  browser: { code: 'browser-not-opened' },
  timeout: { code: 'authorization-timeout', minutes: 5 },
  denied: { code: 'access-denied' },
  refused: { code: 'authorization-refused', error: 'server_error' },
  cancelled: { code: 'sign-in-cancelled' },
  grant: { code: 'grant-refused' },
  malformed: { code: 'request-malformed', message: 'a message', requestId: 'req_1' },
  malformedPlain: { code: 'request-malformed', message: 'a message', requestId: null },
  limited: { code: 'rate-limited', retryAfterSeconds: 1800 },
  limitedPlain: { code: 'rate-limited', retryAfterSeconds: null },
  challenge: { code: 'network-challenge', host },
  missing: { code: 'token-endpoint-missing', host },
  down: { code: 'service-down', status: 503 },
  network: { code: 'network-down', host, reason: 'ENOTFOUND' },
  untrusted: { code: 'connection-untrusted', host, reason: 'CERT_HAS_EXPIRED' },
  viaProxy: { code: 'network-down', host, reason: 'PROXY_FINDS_NO_NAME', ...taken },
  proxyAway: { code: 'network-down', reason: 'ECONNREFUSED', ...taken, host: taken.proxy },
  untrustedIssuer: {
    code: 'connection-untrusted',
    host,
    reason: 'SELF_SIGNED_CERT_IN_CHAIN',
    issuer: 'id-1',
    ...taken,
  },
  proxyAddress: { code: 'proxy-unusable', as: 'HTTPS_PROXY', reason: 'unknown-kind' },
  proxyPath: { code: 'proxy-unusable', as: 'setting', reason: 'has-path' },
  proxyRefused: { code: 'proxy-refused', host, reason: 'HTTP 403', ...taken },
  proxyRules: { code: 'proxy-refused', host, reason: 'by-its-rules', ...taken, as: 'system' },
  proxyLogin: { code: 'proxy-login', schemes: ['Basic'], given: false, ...taken },
  proxyLoginWrong: { code: 'proxy-login', schemes: ['Basic'], given: true, ...taken, as: 'app' },
  proxyLoginUnspoken: { code: 'proxy-login', schemes: ['Negotiate', 'NTLM'], given: false, ...taken },
  lostByProxy: { code: 'answer-lost', host, ...taken },
  lost: { code: 'answer-lost', host },
  odd: { code: 'answer-unexpected', host, reason: 'not-json' },
  fromAnotherServer: { code: 'answer-unexpected', host, reason: 'not-the-issuer' },
  notSignedIn: { code: 'not-signed-in', id: 'id-1' },
  notRefreshable: { code: 'not-refreshable' },
  locked: { code: 'login-locked' },
  removed: { code: 'entry-removed', path, copy: true },
  removedElsewhere: { code: 'entry-removed', path, copy: true, copied: true },
  removedForGood: { code: 'entry-removed', path, copy: false },
  removedAndGoesOn: { code: 'entry-removed', path, copy: false, goesOnAs: 'id-2' },
  replaced: { code: 'entry-replaced', path, copy: true },
  replacedElsewhere: { code: 'entry-replaced', path, copy: true, copied: true },
  replacedForGood: { code: 'entry-replaced', path, copy: false },
  replacedAndGoesOn: { code: 'entry-replaced', path, copy: false, goesOnAs: 'id-2' },
  nowhere: { code: 'nowhere-to-store', path, reason: 'ENOSPC' },
  loginShared: { code: 'login-shared', others: ['id-1', 'id-2'] },
  loginCopied: { code: 'login-copied', path },
  idShared: { code: 'id-shared', id: 'id-1' },
  expiry: { code: 'expiry-not-understood', path, value: 'id-1' },
  forbidden: { code: 'test-forbidden', status: 403, message: 'a message' },
  claudeCode: { code: 'test-claude-code-only' },
  scope: { code: 'test-scope-missing', scope: 'user:profile' },
  organization: { code: 'test-organization-not-allowed' },
  expired: { code: 'test-token-expired' },
  header: { code: 'test-header-missing' },
  unreadable: { code: 'config-unreadable', path, reason: 'EACCES' },
  notYaml: { code: 'config-not-yaml', path, line: 12, column: 5 },
  shape: { code: 'config-shape', path, at: 'providers', expected: 'map' },
  notWritable: { code: 'config-not-writable', path, reason: 'EROFS' },
  configLocked: { code: 'config-locked', path },
  readable: { code: 'config-readable-by-others', path, mode: '0644' },
  madePrivate: { code: 'config-made-private', path, mode: '0644' },
  olderBlock: { code: 'older-block', path },
  entriesUnreadable: { code: 'entries-unreadable', path, at: 'oauth_credentials[1]' },
  inGit: { code: 'file-in-git', path, folder: '/a', tracked: false },
  inGitAlready: { code: 'file-in-git', path, folder: '/a', tracked: true },
  ownSynced: { code: 'file-synced', path, service: 'Dropbox', own: true },
  synced: { code: 'file-synced', path, service: 'Dropbox' },
  noKey: { code: 'no-key' },
  keyUnusable: { code: 'key-unusable', reason: 'not-a-key' },
  keyAccessToken: { code: 'key-unusable', reason: 'access-token' },
  keyPlaceholder: { code: 'key-placeholder', value: '${VARIABLE}' },
  keyChanged: { code: 'key-changed' },
  keyInBoth: { code: 'key-in-both' },
  keyLocked: { code: 'key-locked', reason: 'locked' },
  keyMissing: { code: 'key-missing' },
  keyNotKept: { code: 'key-not-kept', reason: 'no-service' },
  keyRefused: { code: 'key-refused' },
  keyForbidden: { code: 'key-forbidden', message: 'a message' },
  keyForbiddenPlain: { code: 'key-forbidden', message: '' },
  keyNoCredit: { code: 'key-no-credit' },
  data: { code: 'data-not-writable', path, reason: 'ENOSPC' },
  aside: { code: 'data-set-aside', path, setAsideAs: 'accounts.json.broken-1' },
  keychain: { code: 'keychain-unavailable', reason: 'locked' },
  secretLocked: { code: 'secret-locked', reason: 'locked' },
  secretMissing: { code: 'secret-missing', id: 'id-1' },
  notMovable: { code: 'storage-not-movable', id: 'id-1', reason: 'shared' },
  clock: { code: 'clock-off', seconds: 7200 },
  autostart: { code: 'autostart-unchanged', reason: 'EACCES' },
  command: { code: 'command-not-placed', path: '/usr/local/bin/latchkey', reason: 'taken' },
  practice: { code: 'practice-failed', exitCode: 1 },
  agentNotServed: { code: 'agent-not-served', path: '/run/user/1000/latchkey/agent.sock', reason: 'EACCES' },
  agentElsewhere: {
    code: 'agent-elsewhere',
    path: '/run/user/1000/latchkey/agent.sock',
    by: 'latchkey agent',
  },
  agentUnreachable: { code: 'agent-unreachable', path: '/latchkey.sock', reason: 'ENOENT' },
  agentRequest: { code: 'agent-request', reason: 'account-unnamed' },
  agentRefused: { code: 'agent-refused', reason: 'unanswered' },
  internal: { code: 'internal', message: 'TypeError' },
};

/** Words that a language has taken over from English. */
const KNOWN: Readonly<Record<Language, readonly string[]>> = {
  en: [],
  de: [
    'settings.themes.system',
    'settings.languageOfSystem',
    'serving.socket',
    'settings.about.version',
    'settings.proxy.legend',
    'window.details',
    'window.facts.variable',
    'window.facts.status',
  ],
  ja: [],
};

/** The same in every language by its nature. */
const SHARED =
  /^(name|failures\..*\.technical$|window\.chain\.claude$|locale|conventions\.|apiKey\.who\.programs\.|trayTooltip\.headline$|trayTooltip\.clocks\.both|history\.announcements\.of|history\.eventAt|signIn\.announcements\.after)/;
const english = textsOf('en');

test('the failures listed here are all there are', () => {
  const listed = new Set(Object.values(FAILURES).map(({ code }) => code));
  assert.deepEqual([...listed].sort(), Object.keys(wordsFor('en').failures).sort());
});

for (const language of LANGUAGES.filter((each) => each !== 'en')) {
  const texts = textsOf(language);

  test(`${language}: every text is there, and none is English`, () => {
    assert.deepEqual([...texts.keys()].sort(), [...english.keys()].sort());
    const untranslated = [...texts].filter(
      ([key, text]) => text.trim() === '' || (text === english.get(key) && /[a-z]{5}/.test(text)),
    );
    const known = new Set(KNOWN[language]);
    assert.deepEqual(
      untranslated.map(([key]) => key).filter((key) => !SHARED.test(key) && !known.has(key)),
      [],
    );
  });

  test(`${language}: what is put into a text stands in it, as in the English one`, () => {
    const marks =
      /«\d»|host\.example|proxy\.example:3128|HTTPS_PROXY|Negotiate|NTLM|Basic|HTTP 403|\/a\/path|«?VARIABLE|Electron 1|\d{2,}|req_1|a message|server_error|TypeError|ENOTFOUND|CERT_HAS_EXPIRED|user:profile|accounts\.json\.broken-1|id-\d/g;
    for (const [key, text] of english) {
      const given = (each: string) => new Set(each.match(marks));
      assert.deepEqual(given(texts.get(key) ?? ''), given(text), `${key}: ${texts.get(key) ?? ''}`);
    }
  });
}

test('every first sentence stands by itself, in every language', () => {
  for (const language of LANGUAGES) {
    const words = wordsFor(language);
    for (const failure of Object.values(FAILURES)) {
      const { explanation } = describeFailure(words, failure, 'refresh');
      const first = words.format.firstSentence(explanation);
      assert.match(first, /[.。!?」]$/, first);
      assert.ok(first.length >= 6, first);
    }
  }
});

test('room is to be made where there is none, and nowhere else', () => {
  const asked = { en: /make room/, de: /schaffen Sie dort Platz/, ja: /空きを確保/ };
  for (const language of LANGUAGES) {
    const explain = (reason: 'ENOSPC' | 'EDQUOT' | 'EROFS') =>
      describeFailure(wordsFor(language), { code: 'nowhere-to-store', path, reason }, 'refresh').explanation;
    assert.match(explain('ENOSPC'), asked[language]);
    assert.match(explain('EDQUOT'), asked[language]);
    assert.doesNotMatch(explain('EROFS'), asked[language]);
  }
});

test('details do not say twice what the failure is called technically', () => {
  const facts = failureFacts(wordsFor('ja'), { code: 'config-readable-by-others', path, mode: '0644' });
  assert.deepEqual(
    facts.filter(([label, value]) => `${label} ${value}`.includes('0644')),
    [['アクセス権', '0644']],
  );
});

test('every obstacle has words of its own in every language', async () => {
  const load = async (language: Language) => {
    const topics = (await import(`../../../src-main/words/${language}/obstacles.ts`)) as Record<
      string,
      Record<string, string | ((at: string) => string)>
    >;
    return Object.entries(topics).flatMap(([topic, texts]) =>
      Object.entries(texts).map(
        ([code, text]) => [`${topic}.${code}`, typeof text === 'string' ? text : text('a.key')] as const,
      ),
    );
  };
  const ofEnglish = new Map(await load('en'));
  for (const language of LANGUAGES.filter((each) => each !== 'en')) {
    const texts = await load(language);
    assert.deepEqual(texts.map(([key]) => key).sort(), [...ofEnglish.keys()].sort());
    for (const [key, text] of texts) assert.notEqual(text, ofEnglish.get(key), `${language} ${key}`);
  }
});

test('an apostrophe is a typographic one, an ellipsis stands as its language has it, and people sign in', () => {
  for (const language of LANGUAGES) {
    for (const [path, text] of textsOf(language)) assert.doesNotMatch(text, /\p{L}'\p{L}/u, path);
  }
  // German leaves a space before one that stands for words left out.
  for (const [path, text] of textsOf('de')) {
    if (!text.includes('sk-')) assert.doesNotMatch(text, /\p{L}…/u, path);
  }
  // A keyring goes by the name that its desktop gives it.
  for (const [path, text] of textsOf('ja')) assert.doesNotMatch(text, /ログイン(?!キーリング)/, path);
});
