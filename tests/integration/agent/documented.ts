import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const page = await readFile(fileURLToPath(new URL('../../../docs/agent.md', import.meta.url)), 'utf8');
const commands = [...page.matchAll(/(?:^ {4}.+\n)+/gm)].map(([block]) =>
  block.replace(/^ {4}/gm, '').trimEnd(),
);
/** The command of docs/agent.md, as it stands, that begins so. */
export const documented = (start: string): string =>
  commands.find((each) => each.startsWith(start)) ?? assert.fail(`docs/agent.md has no ${start}`);
