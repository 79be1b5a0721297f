import { join } from 'node:path';
import * as v from 'valibot';
import { mountingOf, type Mount } from '../files/mount-point.ts';
import { DataFile } from './data-file.ts';

const schema = v.looseObject({
  version: v.literal(1),
  /** Oldest first. */
  mounts: v.array(v.looseObject({ mounting: v.string(), root: v.string() })),
});

/** Far above how many of our containers live at a time over one data folder. */
const MOST = 50;

/**
 * `mounts.json`: how what is mounted apart was called when it was first looked at, so that a command that starts later
 * in the same container knows as well whether it has been renamed since.
 */
export class MountsFile {
  readonly #file: DataFile<v.InferOutput<typeof schema>>;
  readonly #known = new Map<string, string>();

  constructor(dataDir: string) {
    this.#file = new DataFile(join(dataDir, 'mounts.json'), schema, { version: 1, mounts: [] });
  }

  /** The root by which this mounting was first seen: now, where it is new. Never rejects. */
  async rootAtFirst(mount: Mount): Promise<string> {
    const mounting = await mountingOf(mount);
    const known = this.#known.get(mounting);
    if (known !== undefined) return known;
    // What cannot be written down is known while this process lives.
    const root = await this.#remembered(mounting, mount.root).catch(() => mount.root);
    this.#known.set(mounting, root);
    return root;
  }

  async #remembered(mounting: string, root: string): Promise<string> {
    const isIt = (each: { readonly mounting: string }) => each.mounting === mounting;
    const find = async () => (await this.#file.read()).mounts.find(isIt)?.root;
    const found = await find();
    if (found !== undefined) return found;
    await this.#file.update((content) =>
      content.mounts.some(isIt)
        ? content
        : { ...content, mounts: [...content.mounts, { mounting, root }].slice(-MOST) },
    );
    return (await find()) ?? root;
  }
}
