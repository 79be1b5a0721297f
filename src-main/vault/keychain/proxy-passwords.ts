/** Passwords for proxies, in the system keychain. Every method throws FailureError `keychain-unavailable`. */
export interface ProxyPasswords {
  keep(name: string, password: string): Promise<void>;
  /** `null` where there is none. */
  read(name: string): Promise<string | null>;
  /** Fine also where there is none. */
  forget(name: string): Promise<void>;
}

/** What they are kept under; copies of credentials have names with a path. */
export const PROXY_SERVICE = 'Latchkey proxy';
