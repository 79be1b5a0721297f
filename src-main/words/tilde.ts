/** A path as a person writes it, where home is `~`. Not on Windows, where nobody writes it so. */
export function tilde(path: string, home: string): string {
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}
