import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_KINDS, type PackageKind } from '../domain/updates.ts';

/** What tells packages apart. */
export interface PackageFacts {
  readonly isPackaged: boolean;
  readonly platform: NodeJS.Platform;
  /** The package's `resources` folder. */
  readonly resources: string;
  /** What an AppImage's own start leaves in `APPIMAGE`. */
  readonly appImage: string | null;
}

/** Where Homebrew notes what it has installed (Apple's processors, and Intel's). */
const CASKROOMS = ['/opt/homebrew/Caskroom/latchkey', '/usr/local/Caskroom/latchkey'];

/**
 * Which package this is: what whoever packed it (`package-type`, as electron-builder names its file) or installed it
 * (`package-owner`, assets/app/installer.nsh) has written down.
 */
export function packageKind({ isPackaged, platform, resources, appImage }: PackageFacts): PackageKind {
  if (!isPackaged) return 'checkout';
  if (platform === 'darwin') return CASKROOMS.some(existsSync) ? 'Homebrew' : 'macOS';
  if (platform === 'win32') {
    if (noted(resources, 'package-owner') === 'winget') return 'winget';
    return existsSync(join(resources, '..', 'Uninstall Latchkey.exe')) ? 'Windows' : 'folder';
  }
  const type = noted(resources, 'package-type');
  const known = PACKAGE_KINDS.find((kind) => kind === type);
  return known ?? (appImage === null ? 'folder' : 'AppImage');
}

function noted(resources: string, name: string): string | null {
  try {
    return readFileSync(join(resources, name), 'utf8').trim();
  } catch {
    return null;
  }
}
