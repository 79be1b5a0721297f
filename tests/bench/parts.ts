/** What can be measured by itself, in the order it is. */
export const PARTS = [
  'tray',
  'idle',
  'window',
  'sign-in',
  'file-size',
  'command',
  'agent',
  'package',
] as const;
export type Part = (typeof PARTS)[number];

export function isPart(name: string): name is Part {
  return (PARTS as readonly string[]).includes(name);
}
