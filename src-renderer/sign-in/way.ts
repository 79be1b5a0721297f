import { gravityOf } from '../../src-main/domain/gravity.ts';
import type { SignInStep, SignInStepId } from '../../src-main/domain/sign-in.ts';

/** How far a part of the way has come. */
export type Progress = 'to-come' | 'active' | 'done';

/** A login's way: from the browser to Latchkey, and from there to the file. */
export const WAY = ['browser', 'to-app', 'app', 'to-file', 'file'] as const;
export type WayPart = (typeof WAY)[number];

/** Which parts are at work in each step. */
const AT_WORK: Readonly<Record<SignInStepId, readonly WayPart[]>> = {
  pkce: ['app'],
  'callback-server': ['app'],
  browser: ['browser'],
  approval: ['browser', 'to-app'],
  exchange: ['app'],
  save: ['to-file', 'file'],
  test: ['app'],
  done: ['app'],
};

/** The step after which nothing more is expected of a part. */
const ENDS_AFTER: Readonly<Record<WayPart, SignInStepId>> = {
  browser: 'approval',
  'to-app': 'approval',
  app: 'exchange',
  'to-file': 'save',
  file: 'save',
};

/** How far each part of the way has come in these steps. */
export function wayOf(steps: readonly SignInStep[]): Readonly<Record<WayPart, Progress>> {
  const active = steps.find(({ status }) => status === 'active')?.id;
  const progressOf = (part: WayPart): Progress => {
    if (active !== undefined && AT_WORK[active].includes(part)) return 'active';
    const last = steps.find(({ id }) => id === ENDS_AFTER[part]);
    return last !== undefined && isDone(last) ? 'done' : 'to-come';
  };
  return Object.fromEntries(WAY.map((part) => [part, progressOf(part)])) as Record<WayPart, Progress>;
}

/** What was saved elsewhere for now has not come to the file. */
function isDone({ id, status, notice }: SignInStep): boolean {
  if (status === 'warning') return id !== 'save' || notice === null || gravityOf(notice) === 'calm';
  return status === 'done';
}
