import { readFile, writeFile } from 'node:fs/promises';
import { cpus, release } from 'node:os';

const BEGIN = '<!-- npm run soak writes from here … -->';
const END = '<!-- … to here -->';

/** Puts the result of an endurance run in the place of the one before. */
export async function writeResult(
  page: string,
  { table, minutes, seed }: { readonly table: string; readonly minutes: number; readonly seed: number },
): Promise<void> {
  const text = await readFile(page, 'utf8');
  const [before, after] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (before < 0 || after < before) throw new Error(`${page} has no place for the result`);
  const where = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Linux ${release()}`;
  const told = `${minutes} minutes on ${new Date().toISOString().slice(0, 10)}, seed ${seed}, ${where}.`;
  await writeFile(page, `${text.slice(0, before)}${BEGIN}\n\n${told}\n\n${table}\n\n${text.slice(after)}`);
}
