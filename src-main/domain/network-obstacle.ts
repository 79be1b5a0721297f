/**
 * Why no connection was made: the system's codes (the two that cut one short: before its TLS handshake had ended),
 * the name that undici gave one that was not made in time, and what a proxy says of the way behind it.
 */
export const NETWORK_OBSTACLES = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'PROXY_FINDS_NO_NAME',
  'PROXY_CANNOT_REACH',
  'PROXY_WAITED_IN_VAIN',
] as const;
export type NetworkObstacle = (typeof NETWORK_OBSTACLES)[number];
