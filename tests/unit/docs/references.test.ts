import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { test } from 'node:test';
import { root } from '../../../scripts/set-up/paths.mjs';

/** What references lead to. Paths are from the root, with slashes. */
interface Repository {
  readonly exists: (path: string) => boolean;
  /** The page's headings, in words. */
  readonly headings: (page: string) => readonly string[];
}

const FACTS = 'docs/facts.md';

/** A page by its name (comments call docs/facts.md `facts.md`), a section of it by number, a heading by its beginning. */
const NAMED = /(?<![\w./-])(docs\/[\w./-]+|facts)\.md`?(?:,? section (\d+[a-z]?))?(?:, "([^"]+)")?/g;
/** A section by its number alone is one of the facts, unless it is a specification's. Those have dots in their numbers. */
const SECTION = /(?<!(?:RFC \d+|POSIX[\d.-]+|\.md`?),? )\bsection (\d+[a-z]?)\b(?!\.\d)/g;
/** The example that section 0 explains. */
const SEED = /\bthe seed\b/i;
/** The target of a link or a picture, in its place or at the page's foot. */
const LINK = /(?:\]\(<?|^\[[^\]]+\]: *)([^\s)>]+)/gm;

/** What a file refers to and is not there, as it says it. */
function deadReferences(path: string, text: string, repository: Repository): readonly string[] {
  const isPage = path.endsWith('.md');
  const dead = [...deadMentions(isPage ? withoutBreaks(text) : commentsInOneLine(text), repository)];
  return isPage ? [...dead, ...deadLinks(path, withoutCode(text), repository)] : dead;
}

function* deadMentions(text: string, { exists, headings }: Repository): Generator<string> {
  const hasSection = (page: string, number: string) =>
    headings(page).some((heading) => heading.startsWith(`${number}. `));
  for (const [mention, name = '', section, title] of text.matchAll(NAMED)) {
    const page = name === 'facts' ? FACTS : `${name}.md`;
    if (
      !exists(page) ||
      (section !== undefined && !hasSection(page, section)) ||
      (title !== undefined && !headings(page).some((heading) => heading.startsWith(title)))
    ) {
      yield mention;
    }
  }
  for (const [mention, section = ''] of text.matchAll(SECTION)) {
    if (!hasSection(FACTS, section)) yield mention;
  }
  if (SEED.test(text) && !hasSection(FACTS, '0')) yield 'the seed';
}

function* deadLinks(path: string, text: string, { exists, headings }: Repository): Generator<string> {
  for (const [, target = ''] of text.matchAll(LINK)) {
    if (/^[a-z]+:/i.test(target)) continue;
    const [file = '', anchor] = decodeURI(target).split('#');
    const page = file === '' ? path : posix.join(posix.dirname(path), file);
    const isThere = exists(page) && (anchor === undefined || headings(page).map(anchorOf).includes(anchor));
    if (!isThere) yield target;
  }
}

