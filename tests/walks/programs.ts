import { lstat, mkdir, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pick, type Chance, type Event, type Events } from './event.ts';
import { refresh } from './people.ts';
import { entryOf, type Entry } from './shared-file.ts';
import type { World } from './world.ts';

const SOME_IDS = ['default', 'work', 'home'];

/**
 * What other programs, and people with an editor, do to the shared file. Each is noticed before the next happens, and they
 * sign in only people who have no login so far: what else is possible is mostly a listed way.
 */
const PROGRAMS: Events = {
  renews: {
    weight: 5,
    happens: editing((entries, { service }, chance) => {
      const living = entries.filter((entry) => service.livingBy(entry.refresh_token) !== undefined);
      if (living.length === 0) return null;
      const entry = pick(living, chance);
      const family = service.livingBy(entry.refresh_token);
      if (family === undefined || entry.refresh_token === undefined) return null;
      service.renew(family);
      Object.assign(entry, entryOf(family, entry.id));
      if (chance() < 0.2) delete entry.expires_at;
      return `${entry.id} (${family.person})`;
    }),
  },
  'writes an older file': {
    weight: 5,
    happens: async (world, chance) => {
      const { file, texts } = world;
      const text = pick(texts, chance);
      await file.write(text);
      world.whole = null;
      return `(number ${texts.indexOf(text) + 1} of ${texts.length})`;
    },
  },
  'takes an entry out': {
    happens: editing((entries, _, chance) => {
      if (entries.length === 0) return null;
      const [gone] = entries.splice(Math.floor(chance() * entries.length), 1);
      return gone?.id ?? null;
    }),
  },
  'renames an entry': {
    happens: editing((entries, world, chance) => {
      const id = freeId(entries, world, chance);
      if (entries.length === 0 || id === null) return null;
      const entry = pick(entries, chance);
      const before = entry.id;
      entry.id = id;
      return `${before} to ${id}`;
    }),
  },
  'copies an entry': {
    // While none runs, and one of the two is renewed as well, it looks like a sign-in: a listed way.
    isPossible: ({ app }) => app !== null,
    happens: editing((entries, world, chance) => {
      const id = freeId(entries, world, chance);
      if (entries.length === 0 || id === null) return null;
      const entry = pick(entries, chance);
      entries.push({ ...entry, id });
      return `${entry.id} as ${id}`;
    }),
  },
  'swaps two ids': {
    happens: editing((entries) => {
      const [one, two] = entries;
      if (one === undefined || two === undefined) return null;
      [one.id, two.id] = [two.id, one.id];
      return `${one.id} and ${two.id}`;
    }),
  },
  'signs somebody in': {
    weight: 2,
    happens: editing((entries, world, chance) => {
      const id = pick(SOME_IDS, chance);
      const at = entries.findIndex((each) => each.id === id);
      if (at === -1 && isHidden(id, world)) return null;
      const family = world.service.signIn(world.newcomer());
      const entry = entryOf(family, id);
      entries.splice(at === -1 ? entries.length : at, at === -1 ? 0 : 1, entry);
      return `${family.person} as ${entry.id}${at === -1 ? '' : ', over what stood there'}`;
    }),
  },
  'leaves the refresh token out': {
    happens: editing((entries, _, chance) => {
      if (entries.length === 0) return null;
      const entry = pick(entries, chance);
      delete entry.refresh_token;
      return `of ${entry.id}`;
    }),
  },
  'drops the comments': { weight: 0.5, happens: editing(() => 'and leaves the entries') },
  'breaks the file': {
    isPossible: ({ whole }) => whole === null,
    happens: async (world, chance) => {
      const text = await world.file.text();
      if (text === null) return 'but there is none';
      world.whole = text;
      const broken = { empty: '', half: text.slice(0, text.length / 2), 'no YAML': `${text}\n\t: [` };
      const how = pick(['empty', 'half', 'no YAML', 'gone'] as const, chance);
      if (how === 'gone') await world.file.remove();
      else await world.file.write(broken[how]);
      return `(${how})`;
    },
  },
  'mends the file': {
    weight: 3,
    isPossible: ({ whole }) => whole !== null,
    happens: async (world) => {
      await world.file.write(world.whole ?? '');
      world.whole = null;
    },
  },
  'makes the file a link': {
    weight: 2,
    happens: async ({ file, dotfiles }) => {
      if ((await lstat(file.path).catch(() => null))?.isFile() !== true) return 'but there is none';
      await mkdir(dotfiles, { recursive: true });
      await rename(file.path, join(dotfiles, 'config.yaml'));
      await symlink(join(dotfiles, 'config.yaml'), file.path);
      await file.rest();
    },
  },
};

/** Of two logins under one id nobody can tell which is which, once one is renewed or gone: a listed way. */
function freeId(entries: readonly Entry[], world: World, chance: Chance): string | null {
  const free = SOME_IDS.filter((id) => entries.every((entry) => entry.id !== id) && !isHidden(id, world));
  return free.length === 0 ? null : pick(free, chance);
}

/** The keychain alone may have a login of that id. */
function isHidden(id: string, { keychains }: World): boolean {
  return keychains?.secrets.held.some(({ credential }) => credential.id === id) === true;
}

function editing(
  change: (entries: Entry[], world: World, chance: Chance) => string | null,
): Event['happens'] {
  return (world, chance) => world.file.edit((entries) => change(entries, world, chance));
}

/** Each of them by itself, and while the service thinks about a request of ours. */
export const OTHER_PROGRAMS: Events = Object.fromEntries(
  Object.entries(PROGRAMS).flatMap(([name, event]) => [
    [`another program ${name}`, { ...event, isPossible: canWrite(event) }],
    [`another program ${name} meanwhile`, meanwhile(event)],
  ]),
);

/** The disk is theirs as well. */
function canWrite({ isPossible }: Pick<Event, 'isPossible'>): (world: World) => boolean {
  return (world) => world.disk.takes(world.configFile) && isPossible?.(world) !== false;
}

function meanwhile({ happens, weight = 1, ...event }: Event): Event {
  return {
    weight: weight / 4,
    isPossible: (world) => world.app !== null && canWrite(event)(world),
    happens: async (world, chance) => {
      let answer = 'but nothing is asked';
      world.meanwhile = async () => {
        const told = await happens(world, chance);
        answer = typeof told === 'string' ? told : '';
      };
      const outcome = await world.app?.do((login) => refresh(login, world, chance));
      world.meanwhile = null;
      return `${answer}; the app refreshes ${String(outcome)}`;
    },
  };
}
