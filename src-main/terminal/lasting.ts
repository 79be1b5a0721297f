import { MINUTE } from '../domain/instant.ts';

/** How long a token has to last to be handed out, where nobody says. */
export const LASTING = MINUTE;
