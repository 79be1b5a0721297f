import type { Instant } from './instant.ts';

/** What a person has installed, and so who brings a newer one. */
export const PACKAGE_KINDS = [
  'checkout',
  'npm',
  'deb',
  'rpm',
  'tar.gz',
  'AppImage',
  'macOS',
  'Homebrew',
  'Windows',
  'winget',
  'folder',
] as const;
export type PackageKind = (typeof PACKAGE_KINDS)[number];

/** Who puts a newer version in place: we, whoever installed this one, or the person: told of it, or with git. */
export type Bringer = 'latchkey' | 'package-manager' | 'person' | 'git';

export const BRINGERS: Readonly<Record<PackageKind, Bringer>> = {
  checkout: 'git',
  npm: 'package-manager',
  deb: 'package-manager',
  rpm: 'package-manager',
  Homebrew: 'package-manager',
  winget: 'package-manager',
  AppImage: 'latchkey',
  macOS: 'latchkey',
  Windows: 'latchkey',
  'tar.gz': 'person',
  folder: 'person',
};

/** What can be wrong with a feed, or with what it leads to. Nothing was changed then. */
export const UPDATE_TROUBLES = [
  'feed-unreachable',
  'feed-broken',
  'feed-redirected',
  'feed-unsigned',
  'feed-older',
  'feed-other-product',
  'file-wrong',
  'file-cut-short',
  'no-room',
  'not-put-in-place',
] as const;
export type UpdateTrouble = (typeof UPDATE_TROUBLES)[number];

export type UpdateState =
  | { readonly is: 'idle' | 'looking' | 'current' }
  /** `skipped`: the person does not want this one. */
  | { readonly is: 'available'; readonly version: string; readonly skipped: boolean }
  /** `share`: how much of it is here, 0 to 1. */
  | { readonly is: 'downloading'; readonly version: string; readonly share: number }
  /** Put in place when the app quits. */
  | { readonly is: 'ready'; readonly version: string }
  | { readonly is: 'failed'; readonly trouble: UpdateTrouble };

export interface Updates {
  /** When the feed was asked last, successfully or not; `null` before. */
  readonly lookedAt: Instant | null;
  readonly state: UpdateState;
}

/** Whether the tray says something of it: quietly, and nothing of one that the person does not want. */
export function isWorthTelling({ state }: Updates): boolean {
  return (state.is === 'available' && !state.skipped) || state.is === 'ready';
}
