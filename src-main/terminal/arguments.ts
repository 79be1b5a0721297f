/** The shells that `env` writes lines for. */
export const ENV_SHELLS = ['sh', 'fish', 'powershell'] as const;
export type EnvShell = (typeof ENV_SHELLS)[number];

/** The two units that systemd starts the agent by. */
export const UNIT_KINDS = ['service', 'socket'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

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
  replace: false,
  watch: false,
  shell: null,
  socket: null,
  printUnit: null,
  operands: [],
};
