import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventTone } from '../../../src-main/domain/event-runs.ts';
import { helpFor } from '../../../src-main/domain/help.ts';
import { hasLostAnswer, loginEnd } from '../../../src-main/domain/history.ts';
import { LANGUAGES } from '../../../src-main/domain/language.ts';
import type { Account, Snapshot } from '../../../src-main/domain/snapshot.ts';
import { concernOf, isLoginOver, isOutOfReach } from '../../../src-main/domain/standing.ts';
import { describeAccessClock, describeLoginClock } from '../../../src-main/words/clock-words.ts';
import { describeRow } from '../../../src-main/words/row-words.ts';
import { describeAccount } from '../../../src-main/words/account-words.ts';
import { untilLine } from '../../../src-main/words/tray-tooltip-words.ts';
import { describeStanding } from '../../../src-main/words/standing-words.ts';
import { wordsFor, type Words } from '../../../src-main/words/words.ts';
import { timelineOf } from '../../../src-renderer/account/history/timeline.ts';
import { secretOf } from '../../../src-main/domain/storage.ts';
import { accountActions, footerActions, taken } from '../../../src-renderer/account/account-actions.ts';
import { accessTone, isWell, leadingClock, loginTone } from '../../../src-renderer/account/stage.ts';
import { keyStageIcon } from '../../../src-renderer/key/key-stage.ts';
import { viewOf } from '../../../src-renderer/shell/view.ts';
import { isRescued } from '../../../src-main/domain/whereabouts.ts';
import { NOW, STATES } from '../../../src-renderer/gallery/snapshots.ts';
import { accountToneOf, toneOf } from '../../../src-renderer/trouble/tone.ts';

// What the page says of an account in one place, and shows in another, in every state of the gallery.

type Look = (words: Words, account: Account, snapshot: Snapshot, where: string) => void;

function everywhere(look: Look): void {
  for (const [name, snapshot] of STATES) {
    for (const language of LANGUAGES) {
      const words = wordsFor(language, '/home/ada');
      for (const account of snapshot.accounts) look(words, account, snapshot, `${name} (${language})`);
    }
  }
}

test('a login that is gone, over or uncertain promises no day anywhere', () => {
  let looked = 0;
  everywhere((words, account, snapshot, where) => {
    const { loginExpiresAt, history, whereabouts } = account;
    const isUncertain = loginEnd(history) !== null || hasLostAnswer(history);
    const isPromised = whereabouts !== 'nowhere' && !isUncertain && !isLoginOver(account, NOW);
    if (isPromised || loginExpiresAt === null) return;
    looked++;
    const clock = describeLoginClock(words, account, NOW, isWell(account, snapshot, NOW));
    const { login } = describeAccount(words, account, NOW);
    const line = untilLine(words, account, NOW);
    const told = [clock.left, clock.sentence, clock.hint, clock.detail, login, line].join('\n');
    const row = describeRow(words, account, snapshot.accounts, NOW).standing;
    const { until, untilShort, endedEarly, endedOn } = words.account.login;
    const [day, short] = [words.format.day(loginExpiresAt, NOW), words.format.shortDay(loginExpiresAt)];
    // That it ended on that day, or not on it, is no promise.
    const rest = told.replaceAll(endedEarly(day), '').replaceAll(endedOn(day), '');
    for (const promise of [until(day), untilShort(day), words.format.left(loginExpiresAt, NOW)]) {
      assert.ok(!rest.includes(promise), `${where}: ${promise}`);
    }
    assert.ok(!row.includes(untilShort(short)), `${where}: ${row}`);
    assert.equal(timelineOf(words, account, NOW).end, null, where);
  });
  assert.ok(looked > 10);
});

test('where the answer to a refresh got lost nobody is said to be signed in', () => {
  let looked = 0;
  everywhere((words, account, _snapshot, where) => {
    if (!hasLostAnswer(account.history)) return;
    looked++;
    const { standing } = words.account;
    const { words: told } = describeStanding(words, account, NOW);
    assert.ok([standing.uncertain, standing.uncertainTokenWorks].includes(told), `${where}: ${told}`);
    const { hint } = describeAccessClock(words, account, NOW);
    assert.ok(!hint.includes(words.account.access.hints.stillSignedIn), `${where}: ${hint}`);
  });
  assert.ok(looked > 2);
});

test('where the token has ended the band is not green until now', () => {
  let looked = 0;
  everywhere((words, account, _snapshot, where) => {
    if (account.accessExpiresAt === null || account.accessExpiresAt >= NOW) return;
    looked++;
    const { stretches, now } = timelineOf(words, account, NOW);
    const last = stretches.at(-1);
    assert.ok(last?.tone !== 'good' || last.to < now, where);
  });
  assert.ok(looked > 10);
});

test('a token that is gone is not said to last', () => {
  everywhere((words, account, _snapshot, where) => {
    if (account.whereabouts !== 'nowhere' || account.accessExpiresAt === null) return;
    const { access } = describeAccount(words, account, NOW);
    const clock = describeAccessClock(words, account, NOW);
    const told = [access, clock.left, clock.sentence, clock.hint, clock.detail].join('\n');
    assert.ok(!told.includes(words.format.time(account.accessExpiresAt)), `${where}: ${told}`);
    assert.ok(!told.includes(words.format.duration(account.accessExpiresAt - NOW)), `${where}: ${told}`);
  });
});

