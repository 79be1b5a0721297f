import assert from 'node:assert/strict';
import { test } from 'node:test';
import { painted } from '../../../src-main/terminal/line.ts';
import { lookOf } from '../../../src-main/terminal/screen.ts';

const ALL = { colour: true, links: true };

test('what comes from a file neither colours nor commands the terminal', () => {
  const evil = 'a\x1b[31mb\x1b]8;;http://evil\x07c\r\n\u009b2J';
  assert.equal(painted(evil, ALL), 'a[31mb]8;;http://evilc2J');
  assert.equal(painted([{ text: evil, style: 'good' }], ALL), '\x1b[32ma[31mb]8;;http://evilc2J\x1b[0m');
  assert.equal(
    painted([{ text: 'x', href: 'http://a/\x1b\\b' }], ALL),
    '\x1b]8;;http://a/\\b\x1b\\x\x1b]8;;\x1b\\',
  );
});

test('colour and links are for terminals that have them', () => {
  const look = (variables: Record<string, string>, isTerminal = true) => lookOf(isTerminal, variables);
  assert.deepEqual(look({}), { colour: true, links: false });
  assert.deepEqual(look({}, false), { colour: false, links: false });
  assert.deepEqual(look({ TERM_PROGRAM: 'vscode' }), ALL);
  assert.deepEqual(look({ TERM_PROGRAM: 'vscode', TMUX: 'x' }).links, false);
  assert.deepEqual(look({ VTE_VERSION: '7000', TERM: 'dumb' }), { colour: false, links: false });
  assert.equal(look({ NO_COLOR: '1', FORCE_COLOR: '3' }).colour, false);
  assert.equal(look({ NO_COLOR: '' }).colour, true);
  assert.equal(look({ FORCE_COLOR: '1' }, false).colour, true);
  assert.equal(look({ FORCE_COLOR: 'false' }).colour, false);
});
