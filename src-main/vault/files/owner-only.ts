/** The mode a file is made with: its owner reads and writes it, nobody else does either. */
export const OWNER_ONLY = 0o600;

/** The mode a file has once it was written: 0600, or 0400 where its owner made it read-only. Others lose their rights. */
export function ownerOnly(mode: number): number {
  return mode & OWNER_ONLY;
}
