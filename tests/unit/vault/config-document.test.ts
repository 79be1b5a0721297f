import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import type { Credential } from '../../../src-main/domain/credential.ts';
import type { ConfigShape } from '../../../src-main/domain/failure.ts';
import { ConfigDocument } from '../../../src-main/vault/config/config-document.ts';
import type { EntryEdit } from '../../../src-main/vault/config/config-entry.ts';
import { formatLocal } from '../../../src-main/domain/rfc3339.ts';
import { credential, failure } from '../../support/vault/sample.ts';

const entriesOf = (text: string) => new ConfigDocument(text, '/c.yaml').entries;
const read = (text: string) => entriesOf(text).map((each) => each.credential);
const edit = (text: string, ...edits: EntryEdit[]) => new ConfigDocument(text, '/c.yaml').edited(edits).text;
const positionsOf = (text: string, id: string) =>
  entriesOf(text)
    .filter((each) => each.credential.id === id)
    .map(({ position }) => position);
/** In the place of the entry with its id, else at the end. */
const set = (text: string, value: Credential = credential) => {
  const [position] = positionsOf(text, value.id);
  return edit(
    text,
    position === undefined
      ? { kind: 'add', credential: value }
      : { kind: 'set', position, credential: value },
  );
};
const remove = (text: string, id = 'default') =>
  edit(text, ...positionsOf(text, id).map((position) => ({ kind: 'remove', position }) as const));

const expiresAt = formatLocal(credential.accessExpiresAt ?? 0);
const entryLines = [
  '- id: default',
  '  client_id: 9d1c250a-e61b-44d9-88ed-5944d1962f5e',
  '  access_token: sk-ant-oat01-Access_one-AA',
  '  refresh_token: sk-ant-ort01-Refresh_one-AA',
  `  expires_at: "${expiresAt}"`,
  '  scopes:',
  '    - org:create_api_key',
  '    - user:profile',
  '    - user:inference',
];
const entry = (indent: number) => entryLines.map((line) => `${' '.repeat(indent)}${line}\n`).join('');
const seedBlock = `providers:\n  anthropic:\n    oauth_credentials:\n${entry(6)}`;
const flowEntry = `{"id": "default", "client_id": "9d1c250a-e61b-44d9-88ed-5944d1962f5e", "access_token": "sk-ant-oat01-Access_one-AA", "refresh_token": "sk-ant-ort01-Refresh_one-AA", "expires_at": "${expiresAt}", "scopes": ["org:create_api_key", "user:profile", "user:inference"]}`;

test('an empty file becomes exactly the documented block', () => {
  assert.equal(set(''), seedBlock);
});

