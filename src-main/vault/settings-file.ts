import { join } from 'node:path';
import * as v from 'valibot';
import type { Failure } from '../domain/failure.ts';
import type { Instant } from '../domain/instant.ts';
import { DataFile } from './data-file.ts';
import { fromText, instantText, toText } from './instant-text.ts';

export interface Settings {
  /** When the person said "I understand" (`facts.md` section 2); `null` before. */
  readonly termsAcknowledgedAt: Instant | null;
}

const schema = v.looseObject({ version: v.literal(1), termsAcknowledgedAt: instantText });

/** `settings.json`. Every method throws FailureError `data-not-writable`. */
export class SettingsFile {
  readonly #file: DataFile<v.InferOutput<typeof schema>>;

  constructor(dataDir: string) {
    this.#file = new DataFile(join(dataDir, 'settings.json'), schema, {
      version: 1,
      termsAcknowledgedAt: null,
    });
  }

  get setAside(): Failure | null {
    return this.#file.setAside;
  }

  async read(): Promise<Settings> {
    return { termsAcknowledgedAt: fromText((await this.#file.read()).termsAcknowledgedAt) };
  }

  async save(settings: Settings): Promise<void> {
    const termsAcknowledgedAt = toText(settings.termsAcknowledgedAt);
    await this.#file.update((content) => ({ ...content, termsAcknowledgedAt }));
  }
}