test('there is nothing to do only where nothing asks for anyone', () => {
  everywhere((words, account, snapshot, where) => {
    const { hint } = describeLoginClock(words, account, NOW, isWell(account, snapshot, NOW));
    if (hint !== words.account.login.then.nothing) return;
    assert.equal(concernOf(account, NOW), 'none', where);
    const cards = [...snapshot.troubles, ...account.troubles];
    assert.ok(
      cards.every((failure) => toneOf(failure) === 'calm'),
      where,
    );
  });
});

test('where what renews it is out of reach, what is left leads: the token', () => {
  let looked = 0;
  everywhere((_words, account, _snapshot, where) => {
    if (!['locked', 'away'].includes(secretOf(account))) return;
    looked++;
    assert.equal(leadingClock(account, NOW), 'access', where);
  });
  assert.ok(looked > 2);
});

test('where the file that would renew it cannot be read, the token leads, in amber', () => {
  let looked = 0;
  everywhere((_words, account, _snapshot, where) => {
    if (account.whereabouts !== 'unknown') return;
    looked++;
    assert.equal(leadingClock(account, NOW), account.refreshable ? 'login' : 'access', where);
    assert.equal(accessTone(account, NOW), account.refreshable ? 'accent' : 'warning', where);
  });
  assert.ok(looked > 6);
});

test('the pictures of an account are amber where it asks for a look, and the leading clock with them', () => {
  everywhere((words, account, _snapshot, where) => {
    const concern = concernOf(account, NOW);
    const { icon } = describeStanding(words, account, NOW);
    assert.equal(icon === 'valid', concern === 'none', where);
    const leads = leadingClock(account, NOW);
    const [tone, other] = [accessTone(account, NOW), loginTone(account, NOW)];
    assert.equal((leads === 'access' ? tone : other) === 'accent', concern === 'none', where);
    assert.equal(leads === 'access' ? other : tone, 'accent', where);
  });
});

test('the key’s page looks healthy only where there is a key, and nothing is the matter', () => {
  let [healthy, others] = [0, 0];
  for (const [name, snapshot] of STATES) {
    if (viewOf(snapshot, false).name !== 'api-key') continue;
    const { apiKey, troubles } = snapshot;
    const hasFailed = apiKey.test?.failure != null;
    const isWell = apiKey.own?.kind === 'key' && !hasFailed && troubles.length === 0;
    const icon = keyStageIcon(snapshot);
    assert.equal(icon === 'valid', isWell, `${name}: ${icon}`);
    if (isWell) healthy++;
    else others++;
  }
  assert.ok(healthy > 3 && others > 5);
});

test('nothing is offered to be saved again where nothing waits for that', () => {
  for (const [name, { accounts, troubles }] of STATES) {
    for (const failure of troubles) {
      const help = helpFor(failure, 'other', accounts.some(isRescued));
      if (failure.code === 'config-locked' || help?.kind !== 'save-again') continue;
      assert.ok(accounts.some(isRescued), name);
    }
  }
});

test('no button at the foot of a page repeats what its menu or a card has', () => {
  let inCards = 0;
  everywhere((_words, account, _snapshot, where) => {
    const actions = accountActions(account, NOW);
    const own = taken(account, actions);
    const footer = footerActions(actions, own);
    if (own !== null) inCards++;
    for (const { kind, look } of footer) {
      assert.equal(look, 'primary', where);
      assert.ok(!own?.actions.some((each) => each.kind === kind), where);
    }
    // One primary, and nothing beside it that rivals it in another place.
    const primaries = [...footer, ...(own?.actions ?? [])].filter(({ look }) => look === 'primary');
    assert.ok(primaries.length <= 1, where);
  });
  assert.ok(inCards > 10);
});

test('what cannot be renewed now has no button that would try', () => {
  let looked = 0;
  everywhere((_words, account, _snapshot, where) => {
    if (!isOutOfReach(account) && !isLoginOver(account, NOW)) return;
    looked++;
    assert.ok(!accountActions(account, NOW).some(({ kind }) => kind === 'refresh'), where);
  });
  assert.ok(looked > 2);
});

test('no card of an account is graver than the picture at its name', () => {
  let grave = 0;
  everywhere((words, account, _snapshot, where) => {
    const { icon } = describeStanding(words, account, NOW);
    const isRed = account.troubles.some((each) => accountToneOf(each, account, NOW) === 'trouble');
    if (isRed) grave++;
    assert.equal(icon === 'trouble', isRed, where);
  });
  assert.ok(grave > 2);
});

test('what the last refresh was refused with has one colour, in its card and in the history', () => {
  let looked = 0;
  everywhere((_words, account, _snapshot, where) => {
    const refused = account.history.findLast(({ kind }) => kind === 'refused');
    if (refused?.kind !== 'refused') return;
    const card = account.troubles.find(({ code }) => code === refused.failure.code);
    if (card === undefined) return;
    looked++;
    assert.equal(eventTone(refused), accountToneOf(card, account, NOW), `${where}: ${card.code}`);
  });
  assert.ok(looked > 20);
});
