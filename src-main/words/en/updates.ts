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
  idle: 'Latchkey looks for newer versions once a day.',
  looking: 'Looking…',
  current: (when: string) => `The newest one, as of ${when}.`,
  available: (version: string) => `Version ${version} is available.`,
  availableElsewhere: (version: string) => `Version ${version} is available where you got this one.`,
  downloading: (version: string, percent: string) => `Version ${version}: ${percent} downloaded.`,
  ready: (version: string) => `Version ${version} is installed when you quit Latchkey.`,
  look: 'Look now',
  download: 'Download',
  skip: 'Skip this version',
  byItself: 'Download newer versions auto\u00ADmat\u00ADically',
  trayAvailable: (version: string) => `Latchkey ${version} is available…`,
  trayReady: (version: string) => `Latchkey ${version} comes when you quit`,
  troubles: {
    'feed-unreachable':
      'No connection, so Latchkey could not look for newer versions. It tries again tomorrow.',
    'feed-broken': 'The announcement of newer versions makes no sense. Nothing was changed.',
    'feed-redirected': 'The announcement of newer versions led to another host. Nothing was changed.',
    'feed-unsigned':
      'The announcement of newer versions was not signed by Latchkey’s key. Nothing was changed.',
    'feed-older': 'The announced version is older than this one. Nothing was changed.',
    'feed-other-product': 'What is announced is another program. Nothing was changed.',
    'file-wrong': 'The newer version was not the file that was announced, and was thrown away.',
    'file-cut-short': 'The newer version did not arrive whole. Look again to download it once more.',
    'no-room': 'There is no room on the disk for the newer version. Make some, then look again.',
    'not-put-in-place':
      'The newer version could not be installed. You go on with this one; look again to retry.',
  } satisfies Record<UpdateTrouble, string>,
};