const insertions: readonly [name: string, before: string, after: string][] = [
  ['comments stay above', '# mine', `# mine\n${seedBlock}`],
  ['a byte order mark stays first', '\uFEFF', `\uFEFF${seedBlock}`],
  ['document markers stay around it', '---\n# x\n...\n', `---\n# x\n${seedBlock}...\n`],
  ['an end marker stays below it', '# x\n...\n', `# x\n${seedBlock}...\n`],
  ['other keys stay before it', 'server: {port: 1}\n', `server: {port: 1}\n${seedBlock}`],
  ['a missing final line break stays missing', 'a: 1', `a: 1\n${seedBlock.trimEnd()}`],
  ['CRLF stays CRLF', 'a: 1\r\nb: 2\r\n', `a: 1\r\nb: 2\r\n${seedBlock.replaceAll('\n', '\r\n')}`],
  ['an empty value is filled', 'providers:\nz: 1\n', `${seedBlock}z: 1\n`],
  [
    'a null value is filled',
    'providers: ~ # none\nz: 1\n',
    seedBlock.replace(':\n', ': # none\n') + 'z: 1\n',
  ],
  ['an empty flow map is opened', 'providers: {}\n', seedBlock],
  ['an empty flow list is opened', 'providers:\n  anthropic:\n    oauth_credentials: []\n', seedBlock],
  [
    "the neighbours' indentation is used, and comments stay with what they speak of",
    'providers:\n    openai: {}\n    anthropic:\n        api_key: x\n        # about api_key\n    # about gemini\n    gemini: {}\n',
    `providers:\n    openai: {}\n    anthropic:\n        api_key: x\n        # about api_key\n        oauth_credentials:\n${entry(
      12,
    )
      .replaceAll('    - ', '      - ')
      .replaceAll(/^ {14}- id/gm, '            - id')}    # about gemini\n    gemini: {}\n`,
  ],
  [
    'a new id goes to the end of the list, at its dashes, before a comment on the next key',
    'providers:\n  anthropic:\n    oauth_credentials:\n    -   id: work\n        access_token: w\n    # direct\n    api_key: k\n',
    `providers:\n  anthropic:\n    oauth_credentials:\n    -   id: work\n        access_token: w\n${entry(4)
      .replaceAll(/^ {4}- /gm, '    -   ')
      .replaceAll(/^ {6}/gm, '        ')}    # direct\n    api_key: k\n`,
  ],
  [
    'a comment in an empty flow map stays',
    'providers: { # none yet\n}\n',
    `providers: {"anthropic": {"oauth_credentials": [${flowEntry}]} # none yet\n}\n`,
  ],
  [
    'a flow map gets a flow entry',
    'providers: {anthropic: {api_key: "x", }} # c\n',
    `providers: {anthropic: {api_key: "x", "oauth_credentials": [${flowEntry}], }} # c\n`,
  ],
  [
    'JSON stays JSON',
    '{\n  "a": 1\n}',
    `{\n  "a": 1, "providers": {"anthropic": {"oauth_credentials": [${flowEntry}]}}\n}`,
  ],
  ['a block scalar above keeps its line breaks', 'key: |+\n  text\n\n', `key: |+\n  text\n\n${seedBlock}`],
];
for (const [name, before, after] of insertions) {
  test(`inserting: ${name}`, () => {
    assert.equal(set(before), after);
    assert.deepEqual(read(set(before)).at(-1), credential);
  });
}

test('replacing changes the values of our entry and not a byte besides', () => {
  const before = `# top
providers: &keep   # odd   spacing
  anthropic:
      default_model:   'claude'
      oauth_credentials:   # list
        - id: work
          access_token: "w"
        - scopes: # ours
            - old
            - older # last
          access_token: >- # folded
              old-
              token
          id:   "default"   # the first
          client_secret: \${SECRET}
          refresh_token:
          expires_at:  2025-11-18T09:30:00-07:00 # when
\tserver : nothing
`.replace('\tserver : nothing', 'server: "a\\\n  b"\t# tab');
  const after = `# top
providers: &keep   # odd   spacing
  anthropic:
      default_model:   'claude'
      oauth_credentials:   # list
        - id: work
          access_token: "w"
        - scopes: # ours
            - org:create_api_key
            - user:profile
            - user:inference # last
          access_token: sk-ant-oat01-Access_one-AA # folded
          id:   "default"   # the first
          client_secret: \${SECRET}
          refresh_token: sk-ant-ort01-Refresh_one-AA
          expires_at:  "${expiresAt}" # when
          client_id: 9d1c250a-e61b-44d9-88ed-5944d1962f5e
server: "a\\\n  b"\t# tab
`;
  assert.equal(set(before), after);
});

test('quotes stay what they were', () => {
  const before = seedBlock
    .replace('sk-ant-oat01-Access_one-AA', "'old'")
    .replace('sk-ant-ort01-Refresh_one-AA', '"old"');
  assert.match(
    set(before),
    /access_token: 'sk-ant-oat01-Access_one-AA'\n.*refresh_token: "sk-ant-ort01-Refresh_one-AA"\n/,
  );
});

test('scopes may become none', () => {
  const none = { ...credential, scopes: [] };
  const before = seedBlock.replaceAll(/^ {10}- /gm, '        - ');
  assert.deepEqual(read(set(before, none)), [none]);
  assert.deepEqual(read(set('', none)), [none]);
});

test('saving what is stored already changes nothing, in whatever offset the expiry is written', () => {
  const before = seedBlock.replace(expiresAt, '2026-11-18T09:30:00-07:00');
  assert.equal(set(before), before);
});

