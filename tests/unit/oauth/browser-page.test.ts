import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { approvedPage, declinedPage, type CallbackTexts } from '../../../src-main/oauth/callback-page.ts';
import { approvalPage, pageHeaders } from '../../support/practice/pages.ts';

const root = join(import.meta.dirname, '../../..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');

const TEXTS: CallbackTexts = {
  locale: 'en-GB',
  approved: { title: 'Yes', text: 'Go on.' },
  declined: { title: 'No', text: 'Stop.' },
};

const PAGES = [
  ['approved', approvedPage(TEXTS)],
  ['declined', declinedPage(TEXTS)],
  [
    'practice',
    { html: approvalPage('/x', []), contentSecurityPolicy: pageHeaders()['Content-Security-Policy'] ?? '' },
  ],
] as const;

const coloursOf = (css: string) =>
  new Map([...css.matchAll(/--([\w-]+): (light-dark\([^)]+\))/g)].map(([, name, value]) => [name, value]));

for (const [name, { html, contentSecurityPolicy }] of PAGES) {
  test(`${name}: the page has the window's colours, in both themes`, () => {
    const ofWindow = coloursOf(read('src-renderer', 'styles', 'tokens.css'));
    const ofPage = coloursOf(html);
    assert.ok(ofPage.size > 8);
    for (const [colour, value] of ofPage) assert.equal(value, ofWindow.get(colour), colour);
    assert.doesNotMatch(
      html.replaceAll(/light-dark\([^)]+\)|<p class="brand">.*?<\/p>/gs, ''),
      /#[\da-f]{3,8}\b/,
    );
  });

  test(`${name}: the page allows its own style, and nothing else`, () => {
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    assert.ok(contentSecurityPolicy.includes(`style-src 'sha256-${hash}'`));
    assert.doesNotMatch(html, /<script| style=| href=| src=/);
  });
}

test('pages and window have the mark of the app', () => {
  const drawing = /<path[^>]* d="([^"]+)"/.exec(read('assets', 'icons', 'src', 'app.svg'))?.[1] ?? '-';
  assert.ok(PAGES.every(([, { html }]) => html.includes(drawing)));
  assert.ok(read('src-renderer', 'controls', 'app-icon.tsx').includes(drawing));
});
