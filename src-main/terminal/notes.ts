/** What holds for all commands. */
export const NOTES: readonly string[] = [
  'Without --account: the account “default”, else the only one there is.',
  'Exit codes: 0 fine, 1 failed (why is on standard error), 2 wrong use, 3 needs a sign-in.',
];

export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
