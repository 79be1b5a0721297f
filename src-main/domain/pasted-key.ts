/** What is wrong with a text that should be an API key. */
export const KEY_FLAWS = [
  'empty',
  'access-token',
  'refresh-token',
  'admin-key',
  'cut-short',
  'not-a-key',
] as const;
export type KeyFlaw = (typeof KEY_FLAWS)[number];

/** No key is shorter; today's are 108 characters long. */
export const SHORTEST_KEY = 40;

/** A key as a person pastes it, what stands around it trimmed; or why it is none. */
export function readPastedKey(
  text: string,
): { readonly key: string; readonly flaw: null } | { readonly key: null; readonly flaw: KeyFlaw } {
  const key = text.trim().replace(/^(["'])(.*)\1$/s, '$2');
  const flaw = flawOf(key);
  return flaw === null ? { key, flaw } : { key: null, flaw };
}

function flawOf(key: string): KeyFlaw | null {
  if (key === '') return 'empty';
  if (key.startsWith('sk-ant-oat')) return 'access-token';
  if (key.startsWith('sk-ant-ort')) return 'refresh-token';
  if (key.startsWith('sk-ant-admin')) return 'admin-key';
  if (!/^sk-ant-[\w-]*$/.test(key)) return 'sk-ant-'.startsWith(key) ? 'cut-short' : 'not-a-key';
  return key.length < SHORTEST_KEY ? 'cut-short' : null;
}
