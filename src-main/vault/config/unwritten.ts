import type { Credential } from '../../domain/credential.ts';
import { loadConfigDocument } from './config-reader.ts';

/** A credential that was about to be written, and what its entry held before; `null` for a new entry. */
export interface Unwritten {
  readonly credential: Credential;
  readonly before: Credential | null;
}

/**
 * The credentials that a write of ours was to bring, by the file's texts before and after it.
 *
 * @throws FailureError `config-not-yaml`, `config-shape`
 */
export async function unwrittenOf(
  { before, after }: { readonly before: string; readonly after: string },
  path: string,
): Promise<readonly Unwritten[]> {
  const { ConfigDocument } = await loadConfigDocument();
  const { isDeepStrictEqual } = await import('node:util');
  const [old, next] = [before, after].map((text) => new ConfigDocument(text, path).entries);
  return (next ?? []).flatMap(({ credential }) => {
    if (old?.some((each) => isDeepStrictEqual(each.credential, credential))) return [];
    return {
      credential,
      before: old?.find((each) => each.credential.id === credential.id)?.credential ?? null,
    };
  });
}
