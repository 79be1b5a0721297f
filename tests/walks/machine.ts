import { dirname } from 'node:path';
import { HOUR } from '../../src-main/domain/instant.ts';
import { pick, type Events } from './event.ts';
import { MOODS, type Mood } from './token-service.ts';

const isRunning = ({ app }: { readonly app: object | null }) => app !== null;

/**
 * What the machine, its disk and its keychain do, and the token service. That tells whose a login is, one way or the other:
 * where it does not, what is a successor and what is somebody's sign-in cannot be told, and several listed ways hang on it.
 */
export const MACHINE: Events = {
  'time passes': {
    weight: 6,
    happens: async (world, chance) => {
      const hours = pick([1, 9, 9, 30, 120], chance);
      await world.pass(hours * HOUR);
      return `${hours} h`;
    },
  },
  'the machine sleeps': {
    happens: async (world, chance) => {
      const hours = pick([9, 60], chance);
      world.clock.advance(hours * HOUR);
      await world.app?.do((login) => login.resume());
      return `${hours} h`;
    },
  },
  'the app is killed': {
    isPossible: isRunning,
    happens: ({ app }) => {
      if (app !== null) app.process.isDead = true;
    },
  },
  'the disk fills up': {
    weight: 2,
    isPossible: ({ disk }) => disk.full.length === 0,
    happens: ({ disk, folder, configFile, dataDir }, chance) => {
      const full = pick([folder, folder, dirname(configFile), dataDir], chance);
      disk.full = [full];
      return full === folder ? 'all of it' : full.slice(folder.length + 1);
    },
  },
  'the disk has room again': {
    weight: 2,
    isPossible: ({ disk }) => disk.full.length > 0,
    happens: ({ disk }) => {
      disk.full = [];
    },
  },
  'the keychain is locked': {
    isPossible: ({ keychains, isKeychainLocked }) => keychains !== null && !isKeychainLocked,
    happens: (world) => {
      world.isKeychainLocked = true;
    },
  },
  'the keychain is opened': {
    weight: 3,
    isPossible: ({ isKeychainLocked }) => isKeychainLocked,
    happens: (world) => {
      world.isKeychainLocked = false;
    },
  },
  'the data folder is backed up': { happens: (world) => world.backUpData() },
  'the data folder is set back': {
    isPossible: ({ backup }) => backup !== null,
    happens: (world) => world.restoreData(world.backup ?? ''),
  },
  'the service has moods': {
    weight: 4,
    happens: ({ service }, chance) => {
      const count = pick([1, 1, 1, 2, 3], chance);
      const moods = Array.from({ length: count }, () => pick(Object.keys(MOODS) as Mood[], chance));
      service.moods.push(...moods);
      return `(it ${moods.map((mood) => MOODS[mood]).join('; then ')})`;
    },
  },
  'the service tells owners elsewhere': {
    happens: ({ service }) => {
      service.tellsOwner = !service.tellsOwner;
      return service.tellsOwner ? 'in its answers again' : 'by profiles alone';
    },
  },
};
