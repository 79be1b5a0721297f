/** What a shell takes as it stands. */
const PLAIN = /^[\p{L}\p{M}\p{N}_@%+=:,./-]+$/u;
/** What a terminal does not show, or obeys. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/u;

/** An id as a person sees the whole of it and can copy it into a shell: other programs write any text there. */
export function idText(id: string): string {
  if (id === '') return '""';
  if (PLAIN.test(id)) return id;
  if (!UNSEEN.test(id)) return `'${id.replaceAll("'", String.raw`'\''`)}'`;
  return `$'${id.replace(/./gsu, escaped)}'`;
}

/** POSIX.1-2024, section 2.2.4 "Dollar-Single-Quotes"; `\u` and `\U` as bash, zsh and ksh have them. */
function escaped(character: string): string {
  if (character === '\\' || character === "'") return `\\${character}`;
  if (!UNSEEN.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = (digits: number) => code.toString(16).padStart(digits, '0');
  if (code < 0x80) return `\\x${hex(2)}`;
  return code < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`;
}
