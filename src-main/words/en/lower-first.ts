/** A title in the middle of a sentence; a name keeps its capital. */
export function lowerFirst(title: string): string {
  return /^(?:Claude|Latchkey)\b/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}
