import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** As much of fs-extra as electron-updater calls, over Node's own. */
export { copyFile, chmod, mkdir, readFile, rename, stat, unlink } from 'node:fs/promises';
export { existsSync as pathExistsSync } from 'node:fs';

export async function pathExists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** With the folders it lies in. */
export async function outputFile(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

export async function outputJson(path: string, content: unknown): Promise<void> {
  await outputFile(path, `${JSON.stringify(content)}\n`);
}

export async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}

export async function remove(path: string): Promise<void> {
  await rm(path, REMOVAL);
}

/** Makes it where it is missing. */
export async function emptyDir(path: string): Promise<void> {
  await rm(path, REMOVAL);
  await mkdir(path, { recursive: true });
}

/** On Windows a virus scanner may hold a file for a moment. */
const REMOVAL = { recursive: true, force: true, maxRetries: 5 } as const;