test('a credential without refresh token or expiry leaves both out, and empties old ones', () => {
  const bare = { ...credential, refreshToken: null, accessExpiresAt: null };
  assert.doesNotMatch(set('', bare), /refresh_token|expires_at/);
  assert.match(set(seedBlock, bare), /refresh_token: ""\n +expires_at: ""\n/);
  assert.deepEqual(read(set(seedBlock, bare)), [bare]);
});

test('reading is as lenient as other readers are', () => {
  const list = (entries: string) => `providers: {anthropic: {oauth_credentials: [${entries}]}}`;
  assert.deepEqual(read(list('{id: 1, access_token: "${TOKEN}", expires_at: soon, scopes: a}')), [
    { id: '1', clientId: '', accessToken: '${TOKEN}', refreshToken: null, accessExpiresAt: null, scopes: [] },
  ]);
  assert.deepEqual(read(list('{id: no-token}, just-text, ~')), []);
  assert.deepEqual(read('providers: {anthropic: {oauth_credentials: }}'), []);
  assert.deepEqual(read('# nothing'), []);
  const aliased =
    'base: &b\n  anthropic:\n    oauth_credentials: [{id: x, access_token: t}]\nproviders:\n  <<: *b\n';
  assert.equal(read(aliased)[0]?.id, 'x');
});

test('whatever has a token is an entry, with or without an id, and known by its position', () => {
  const list = (entries: string) => `providers: {anthropic: {oauth_credentials: [${entries}]}}`;
  const long = 'x'.repeat(5_000);
  const ids = ['a', 'a', '__proto__', '"constructor"', `"${long}"`, '""'];
  const text = list(
    `{id: no-token}, ${ids.map((id) => `{id: ${id}, access_token: t}`).join(', ')}, ~, {refresh_token: r}`,
  );
  assert.deepEqual(
    entriesOf(text).map(({ position, credential: { id } }) => [position, id]),
    [
      [1, 'a'],
      [2, 'a'],
      [3, '__proto__'],
      [4, 'constructor'],
      [5, long],
      [6, ''],
      [8, ''],
    ],
  );
  const changed = edit(text, { kind: 'set', position: 2, credential: { ...credential, id: 'b' } });
  assert.ok(changed.startsWith(text.slice(0, text.indexOf('{id: a, access_token: t}, {id: __proto__'))));
  assert.deepEqual(read(changed)[1], { ...credential, id: 'b' });
  // An entry without an id gets none.
  const nameless = edit(text, { kind: 'set', position: 8, credential: { ...credential, id: '' } });
  assert.deepEqual(read(nameless).at(-1), { ...credential, id: '' });
  assert.doesNotMatch(nameless.slice(nameless.indexOf('{refresh')), /"id"/);
  assert.throws(() => edit(text, { kind: 'set', position: 9, credential }), RangeError);
  assert.throws(() => edit('', { kind: 'remove', position: 0 }), RangeError);
});

test('an end is understood as far as possible, and it is told whether other programs understand it', () => {
  const withExpiry = (expiry: string) => seedBlock.replace(`"${expiresAt}"`, expiry);
  const read = (expiry: string) => {
    const [entry = assert.fail()] = entriesOf(withExpiry(expiry));
    return [entry.credential.accessExpiresAt, entry.expiryText, entry.expiryReadable];
  };
  const instant = Date.UTC(2026, 10, 18, 16, 30);
  assert.deepEqual(read('2026-11-18T16:30:00Z'), [instant, '2026-11-18T16:30:00Z', true]);
  assert.deepEqual(read('"2026-11-18 16:30:00+0000"'), [instant, '2026-11-18 16:30:00+0000', false]);
  assert.deepEqual(read(String(instant / 1000)), [instant, '1795019400', false]);
  assert.deepEqual(read('soon'), [null, 'soon', false]);
  assert.deepEqual(read(''), [null, '', true]);
  assert.deepEqual(read('"0001-01-01T00:00:00Z"'), [null, '0001-01-01T00:00:00Z', true]);
  // Set to what it says already, an end that others misread is written right, one they know is left.
  assert.equal(set(withExpiry('1795019400')), seedBlock);
  assert.equal(set(withExpiry('"2026-11-18 16:30:00+0000"')), seedBlock);
  const unknown = { ...credential, accessExpiresAt: null };
  assert.equal(set(withExpiry('soon'), unknown), withExpiry('""'));
  for (const text of ['"0001-01-01T00:00:00Z"', "'0001-01-01T00:00:00-07:00'", '""']) {
    assert.equal(set(withExpiry(text), unknown), withExpiry(text));
  }
  const fraction = withExpiry('"2026-11-18T16:30:00.25Z"');
  assert.equal(set(fraction, { ...credential, accessExpiresAt: instant + 250 }), fraction);
});

