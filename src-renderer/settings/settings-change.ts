import type { Settings } from '../../src-main/domain/settings.ts';

/** All that a person can set; `startAtLogin` and `commandOnPath` are the system's to keep and not among the settings. */
export interface Choices {
  readonly settings: Settings;
  readonly startAtLogin: boolean | null;
  readonly commandOnPath: boolean | null;
}

/** What each control of the page sets. */
export type SettingName =
  | Exclude<keyof Settings, 'notifications'>
  | keyof Settings['notifications']
  | 'startAtLogin'
  | 'commandOnPath';

/** The last change a person asked for. */
export interface Change {
  /** Where it was made, which is where it is spoken of. */
  readonly of: SettingName;
  readonly from: Choices;
  readonly to: Choices;
  readonly isUndo: boolean;
}

/** What is to be said of a change: nothing before it shows in the snapshot, since it may have failed. */
export function changeOutcome(change: Change | null, present: Choices): 'saved' | 'undone' | null {
  if (change === null || !isSame(change.to, present)) return null;
  return change.isUndo ? 'undone' : 'saved';
}

/** The way back from a change. */
export function undoOf({ of, from, to }: Change): Change {
  return { of, from: to, to: from, isUndo: true };
}

/** Equal in value, however deep. */
export function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return left.size === right.size && [...left].every(([name, value]) => isSame(value, right.get(name)));
}
