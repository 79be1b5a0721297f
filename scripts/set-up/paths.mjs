import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's top folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** What set-up fetches and remembers. Inside the checkout and ignored by git, so it serves whatever `HOME` is. */
export const runtimeFolder = join(root, '.runtime');

/** The output of the programs set-up runs, one file each, for when one fails. */
export const logFolder = join(runtimeFolder, 'logs');

export const nodeModules = join(root, 'node_modules');

/** The programs of the installed packages, as npm puts them on the path of its scripts. */
export const binFolder = join(nodeModules, '.bin');
