import { join } from 'node:path';
import * as v from 'valibot';
import type { Credential } from '../domain/credential.ts';
import type { Failure } from '../domain/failure.ts';
import { DataFile } from './data-file.ts';
import { fromText, instantText, toText } from './instant-text.ts';

const schema = v.looseObject({
  version: v.literal(1),
  credentials: v.array(
    v.looseObject({
      id: v.string(),
      clientId: v.string(),
      accessToken: v.string(),
      refreshToken: v.nullable(v.string()),
      accessExpiresAt: instantText,
      scopes: v.array(v.string()),
    }),
  ),
});

/**
 * `rescue.json`, secret: credentials that could not be written to `config.yaml`, until they are there. Every method
 * throws FailureError `data-not-writable`.
 */
export class RescueFile {
  readonly #file: DataFile<v.InferOutput<typeof schema>>;

  constructor(dataDir: string) {
    this.#file = new DataFile(join(dataDir, 'rescue.json'), schema, { version: 1, credentials: [] });
  }

  get setAside(): Failure | null {
    return this.#file.setAside;
  }

  async read(): Promise<Credential[]> {
    const { credentials } = await this.#file.read();
    return credentials.map(({ id, clientId, accessToken, refreshToken, accessExpiresAt, scopes }) => ({
      id,
      clientId,
      accessToken,
      refreshToken,
      accessExpiresAt: fromText(accessExpiresAt),
      scopes,
    }));
  }

  /** On disk when this returns, in the place of an older one with the same id. */
  async keep(credential: Credential): Promise<void> {
    const stored = {
      ...credential,
      scopes: [...credential.scopes],
      accessExpiresAt: toText(credential.accessExpiresAt),
    };
    await this.#file.update((content) => ({
      ...content,
      credentials: [...content.credentials.filter(({ id }) => id !== credential.id), stored],
    }));
  }

  async forget(id: string): Promise<void> {
    await this.#file.update((content) => {
      const credentials = content.credentials.filter((each) => each.id !== id);
      return credentials.length === content.credentials.length ? content : { ...content, credentials };
    });
  }
}