test('an alias stands for the last anchor of its name before it', () => {
  const text =
    'a: &t one\nb: *t\nc: &t two\nproviders: {anthropic: {oauth_credentials: [{id: x, access_token: *t}]}}\nd: &t three\n';
  assert.equal(read(text)[0]?.accessToken, 'two');
});

const wizard = `providers:
  preferred_order: [anthropic]
  anthropic:
    api_key: k
    # the login
    oauth: # by the wizard
      access_token: a
      refresh_token: r
      expires_at: "2026-01-02T03:04:05-07:00"
      token_type: Bearer
  z: {}
`;

test('an older block is read beside the list', () => {
  const olderOf = (text: string) => new ConfigDocument(text, '/c.yaml').olderBlock;
  assert.deepEqual(olderOf(wizard), {
    accessToken: 'a',
    refreshToken: 'r',
    accessExpiresAt: Date.UTC(2026, 0, 2, 10, 4, 5),
  });
  assert.deepEqual(read(wizard), []);
  const short = (block: string) => olderOf(`providers: {anthropic: {oauth: ${block}}}`);
  assert.deepEqual(short('{access_token: a}'), {
    accessToken: 'a',
    refreshToken: null,
    accessExpiresAt: null,
  });
  for (const none of ['{}', '', 'text', '[a]', '{token_type: Bearer}']) assert.equal(short(none), null);
  assert.equal(olderOf(seedBlock), null);
});

test('several edits at once are those edits and nothing else', () => {
  const head = 'providers:\n  anthropic:\n    oauth_credentials:\n';
  const item = (id: string) =>
    `      - id: ${id} # ${id}\n        access_token: ${id}\n        note: ${id}\n`;
  const text = `${head}${item('a')}${item('b')}      # between\n${item('c')}${item('d')}`;
  const added = { ...credential, id: 'new' };
  const three = edit(
    text,
    { kind: 'remove', position: 1 },
    { kind: 'add', credential: added },
    { kind: 'remove', position: 3 },
    { kind: 'add', credential: { ...added, id: 'newer' } },
  );
  const newEntry = (id: string) => entry(6).replace('default', id);
  assert.equal(
    three,
    `${head}${item('a')}      # between\n${item('c')}${newEntry('new')}${newEntry('newer')}`,
  );
  assert.equal(
    edit(text.trimEnd(), { kind: 'remove', position: 3 }, { kind: 'remove', position: 2 }),
    `${head}${item('a')}${item('b')}      # between`,
  );
  const all = [0, 1, 2, 3].map((position) => ({ kind: 'remove', position }) as const);
  assert.equal(edit(text, ...all), `${head.trimEnd()} []\n      # between\n`);
  assert.equal(edit(text, ...all, { kind: 'add', credential }), `${head}      # between\n${entry(6)}`);
  const flow = (items: string) => `{"providers": {"anthropic": {"oauth_credentials": [${items}]}}}`;
  const flowItem = (id: string) => `{"id": "${id}", "access_token": "t"}`;
  const [a, b, c] = ['a', 'b', 'c'].map(flowItem);
  assert.equal(edit(flow(`${a}, ${b}, ${c}`), ...all.slice(1, 3)), flow(`${a}`));
  assert.equal(edit(flow(`${a}, ${b}, ${c}`), ...all.slice(0, 2)), flow(`${c}`));
  assert.equal(edit(text), text);
});

