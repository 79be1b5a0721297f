export { CLIENT_ID } from '../domain/client-id.ts';

/** The scopes asked for (the seed's; newer clients ask for more `[?]`). */
export const SCOPES = ['org:create_api_key', 'user:profile', 'user:inference'] as const;
