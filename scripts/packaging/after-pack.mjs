import { rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * electron-builder's hook. Of an Electron that was unpacked before, electron-builder leaves the app that runs where
 * there is none.
 *
 * @param {{ appOutDir: string, packager: { getResourcesDir(folder: string): string } }} context
 */
export default function afterPack({ appOutDir, packager }) {
  rmSync(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
}