test('what an alias shares is refused instead of changed', () => {
  const shared = [
    'a: &a {oauth_credentials: []}\nproviders: {anthropic: *a}\n',
    'providers: {anthropic: &a {oauth_credentials: []}}\nb: *a\n',
    'base: &b\n  anthropic: {}\nproviders:\n  <<: *b\n',
    'providers: {anthropic: {oauth_credentials: [{id: default, access_token: &t old}]}}\nb: *t\n',
    'e: &e {id: default, access_token: t}\nproviders: {anthropic: {oauth_credentials: [*e]}}\n',
  ];
  for (const text of shared) assert.throws(() => set(text), failure({ code: 'config-shape' }), text);
  assert.throws(
    () =>
      remove('providers: {anthropic: {oauth_credentials: [{id: default, access_token: &t old}]}}\nb: *t\n'),
    failure({ code: 'config-shape' }),
  );
});

test('an alias inside our entry is replaced by the value, and merged-in values may be overridden', () => {
  const before =
    'd: &d {client_id: x}\nt: &t old\nproviders:\n  anthropic:\n    oauth_credentials:\n      - <<: *d\n        id: default\n        access_token: *t\n';
  const after = set(before);
  assert.ok(after.startsWith('d: &d {client_id: x}\nt: &t old\n'));
  assert.deepEqual(read(after), [credential]);
});

test('a text that is not YAML is refused with the place where it breaks', () => {
  assert.throws(() => read('a: 1\nb: [1\nc: 2\n'), failure({ code: 'config-not-yaml', line: 3, column: 1 }));
  assert.throws(() => read('a: 1\na: 2\n'), failure({ code: 'config-not-yaml', line: 2, column: 1 }));
  assert.throws(() => read('a: *nowhere\n'), failure({ code: 'config-not-yaml', line: 1, column: 4 }));
});

test('a text of another shape is refused with the place and what should be there', () => {
  const cases: readonly [text: string, at: string, expected: ConfigShape][] = [
    ['- a\n', '', 'top-level-map'],
    ['just text', '', 'top-level-map'],
    ['a: 1\n---\nb: 1\n', '', 'one-document'],
    ['providers: [a]\n', 'providers', 'map'],
    ['providers: {anthropic: text}\n', 'providers.anthropic', 'map'],
    [
      'providers: {anthropic: {oauth_credentials: {a: 1}}}\n',
      'providers.anthropic.oauth_credentials',
      'list',
    ],
    ['a: 1\rb: 2\r', '', 'line-ends'],
  ];
  for (const [text, at, expected] of cases)
    assert.throws(() => set(text), failure({ code: 'config-shape', at, expected }), text.slice(0, 50));
});

test('nesting beyond any config file is refused, however deep', () => {
  const nested = (depth: number) => `a: 1\nb:\n${'- '.repeat(depth)}x\n`;
  assert.ok(set(nested(90)).startsWith(nested(90)));
  for (const depth of [110, 500, 20_000]) {
    assert.throws(() => set(nested(depth)), failure({ code: 'config-shape', expected: 'shallow' }));
  }
  assert.throws(
    () => set(`a: ${'['.repeat(20_000)}`),
    failure({ code: 'config-shape', expected: 'shallow' }),
  );
});

test('aliases that multiply are never expanded', () => {
  const levels = Array.from(
    { length: 30 },
    (_, i) => `l${i + 1}: &l${i + 1} [*l${i}, *l${i}, *l${i}]\n`,
  ).join('');
  const merges = Array.from({ length: 30 }, (_, i) => `m${i + 1}: &m${i + 1} {<<: [*m${i}, *m${i}]}\n`).join(
    '',
  );
  const bomb = `l0: &l0 [x, x]\n${levels}m0: &m0 {a: b}\n${merges}providers:\n  anthropic:\n    <<: *m30\n`;
  assert.equal(read(set(bomb)).length, 1);
});

