/** Where a person revokes logins themselves (`facts.md` section 1). */
export const REVOKE_PAGE = 'https://claude.ai/settings/claude-code';

/** Why the service is not asked to revoke a login that is signed out. */
export const REVOCATION_OBSTACLES = [
  /** There is no token that could be: none that renews, or one of another client. */
  'nothing',
  /** It is over, or may have been spent: a spent token is never presented. */
  'over',
  /** The same login stands elsewhere as well, where it goes on. */
  'shared',
  /** Another program has had its hands in it, and may go on with it. */
  'others',
  /** The address set here is not that of the service that gave it. */
  'not-the-issuer',
  /** On a stand-in runtime nothing but this computer is talked to. */
  'runtime',
] as const;
export type RevocationObstacle = (typeof REVOCATION_OBSTACLES)[number];

/**
 * What the service said when it was asked to revoke a login (RFC 7009), as it said it. That it does what it says nobody
 * has shown (`facts.md` section 1).
 */
export type Revocation =
  /** Asked, and the answer has not come, or nobody waited for it any more. */
  | { readonly outcome: 'asked' }
  | { readonly outcome: 'revoked' }
  | { readonly outcome: 'no-answer' }
  | { readonly outcome: 'refused'; readonly status: number }
  | { readonly outcome: 'not-asked'; readonly reason: RevocationObstacle };
