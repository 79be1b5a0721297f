import { failureOf, FailureError } from '../domain/failure.ts';
import type { UpdateTrouble } from '../domain/updates.ts';

/** Why an update did not come about, by its stable name. */
export class UpdateError extends Error {
  override readonly name = 'UpdateError';
  readonly trouble: UpdateTrouble;

  constructor(trouble: UpdateTrouble, options?: ErrorOptions) {
    super(trouble, options);
    this.trouble = trouble;
  }
}

/**
 * What an error of electron-updater, of the network or of the disk means here.
 *
 * @param otherwise what it means where nothing more is known
 */
export function troubleOf(error: unknown, otherwise: UpdateTrouble): UpdateTrouble {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof UpdateError) return each.trouble;
    if (each instanceof FailureError) {
      return failureOf(each).code === 'answer-lost' ? 'file-cut-short' : 'feed-unreachable';
    }
    const { code = '' } = each as NodeJS.ErrnoException;
    const known = KNOWN[code];
    if (known !== undefined) return known;
  }
  return otherwise;
}

/** electron-updater's codes, and the system's. */
const KNOWN: Readonly<Record<string, UpdateTrouble>> = {
  ERR_CHECKSUM_MISMATCH: 'file-wrong',
  ERR_UPDATER_INVALID_UPDATE_INFO: 'feed-broken',
  ERR_UPDATER_INVALID_VERSION: 'feed-broken',
  ERR_UPDATER_NO_FILES_PROVIDED: 'feed-broken',
  ERR_UPDATER_NO_CHECKSUM: 'feed-broken',
  ENOSPC: 'no-room',
  EDQUOT: 'no-room',
  EROFS: 'no-room',
  ECONNRESET: 'file-cut-short',
  ERR_STREAM_PREMATURE_CLOSE: 'file-cut-short',
};
