import { setImmediate as nextTick, setTimeout as delay } from 'node:timers/promises';
import { SECOND } from '../../src-main/domain/instant.ts';
import { STORAGES } from '../../src-main/domain/storage.ts';
import type { Login } from '../../src-main/login/login.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { lostIds, pick, type Chance, type Events } from './event.ts';
import type { World } from './world.ts';

const isRunning = ({ app }: World) => app !== null;
/** On a disk that was full nobody could write beside the file what is spent, so that a container may not know: a listed way. */
const isTold = ({ disk }: World) => !disk.wasEverFull;

/** What the person who has Latchkey does. */
export const PEOPLE: Events = {
  'the app refreshes': { weight: 6, isPossible: isRunning, happens: inApp(refresh) },
  'a command refreshes': { weight: 4, happens: inCommand('terminal', refresh) },
  'a container refreshes': {
    weight: 2,
    isPossible: isTold,
    happens: inCommand('container', refresh),
  },
  'two refresh at once': {
    isPossible: isRunning,
    happens: async (world, chance) => {
      const other = isTold(world) ? pick(['terminal', 'container'] as const, chance) : 'terminal';
      const chances = seededRandom(chance() * 2 ** 32);
      const both = [inApp(refresh)(world, chance), inCommand(other, refresh)(world, chances)];
      return (await Promise.all(both)).join(`; in a ${other} `);
    },
  },
  'somebody signs in': { weight: 3, isPossible: isRunning, happens: inApp(signIn) },
  'somebody signs in by a command': { happens: inCommand('terminal', signIn) },
  'the person signs out': { isPossible: isRunning, happens: inApp(signOut) },
  'the person puts back what is lost': {
    weight: 4,
    isPossible: ({ app }) => app !== null && lostIds(app.login).length > 0,
    happens: inApp(async (login, _, chance) => {
      const id = pick(lostIds(login), chance);
      await login.putBack(id);
      return id;
    }),
  },
  'secrets move': {
    isPossible: ({ app, keychains }) => app !== null && keychains !== null,
    happens: inApp(async (login, _, chance) => {
      const [id, storage] = [accountOf(login, chance), pick(STORAGES, chance)];
      if (id === null) return 'nobody’s';
      await login.storage.move(id, storage);
      return `${id} to ${storage}`;
    }),
  },
  'the app is quit': {
    weight: 0.7,
    isPossible: isRunning,
    happens: (world) => world.quitApp(),
  },
  'the app is started': {
    weight: 2,
    isPossible: ({ app }) => app === null,
    happens: (world) => world.startApp(),
  },
  'the app is started anew': {
    weight: 3,
    isPossible: isRunning,
    happens: async (world) => {
      await world.quitApp();
      await world.startApp();
    },
  },
};

/** Turns of the event loop that a sign-in may take. */
const PATIENCE = 5_000;

type Work = (login: Login, world: World, chance: Chance) => Promise<string>;

function inApp(work: Work): (world: World, chance: Chance) => Promise<unknown> {
  return (world, chance) => world.app?.do((login) => work(login, world, chance)) ?? Promise.resolve();
}

function inCommand(
  place: 'terminal' | 'container',
  work: Work,
): (world: World, chance: Chance) => Promise<unknown> {
  return (world, chance) => world.command(place, (login) => work(login, world, chance));
}

function accountOf({ snapshot: { accounts } }: Login, chance: Chance): string | null {
  return accounts.length === 0 ? null : pick(accounts, chance).id;
}

export async function refresh(login: Login, { clock }: World, chance: Chance): Promise<string> {
  // Else it would be a second click.
  clock.advance(3 * SECOND);
  const id = accountOf(login, chance);
  if (id === null) return 'nobody’s';
  const outcome = await login.refresh(id);
  return `${id}: ${outcome.kind}${'failure' in outcome && outcome.failure !== null ? ` (${outcome.failure.code})` : ''}`;
}

/** The owner of an account signs in anew, or a newcomer does, over somebody's account or beside all. */
export async function signIn(login: Login, world: World, chance: Chance): Promise<string> {
  const { service, clock } = world;
  const asked = chance() < 0.3 ? null : (login.snapshot.accounts.find(() => chance() < 0.5) ?? null);
  const isAnew = chance() < 0.5;
  const person = (isAnew ? asked?.owner?.accountUuid : null) ?? world.newcomer();
  const ending = login.signIn(asked?.id ?? null, { pasting: true });
  const isRunning = () => login.snapshot.signIn?.phase === 'running';
  while (login.authorizationUrl === null && isRunning()) await delay(1);
  const state = new URL(login.authorizationUrl ?? 'none:').searchParams.get('state') ?? '';
  const before = service.families.length;
  login.submitCode(`${service.approve(person)}#${state}`);
  for (let turn = 1; isRunning() && turn < PATIENCE; turn++) {
    await (turn % 5 === 0 ? delay(1) : nextTick());
    // It may have been asked for patience.
    if (turn % 300 === 0) clock.advance(15 * SECOND);
  }
  // Of one that was killed nothing comes.
  if (isRunning()) login.cancelSignIn();
  await ending;
  // Whoever signs in anew wants the new login: nobody has to keep the old one.
  if (service.families[before]?.isKnown === true)
    for (const family of service.families.slice(0, before))
      if (family.person === person) family.givenUp = 'signed in anew';
  clock.advance(3 * SECOND);
  return `${person} as ${asked?.id ?? 'one more'}: ${login.snapshot.signIn?.phase ?? 'nothing'}`;
}

/** Only of what stands in the file: what is to be put back, or whose place somebody has taken, is a listed way. */
async function signOut(login: Login, { file, service }: World, chance: Chance): Promise<string> {
  const entries = (await file.entries()) ?? [];
  const held = login.snapshot.accounts.flatMap(({ id }) => {
    const mine = entries.filter((entry) => entry.id === id);
    const family = service.livingBy(mine[0]?.refresh_token, mine[0]?.access_token);
    return mine.length === 1 && family !== undefined && !lostIds(login).includes(id) ? [{ id, family }] : [];
  });
  if (held.length === 0) return 'of nothing';
  const { id, family } = pick(held, chance);
  family.givenUp = 'signed out';
  await login.signOut(id);
  return `of ${id} (${family.person})`;
}