/** As GitHub makes it of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function headingsOf(text: string): readonly string[] {
  return [...text.replaceAll(FENCED, '').matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading);
}

const FENCED = /^```[^]*?^```/gm;

function withoutCode(text: string): string {
  return text.replaceAll(FENCED, '').replaceAll(/`[^`\n]*`/g, '');
}

function withoutBreaks(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}

/** A reference may go on in the next line of its comment. */
function commentsInOneLine(text: string): string {
  return withoutBreaks(text.replaceAll(/\n\s*(?:\/\/|\*(?!\/)|#)/g, '\n'));
}

const read = (path: string) => readFileSync(join(root, path), 'utf8');

function filesOf(...patterns: readonly string[]): readonly string[] {
  return globSync(patterns, { cwd: root }).map((path) => path.replaceAll(sep, '/'));
}

const checkout: Repository = {
  exists: (path) => existsSync(join(root, path)),
  headings: (page) => headingsOf(read(page)),
};

test('every reference in sources and pages leads somewhere', () => {
  const self = relative(root, import.meta.filename).replaceAll(sep, '/');
  const sources = filesOf('{src-*,tests,scripts}/**/*.{ts,tsx,mjs,cjs,js,css,html}', '*.{ts,js,yml}');
  const pages = filesOf('*.md', '{docs,src-*,tests,scripts}/**/*.md');
  assert.ok(sources.some((path) => read(path).includes('`facts.md` section')));
  assert.ok(pages.includes(FACTS));

  const dead = [...sources, ...pages]
    .filter((path) => path !== self)
    .flatMap((path) => deadReferences(path, read(path), checkout).map((what) => `${path}: ${what}`));
  assert.deepEqual(dead, []);
});

const PAGES: Readonly<Record<string, string>> = {
  'README.md': '# Product\n',
  'docs/facts.md': '# Facts\n\n## 0. The example\n\n## 1. The server\n\n### Two clocks\n\n## 3b. Others\n',
  'docs/plan.md': '# Plan\n\n## Set-up and runtime\n\n```\n## Not a heading\n```\n',
  'docs/images/window.png': '',
};
const samples: Repository = {
  exists: (path) => path in PAGES,
  headings: (page) => headingsOf(PAGES[page] ?? ''),
};

const ALIVE: readonly (readonly [path: string, text: string])[] = [
  ['a.ts', '/** The answer (`facts.md` section 1). */'],
  ['a.ts', '// facts.md section 3b: what others do'],
  ['a.ts', '// The login (`facts.md` section 1, "Two clocks").'],
  ['a.ts', '/**\n * Its end is told (`facts.md`\n * section 1).\n */'],
  ['a.ts', '// The figures are in docs/plan.md.'],
  ['a.ts', '// a stand-in (docs/plan.md, "Set-up")'],
  ['a.ts', '// RFC 6749 section 6, RFC 9110 section 10.2.3, and section 7.1 of it'],
  ['a.ts', '// The five minutes are the seed’s: the seed asks for them.'],
  ['docs/plan.md', '[facts](facts.md#two-clocks), [product](../README.md), [below](#set-up-and-runtime)'],
  [
    'README.md',
    '[![Window](docs/images/window.png)](docs/plan.md) and [elsewhere](https://example.org/none.md)',
  ],
  ['README.md', 'As code `[x](none.md)` is no link.\n\n```\n[x](none.md)\n```\n'],
  ['README.md', '[plan]\n\n[plan]: docs/plan.md#plan'],
];

for (const [path, text] of ALIVE) {
  test(`alive in ${path}: ${JSON.stringify(text)}`, () =>
    assert.deepEqual(deadReferences(path, text, samples), []));
}

const DEAD: readonly (readonly [path: string, text: string, dead: string])[] = [
  ['a.ts', '/** The answer (`facts.md` section 2). */', 'facts.md` section 2'],
  ['a.ts', '// facts.md section 3: what others do', 'facts.md section 3'],
  ['a.ts', '// The login (`facts.md` section 1, "Three clocks").', 'facts.md` section 1, "Three clocks"'],
  ['a.ts', '/**\n * Its end is told (`facts.md`\n * section 2).\n */', 'facts.md` section 2'],
  ['a.ts', '// what others do (section 4)', 'section 4'],
  ['a.ts', '// The figures are in docs/figures.md.', 'docs/figures.md'],
  ['a.ts', '// a stand-in (docs/plan.md, "Not a heading")', 'docs/plan.md, "Not a heading"'],
  ['README.md', 'The plan is docs/plans/plan.md.', 'docs/plans/plan.md'],
  ['docs/plan.md', '[facts](docs/facts.md)', 'docs/facts.md'],
  ['docs/plan.md', '[facts](facts.md#three-clocks)', 'facts.md#three-clocks'],
  ['docs/plan.md', '[below](#not-a-heading)', '#not-a-heading'],
  ['README.md', '[![Window](docs/images/window.png)](plan.md)', 'plan.md'],
  ['README.md', '![Window](docs/images/gone.png)', 'docs/images/gone.png'],
  ['README.md', '[plan]\n\n[plan]: plan.md', 'plan.md'],
];

for (const [path, text, dead] of DEAD) {
  test(`dead in ${path}: ${JSON.stringify(text)}`, () =>
    assert.deepEqual(deadReferences(path, text, samples), [dead]));
}

test('dead: "the seed" where nothing explains it', () => {
  const unexplained: Repository = { exists: () => true, headings: () => ['1. The server'] };
  assert.deepEqual(deadReferences('a.ts', '// The seed’s order.', unexplained), ['the seed']);
});
