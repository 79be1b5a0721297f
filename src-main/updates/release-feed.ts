import { isLoopback } from '../domain/loopback.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

/** Where releases are announced, and who has to have signed that. */
export interface ReleaseFeed {
  /** A folder, so with a slash at its end. */
  readonly url: URL;
  /** Ed25519, as SPKI in base64. */
  readonly publicKey: string;
  /** Whose certificate Windows is to find on an installer; `null` where releases have none. */
  readonly publisher: string | null;
}

const schema = v.object({
  releaseFeed: v.object({
    url: v.pipe(v.string(), v.url()),
    publicKey: v.string(),
    publisher: v.optional(v.nullable(v.string()), null),
  }),
});

/**
 * What a release has in its package.json (docs/release.md), inside the archive and not beside it; `null` in every other
 * build.
 *
 * @param appPath the archive
 * @param isOnlyLoopback whether nothing else may be asked (docs/decisions/stand-in-runtime.md)
 */
export function readReleaseFeed(appPath: string, isOnlyLoopback: boolean): ReleaseFeed | null {
  const { success, output } = v.safeParse(schema, readDescription(appPath));
  if (!success) return null;
  const { url: address, publicKey, publisher } = output.releaseFeed;
  const url = new URL(address.endsWith('/') ? address : `${address}/`);
  if (!isLoopback(url) && (isOnlyLoopback || url.protocol !== 'https:')) return null;
  return { url, publicKey, publisher };
}

function readDescription(appPath: string): unknown {
  try {
    return JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8'));
  } catch {
    return null;
  }
}
