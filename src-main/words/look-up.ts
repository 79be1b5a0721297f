/** The words for a code; where a newer version or the system names one that has none, the code itself. */
export function lookUp(texts: Readonly<Record<string, string>>, code: string): string {
  return texts[code] ?? code;
}

/** Whether a file cannot be reached for want of permission, which its owner can mend. */
export function isForbidden(obstacle: string): boolean {
  return obstacle === 'EACCES' || obstacle === 'EPERM';
}

/** Whether a file finds no room, which its owner can make. */
export function isFull(obstacle: string): boolean {
  return obstacle === 'ENOSPC' || obstacle === 'EDQUOT';
}
