/** What an endurance run counts, in the order it is told. */
export const COUNTED = {
  refreshed: 'refreshes that the server carried out',
  signIns: 'sign-ins',
  kills: 'kills (SIGKILL) of a keeper',
  killsInWindow: 'of these while a token request was under way or just answered',
  moods: 'moods of the server (503, 429, slow, answer lost, reset)',
  rivalWrites: 'rewrites of the file by the rival, our entry kept',
  inPlace: 'rewrites in place, the file empty and then half for a while',
  twins: 'times the block was copied under a second id, or the copy taken out',
  removed: 'entries removed by the rival, put back by one click',
  replaced: 'entries set back to an older one, put back by one click',
  broken: 'times the file was no YAML for a while',
  unavoidable: 'logins lost in the window between the server’s commit and our write',
  uncertain: 'times a person had to say “Refresh now” after two lost answers',
  lost: 'logins lost otherwise',
} as const;

export type Counts = Record<keyof typeof COUNTED, number>;

export function noCounts(): Counts {
  return Object.fromEntries(Object.keys(COUNTED).map((name) => [name, 0])) as Counts;
}

export function countsTable(counts: Counts): string {
  const rows = Object.entries(COUNTED).map(
    ([name, words]) => `| ${counts[name as keyof Counts]} | ${words} |`,
  );
  return ['| | |', '|---:|---|', ...rows].join('\n');
}
