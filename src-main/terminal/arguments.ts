import type { KeyStorage } from '../domain/storage.ts';

/** The shells that `env` writes lines for. */
export const ENV_SHELLS = ['sh', 'fish', 'powershell'] as const;
export type EnvShell = (typeof ENV_SHELLS)[number];

/** The two units that systemd starts the agent by. */
export const UNIT_KINDS = ['service', 'socket'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

/** What a program is handed. */
export const HANDED = ['login', 'key'] as const;
export type Handed = (typeof HANDED)[number];

/** What a person typed after a command; what it does not take is as if it were not typed. */
export interface Arguments {
  /** The credential's id, which may be empty; `null` where the person names none. */
  readonly account: string | null;
  readonly json: boolean;
  /** How long a token has to last, in milliseconds; `null` where the person does not say. */
  readonly lasting: number | null;
  /** The code comes from standard input. */
  readonly paste: boolean;
  /** Whether a browser is opened. */
  readonly browser: boolean;
  /** The address is shown as a QR code, too. */
  readonly qr: boolean;
  /** The access token of a sign-in, or the API key. */
  readonly as: Handed;
  /** Where the API key is to lie; `null` where the person does not say. */
  readonly storage: KeyStorage | null;
  /** A placeholder may give way to what is set. */
  readonly replace: boolean;
  /** Told again whenever it changes. */
  readonly watch: boolean;
  /** `null`: what the platform's people use. */
  readonly shell: EnvShell | null;
  /** Where the agent serves; `null` for the usual place. */
  readonly socket: string | null;
  /** The unit that is to be printed, if any. */
  readonly printUnit: UnitKind | null;
  /** What is no option. */
  readonly operands: readonly string[];
}

export const NOTHING_TYPED: Arguments = {
  account: null,
  json: false,
  lasting: null,
  paste: false,
  browser: true,
  qr: false,
  as: 'login',
  storage: null,
  replace: false,
  watch: false,
  shell: null,
  socket: null,
  printUnit: null,
  operands: [],
};
