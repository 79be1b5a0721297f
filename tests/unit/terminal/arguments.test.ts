import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOTHING_TYPED } from '../../../src-main/terminal/arguments.ts';
import { commands } from '../../../src-main/terminal/commands.ts';
import { readArguments } from '../../../src-main/terminal/read-arguments.ts';

const read = (...words: string[]) => readArguments(words, commands, '1.2.3');

function given(...words: string[]) {
  const typed = read(...words);
  return typed.kind === 'command' ? typed.given : assert.fail(`${words.join(' ')}: ${typed.text}`);
}

function wrong(...words: string[]): string {
  const typed = read(...words);
  return typed.kind === 'wrong' ? typed.text : assert.fail(words.join(' '));
}

function answer(...words: string[]): string {
  const typed = read(...words);
  return typed.kind === 'answer' ? typed.text : assert.fail(words.join(' '));
}

test('a command may name an account, also the one without an id', () => {
  assert.deepEqual(read('token'), { kind: 'command', name: 'token', given: NOTHING_TYPED });
  assert.deepEqual(given('token', '--account', 'work', '--json'), {
    ...NOTHING_TYPED,
    account: 'work',
    json: true,
  });
  assert.equal(given('status', '--account', '').account, '');
  assert.equal(given('status', '--account=').account, '');
  assert.equal(given('token', '--account=-x').account, '-x');
});

test('a time says its unit', () => {
  assert.equal(given('token', '--lasting', '90s').lasting, 90_000);
  assert.equal(given('exec', '--lasting', '1h30m', '--', 'x').lasting, 5_400_000);
  for (const text of ['30', 'm', '-1m', '1.5h', '', '30 m']) {
    assert.match(wrong('token', `--lasting=${text}`), /Write a time as 90s, 30m, 4h or 1h30m/);
  }
});

test('all after -- is the command’s, and all after the command', () => {
  assert.deepEqual(given('exec', '--', 'claude', '--json', '--', '-h').operands, [
    'claude',
    '--json',
    '--',
    '-h',
  ]);
  assert.deepEqual(given('exec', '--account', 'work', 'claude', '--account', 'x'), {
    ...NOTHING_TYPED,
    account: 'work',
    operands: ['claude', '--account', 'x'],
  });
  assert.match(wrong('exec'), /missing required argument 'command'/);
  assert.match(wrong('exec', '--'), /missing required argument 'command'/);
});

test('how a person signs in', () => {
  const { paste, browser, qr } = given('login', '--paste', '--qr', '--no-browser');
  assert.deepEqual([paste, browser, qr], [true, false, true]);
  assert.deepEqual([given('login').paste, given('login').browser], [false, true]);
});

test('whatever means nothing is wrong use, and says why and where help is', () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /^Usage: latchkey <command>/],
    [['nonsense'], /unknown command 'nonsense'/],
    [['stauts'], /Did you mean status\?/],
    [['--json'], /unknown option '--json'/],
    [['token', 'more'], /too many arguments for 'token'/],
    [['token', '--lasing', '3'], /Did you mean --lasting\?.*\nTry: latchkey token --help/s],
    [['token', '-x'], /unknown option '-x'/],
    [['status', '--account'], /argument missing/],
    [['status', '--json=yes'], /unknown option/],
    [['status', '--lasting', '1m'], /unknown option '--lasting'/],
    [['env', '--shell', 'csh'], /Allowed choices are sh, fish, powershell/],
    [['completion', 'csh'], /Allowed choices are bash, zsh, fish, powershell/],
    [['completion'], /missing required argument 'shell'/],
  ];
  for (const [words, why] of cases) assert.match(wrong(...words), why, words.join(' '));
});

test('who asks for help gets it, and the version', () => {
  for (const words of [['--help'], ['-h'], ['help']]) {
    assert.match(answer(...words), /^Usage: latchkey <command>/, words.join(' '));
  }
  for (const words of [
    ['token', '--help'],
    ['token', '-h'],
    ['help', 'token'],
  ]) {
    assert.match(answer(...words), /^Usage: latchkey token \[options\]/, words.join(' '));
  }
  assert.equal(answer('--version'), '1.2.3\n');
  assert.equal(answer('-V'), '1.2.3\n');
});

test('the help tells every command and each option, in 80 columns', () => {
  const whole = answer('--help');
  for (const [name, command] of Object.entries(commands)) {
    const isHidden = 'hidden' in command;
    assert.equal(new RegExp(`^  ${name} `, 'm').test(whole), !isHidden, name);
    const own = answer(name, '--help');
    for (const option of command.options) assert.match(own, /--/, option);
    for (const text of [whole, own]) {
      const isExample = (line: string) => /^ {2}(latchkey|eval|source) /.test(line);
      const wide = text.split('\n').filter((line) => line.length > 80 && !isExample(line));
      assert.deepEqual(
        wide.filter((line) => !line.startsWith('Exit codes')),
        [],
        name,
      );
    }
  }
});

test('narrow terminals get narrow help', () => {
  const typed = readArguments(['login', '--help'], commands, '1', 44);
  assert.ok(typed.kind === 'answer');
  const described = typed.text.split('\nExamples:')[0] ?? '';
  assert.deepEqual(
    described.split('\n').filter((line) => line.length > 44),
    [],
  );
});
