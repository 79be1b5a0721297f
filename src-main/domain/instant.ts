/** A wall-clock instant in milliseconds since the Unix epoch. Time is always handed in, never read, in this room. */
export type Instant = number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
