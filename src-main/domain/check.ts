import type { Failure } from './failure.ts';
import type { Way } from './way.ts';

/** One thing that a login depends on, looked at now. */
export interface Check {
  readonly part:
    'package' | 'config-file' | 'data-folder' | 'keychain' | 'callback-port' | 'token-host' | 'connection';
  /** Its path, port or host; `null` where there is but one. */
  readonly about: string | null;
  /** What is wrong with it. */
  readonly failures: readonly Failure[];
  /** Of a token host: whether it is the one that answered last, as far as anybody knows. */
  readonly hasAnsweredLast?: boolean;
  /** Of a connection: by which way. */
  readonly way?: Way;
}
