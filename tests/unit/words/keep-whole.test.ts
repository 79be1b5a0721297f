import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Snapshot } from '../../../src-main/domain/snapshot.ts';
import { describeFailure } from '../../../src-main/words/failure-words.ts';
import { keepWhole } from '../../../src-main/words/ja/keep-whole.ts';
import { windowWordsOf, wordsFor, wordsOf, type FaceWords } from '../../../src-main/words/words.ts';
import { aSnapshot } from '../../support/snapshots.ts';

/** What ties is told as `_` (no-break space) and `+` (word joiner). */
const told = (text: string) => keepWhole(text).replaceAll('\u00A0', '_').replaceAll('\u2060', '+');

test('a Western word or a number stays with the Japanese after it', () => {
  assert.equal(told('ada@example.org でサインイン済み'), 'ada@example.org_でサインイン済み');
  assert.equal(told('~/a/config.yaml を使用中'), '~/a/config.yaml_を使用中');
  assert.equal(told('別の API キーを 30 分以内に'), '別の API_キーを 30_分以内に');
  assert.equal(told('約 4 週間、全 12 件'), '約_4_週間、全_12_件');
  // Between two Western words, and before one, a line may end.
  assert.equal(told('この python3 nightly.py に'), 'この python3 nightly.py_に');
});

test('a name of two words is one, and so is what stands in brackets', () => {
  assert.equal(told('Claude Code と Secret Service です'), 'Claude_Code_と Secret_Service_です');
  assert.equal(told('Ada（Difference Engines）で'), 'Ada（Difference_Engines）+で');
});

test('what would be torn, and what leans on the word before it, stays on its line', () => {
  assert.equal(
    told('もう一度、ほかを取り除きますか？引き続き使えるかどうか'),
    'もう+一度、ほかを取り+除きますか？引き+続き使えるか+どうか',
  );
  assert.equal(
    told('書き込まれたため、12月21日まで 30 分待って'),
    '書き込まれた+ため、12月+21日まで 30_分+待って',
  );
  assert.equal(told('1024〜65535 で指定'), '1024〜+65535_で指定');
  assert.equal(
    told('この問題を、この API キーで、このコンピューターから'),
    'この+問題を、この_API_キーで、このコンピューターから',
  );
  assert.equal(
    told('自分専用にする、なくなったとき、別のもの'),
    '自分専用に+する、なく+なった+とき、別の+もの',
  );
  assert.equal(told('「work」にも、プロキシ（設定）を'), '「work」+にも、プロキシ（設定）+を');
});

test('tying twice ties once, and a tied text has the same letters', () => {
  const text = 'latchkey は Z としてもう一度、「work」に 2 回目';
  assert.equal(keepWhole(keepWhole(text)), keepWhole(text));
  assert.equal(keepWhole(text).replaceAll('\u2060', '').replaceAll('\u00A0', ' '), text);
});

test('the window has its Japanese tied, whatever put it together; the tray and other languages have theirs as it is', () => {
  const japanese = speaking('ja');
  const words = windowWordsOf(japanese);
  assert.equal(words.apiKey.title, 'API\u00A0キー');
  assert.equal(words.account.signedInAs('Ada'), 'Ada\u00A0でサインイン済み');
  assert.equal(words.account.storage.ways.keychain[1].includes('\u00A0でトークン'), true);
  const { explanation } = describeFailure(words, { code: 'config-locked', path: '/a/path' });
  assert.match(explanation, /\/a\/path\u00A0を使用中の\u2060?ため/);
  assert.equal(words.format.duration(0), '1 分未満');
  assert.equal(windowWordsOf(japanese), words);

  assert.equal(wordsOf(japanese), wordsFor('ja', japanese.surroundings.home));
  assert.equal(wordsOf(japanese).apiKey.title, 'API キー');
  for (const language of ['en', 'de'] as const) {
    assert.equal<FaceWords>(windowWordsOf(speaking(language)), wordsOf(speaking(language)));
  }
});

function speaking(language: 'en' | 'de' | 'ja'): Snapshot {
  const snapshot = aSnapshot();
  return { ...snapshot, settings: { ...snapshot.settings, language } };
}
