import type { Fetch } from '../network/network.ts';
import type { ReleaseFeed } from './release-feed.ts';

/** What a release feed announces. */
export interface Found {
  readonly version: string;
  /** How its version stands to ours. */
  readonly than: 'newer' | 'same' | 'older';
}

/** What looks for newer versions and fetches them. Every method throws errors that `troubleOf` understands. */
export interface UpdateEngine {
  look(): Promise<Found>;
  /**
   * Fetches what was found last and checks it; from then on it is put in place when the app quits.
   *
   * @param onProgress called with how much is here, 0 to 1
   */
  download(onProgress: (share: number) => void): Promise<void>;
}

export interface EnginePorts {
  readonly feed: ReleaseFeed;
  readonly fetch: Fetch;
  /** Ours. */
  readonly version: string;
  /** Where what is fetched lies until it is put in place. */
  readonly folder: string;
  readonly platform: NodeJS.Platform;
  /** Calls back when the app quits, with its exit code: what is ready is put in place then. */
  readonly onQuit: (call: (exitCode: number) => void) => void;
  readonly quit: () => void;
  /** What was ready could not be put in place: nobody is left to be told then. */
  readonly onInstallError: (error: unknown) => void;
}