test('removing takes the entry and leaves the others', () => {
  const other = '      - id: work\n        access_token: w # w\n';
  const head = 'providers:\n  anthropic:\n    oauth_credentials:\n';
  assert.equal(remove(head + other + entry(6)), head + other);
  assert.equal(remove(head + entry(6) + other), head + other);
  assert.equal(remove((head + other + entry(6)).trimEnd()), (head + other).trimEnd());
  assert.equal(remove(seedBlock), head.trimEnd() + ' []\n');
  const flow = (items: string) => `providers: {anthropic: {oauth_credentials: [${items}]}}`;
  assert.equal(
    remove(flow('{id: a, access_token: t}, {id: default, access_token: t}, ')),
    flow('{id: a, access_token: t}, '),
  );
  assert.equal(
    remove(flow('{id: default, access_token: t}, {id: a, access_token: t}')),
    flow('{id: a, access_token: t}'),
  );
  assert.equal(remove(flow('{id: default, access_token: t},')), flow(''));
  assert.equal(remove('a: 1\n'), 'a: 1\n');
});

/** What a parser is to find of a credential; an empty id is not written. */
function fieldsIn({ id, clientId, accessToken, refreshToken, scopes }: Credential): object {
  return {
    ...(id === '' ? {} : { id }),
    ...(clientId === '' ? {} : { client_id: clientId }),
    access_token: accessToken,
    refresh_token: refreshToken,
    expires_at: expiresAt,
    ...(scopes.length === 0 ? {} : { scopes }),
  };
}

interface Expected {
  providers: { anthropic: { oauth_credentials: object[] | null } | null } | null;
}

test('for any config in any style: only our entry differs, by the judgement of the parser itself', () => {
  const key = fc
    .stringMatching(/^[a-z_]{1,8}$/)
    .filter((text) => !['anthropic', 'providers', 'null', 'true', 'false'].includes(text));
  const value = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string()),
  );
  const foreign = fc.dictionary(key, fc.oneof(value, fc.dictionary(key, value)), { maxKeys: 4 });
  const text = fc.oneof(fc.stringMatching(/^[A-Za-z0-9_.:-]{1,30}$/), fc.string({ minLength: 1 }));
  const other = fc.record({ id: key, access_token: fc.stringMatching(/^[a-z]{3}$/) });
  const arbitrary = fc.record({
    top: foreign,
    providers: fc.option(foreign),
    anthropic: fc.option(foreign),
    others: fc.option(fc.array(other, { maxLength: 3 })),
    hasOurs: fc.boolean(),
    flow: fc.boolean(),
    indent: fc.integer({ min: 1, max: 6 }),
    indentSeq: fc.boolean(),
    crlf: fc.boolean(),
    finalBreak: fc.boolean(),
    id: text,
    token: text,
  });
  fc.assert(
    fc.property(arbitrary, (a) => {
      const ours = { ...credential, id: a.id, accessToken: a.token };
      const list = [
        ...(a.others ?? []).filter(({ id }) => id !== a.id),
        ...(a.hasOurs ? [{ scopes: ['x'], extra: 1, id: a.id, access_token: 'old' }] : []),
      ];
      const isListed = a.others !== null || a.hasOurs;
      const anthropic =
        a.anthropic === null && !isListed
          ? null
          : { ...a.anthropic, ...(isListed ? { oauth_credentials: list } : {}) };
      const providers = a.providers === null && anthropic === null ? null : { ...a.providers, anthropic };
      const config = { ...a.top, providers };
      const written = stringify(config, {
        indent: a.indent,
        indentSeq: a.indentSeq,
        collectionStyle: a.flow ? 'flow' : 'any',
        lineWidth: 40,
      });
      const broken = a.crlf ? written.replaceAll('\n', '\r\n') : written;
      const before = a.finalBreak ? broken : broken.trimEnd();
      // Cutting the final line break may cut into a block scalar's value.
      const parsedBefore = parse(before) as typeof config;
      const after = set(before, ours);

      const expected = structuredClone(parsedBefore) as Expected;
      expected.providers ??= { anthropic: { oauth_credentials: [] } };
      expected.providers.anthropic ??= { oauth_credentials: [] };
      const entries = (expected.providers.anthropic.oauth_credentials ??= []);
      const index = a.hasOurs ? entries.length - 1 : entries.length;
      entries[index] = {
        ...entries[index],
        id: a.id,
        client_id: ours.clientId,
        access_token: a.token,
        refresh_token: ours.refreshToken,
        expires_at: expiresAt,
        scopes: ours.scopes,
      };
      assert.deepEqual(parse(after), expected);
      assert.equal(set(after, ours), after);
      assert.deepEqual(
        read(remove(after, a.id)).map(({ id }) => id),
        entries.slice(0, index).map((each) => Reflect.get(each, 'id') as string),
      );
    }),
    { numRuns: 100 },
  );
});

