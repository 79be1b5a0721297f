/** Secrets by name, in the system keychain, of one kind. Every method throws FailureError `keychain-unavailable`. */
export interface Passwords {
  keep(name: string, password: string): Promise<void>;
  /** `null` where there is none. */
  read(name: string): Promise<string | null>;
  /** Fine also where there is none. */
  forget(name: string): Promise<void>;
}

/**
 * What they are kept under; copies of credentials have names with a path. None begins with another, since on Windows
 * keytar reads whatever begins so.
 */
export const PASSWORD_SERVICES = { proxies: 'Latchkey proxy', apiKeys: 'Latchkey API key' } as const;
