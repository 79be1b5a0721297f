import type { ReportError } from '../domain/log-line.ts';
import type { Surroundings } from '../domain/snapshot.ts';
import type { Network } from '../network/network.ts';
import type { Endpoints } from '../oauth/endpoints.ts';
import type { SettingsFile } from '../vault/records/settings-file.ts';
import type { Vault } from '../vault/vault.ts';
import type { Clock } from './clock.ts';
import type { ProxyDesk } from './proxy-desk.ts';
import type { CommandPlace } from '../domain/snapshot.ts';
import type { Questions } from './serving/questions.ts';

/** Starting at login, shown as it really is: asked of the system each time, never remembered by us. */
export interface Autostart {
  isOn(): boolean;
  /** @throws what the system says */
  set(on: boolean): void;
}

/** The command on the path of terminals, shown as it really is. */
export interface CommandOnPath {
  look(): Promise<CommandPlace>;
  /** @throws what the system says */
  set(on: boolean): Promise<void>;
}

/** What a login is made over. */
export interface LoginPorts {
  /** As the environment has them. */
  readonly endpoints: Endpoints;
  readonly network: Network;
  readonly proxies: ProxyDesk;
  /** An honest one of our own, never that of another program. */
  readonly userAgent: string;
  readonly vault: Vault;
  readonly settings: Pick<SettingsFile, 'read' | 'save' | 'setAside'>;
  readonly clock: Clock;
  readonly reportError: ReportError;
  /** 0 to 1, as `Math.random`. */
  readonly random: () => number;
  /** Rejects when no browser could be started. */
  readonly openBrowser: (url: string) => Promise<void>;
  /** Calls back soon after the file may have changed. */
  readonly watchFile: (path: string, onChange: () => void) => { close(): void };
  /** `null` where starting at login makes no sense. */
  readonly autostart: Autostart | null;
  /** `null` where it is somebody else's business, or nobody's. */
  readonly commandOnPath: CommandOnPath | null;
  /** Where tokens are served, and as what. */
  readonly agent: {
    readonly path: string;
    readonly name: string;
    /** What asks a person whether a program gets one; `null` where nobody can be asked. */
    readonly loadQuestions: (() => Promise<{ readonly Questions: typeof Questions }>) | null;
  };
  readonly surroundings: Surroundings;
}
