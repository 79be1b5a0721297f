import type { Failure } from './failure.ts';

/** One thing that a login depends on, looked at now. */
export interface Check {
  readonly part: 'config-file' | 'data-folder' | 'keychain' | 'callback-port' | 'connection';
  /** Its path, port or host; `null` where there is but one. */
  readonly about: string | null;
  /** What is wrong with it. */
  readonly failures: readonly Failure[];
}