test('for any list in any style: several edits make exactly their changes, by the judgement of the parser itself', () => {
  const text = fc.stringMatching(/^[A-Za-z0-9_.:-]{1,12}$/);
  const id = fc.oneof(fc.constantFrom('a', '__proto__', ''), fc.string(), text);
  const item = fc.record(
    {
      id,
      access_token: text,
      refresh_token: text,
      note: fc.string(),
      scopes: fc.array(text, { maxLength: 2 }),
    },
    { requiredKeys: ['access_token', 'note'], noNullPrototype: true },
  );
  const action = fc.constantFrom('keep', 'set', 'remove', 'refresh');
  const arbitrary = fc.record({
    items: fc.array(fc.tuple(item, action), { maxLength: 6 }),
    added: fc.array(fc.tuple(id, text), { maxLength: 2 }),
    older: fc.boolean(),
    after: fc.dictionary(fc.stringMatching(/^k[a-z]{1,4}$/), fc.string(), {
      maxKeys: 2,
      noNullPrototype: true,
    }),
    flow: fc.boolean(),
    indent: fc.integer({ min: 1, max: 6 }),
    indentSeq: fc.boolean(),
    crlf: fc.boolean(),
    finalBreak: fc.boolean(),
  });
  fc.assert(
    fc.property(arbitrary, (a) => {
      const olderBlock = { access_token: 'older', token_type: 'Bearer' };
      const config = {
        providers: {
          anthropic: {
            ...(a.older ? { oauth: olderBlock } : {}),
            oauth_credentials: a.items.map(([each]) => each),
            ...a.after,
          },
        },
        z: 1,
      };
      const written = stringify(config, {
        indent: a.indent,
        indentSeq: a.indentSeq,
        collectionStyle: a.flow ? 'flow' : 'any',
        lineWidth: 40,
      });
      const broken = a.crlf ? written.replaceAll('\n', '\r\n') : written;
      const before = a.finalBreak ? broken : broken.trimEnd();

      const read = entriesOf(before);
      const edits: EntryEdit[] = [];
      const expected: object[] = [];
      for (const [position, [each, what]] of a.items.entries()) {
        if (what === 'remove') edits.push({ kind: 'remove', position });
        else expected.push(each);
        if (what !== 'set' && what !== 'refresh') continue;
        const old = read.find((entry) => entry.position === position)?.credential ?? assert.fail();
        const wanted =
          what === 'set'
            ? { ...credential, id: `id ${position}` }
            : {
                ...old,
                accessToken: 'next',
                refreshToken: 'next r',
                accessExpiresAt: credential.accessExpiresAt,
              };
        edits.push({ kind: 'set', position, credential: wanted });
        expected[expected.length - 1] = { ...each, ...fieldsIn(wanted) };
      }
      for (const [id, token] of a.added) {
        const wanted = { ...credential, id, accessToken: token };
        edits.push({ kind: 'add', credential: wanted });
        expected.push(fieldsIn(wanted));
      }

      const after = edit(before, ...edits);
      const document = parse(after) as typeof config;
      assert.deepEqual(document, {
        providers: {
          anthropic: {
            ...(a.older ? { oauth: olderBlock } : {}),
            oauth_credentials: expected,
            ...a.after,
          },
        },
        z: 1,
      });
      const lineBreaks = new Set(after.match(/\r?\n/g));
      assert.ok(lineBreaks.size <= 1 || !a.crlf);
    }),
    { numRuns: 200 },
  );
});
