const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'the system does not permit it',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  EEXIST: 'a part of its path is not a folder',
  ELOOP: 'its links lead in a circle',
  ERR_SQLITE_ERROR: 'its lock file is damaged: delete the hidden file that ends in .lock',
  ENOENT: 'its folder does not exist',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  EBUSY: 'another program holds it',
  EIO: 'the disk reports an error',
};

/** The code of a system error, `null` for any other error. */
export function errnoOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** Why a file operation failed, in plain words that fit after "path: ". */
export function reasonOf(error: unknown): string {
  const code = errnoOf(error);
  return (code === null ? null : REASONS[code]) ?? code ?? 'an unforeseen error';
}
