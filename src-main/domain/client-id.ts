/**
 * The public OAuth client this flow belongs to: Claude Code's, without a secret (`facts.md` section 1). It is the only
 * one that Anthropic's authorization server accepts here; what that means is told before the first sign-in.
 */
export const CLIENT_ID = '9d1c250a-e61b-44d9-88ed-5944d1962f5e';
