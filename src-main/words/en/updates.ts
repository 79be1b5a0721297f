import type { PackageKind, UpdateTrouble } from '../../domain/updates.ts';

/** Newer versions of the app itself. */
export const updates = {
  /** Which package this is, beside the version. */
  packages: {
    checkout: 'from a checkout',
    npm: 'npm package',
    deb: 'deb package',
    rpm: 'rpm package',
    'tar.gz': 'tar.gz archive',
    AppImage: 'AppImage',
    macOS: 'app for macOS',
    Homebrew: 'from Homebrew',
    Windows: 'installed for you',
    winget: 'from winget',
    folder: 'portable folder',
  } satisfies Record<PackageKind, string>,
  byOthers: 'Newer versions come with your other packages.',
  byNobody: 'This build does not look for newer versions.',
  idle: 'Newer versions are looked for once a day.',
  looking: 'Looking…',
  current: (when: string) => `The newest one, as of ${when}.`,
  available: (version: string) => `Version ${version} is available.`,
  availableElsewhere: (version: string) => `Version ${version} is available where you got this one.`,
  downloading: (version: string, percent: string) => `Version ${version}: ${percent} are here.`,
  ready: (version: string) => `Version ${version} is put in place when you quit Latchkey.`,
  look: 'Look now',
  download: 'Download',
  skip: 'Skip this version',
  byItself: 'Get newer versions by itself',
  trayAvailable: (version: string) => `Latchkey ${version} is available…`,
  trayReady: (version: string) => `Latchkey ${version} comes when you quit`,
  troubles: {
    'feed-unreachable':
      'Newer versions could not be looked for: there is no connection. It is tried again tomorrow.',
    'feed-broken': 'What announces newer versions makes no sense. Nothing was changed.',
    'feed-redirected':
      'What announces newer versions led to a host that is not its own. Nothing was changed.',
    'feed-unsigned': 'What announces newer versions was not signed by Latchkey’s key. Nothing was changed.',
    'feed-older': 'What is announced is older than this version. Nothing was changed.',
    'feed-other-product': 'What is announced is another program. Nothing was changed.',
    'file-wrong': 'The newer version was not the file that was announced, and is thrown away.',
    'file-cut-short': 'The newer version did not arrive whole. Look again to fetch it once more.',
    'no-room': 'There is no room on the disk for the newer version. Make some, then look again.',
    'not-put-in-place':
      'The newer version could not be put in place. You go on with this one; look again to retry.',
  } satisfies Record<UpdateTrouble, string>,
};
