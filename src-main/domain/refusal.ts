import type { AnswerOddity, Failure, FailureCode } from './failure.ts';

/** What a refresh can fail with, as it is written down: whatever lets it be tried again later, or never. */
export const REFUSAL_CODES = [
  'grant-refused',
  'request-malformed',
  'rate-limited',
  'network-challenge',
  'token-endpoint-missing',
  'service-down',
  'network-down',
  'connection-untrusted',
  'proxy-unusable',
  'proxy-refused',
  'proxy-login',
  'answer-lost',
  'answer-unexpected',
  'not-refreshable',
  'login-locked',
  'nowhere-to-store',
  'config-unreadable',
  'config-not-yaml',
  'config-shape',
  'config-not-writable',
  'config-locked',
  'data-not-writable',
  'secret-locked',
  'secret-missing',
  'internal',
] as const satisfies readonly FailureCode[];
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export type RefusalFailure = Extract<Failure, { readonly code: RefusalCode }>;

/** The failure as it is written down: one that nobody foresaw of a refresh is, by its code, as any unforeseen error. */
export function asRefusal(failure: Failure): RefusalFailure {
  return isRefusal(failure) ? failure : { code: 'internal', message: failure.code };
}

function isRefusal(failure: Failure): failure is RefusalFailure {
  return REFUSAL_CODES.some((code) => code === failure.code);
}

/** How the last refreshes ended, as far as it decides what helps now. */
export type LoginEnd = 'refused' | 'uncertain';

/** `refused`: the login is over; `uncertain`: its token may be spent, and twice is once too often. */
const ENDS: Readonly<Record<RefusalCode, LoginEnd | null>> = {
  'grant-refused': 'refused',
  'answer-lost': 'uncertain',
  'request-malformed': null,
  'rate-limited': null,
  'network-challenge': null,
  'token-endpoint-missing': null,
  'service-down': null,
  'network-down': null,
  'connection-untrusted': null,
  'proxy-unusable': null,
  'proxy-refused': null,
  'proxy-login': null,
  'answer-unexpected': null,
  'not-refreshable': null,
  'login-locked': null,
  'nowhere-to-store': null,
  'config-unreadable': null,
  'config-not-yaml': null,
  'config-shape': null,
  'config-not-writable': null,
  'config-locked': null,
  'data-not-writable': null,
  'secret-locked': null,
  'secret-missing': null,
  internal: null,
};

/** How a login ends by this refusal, if it does. */
export function endOf({ code }: RefusalFailure): LoginEnd | null {
  return ENDS[code];
}

/**
 * Whether what is in the way is the way itself, and nobody behind it was asked: worth a try once the way is another one.
 */
export function isOfNetwork({ code }: Failure): boolean {
  return OF_NETWORK.some((each) => each === code);
}

const OF_NETWORK: readonly RefusalCode[] = [
  'network-down',
  'connection-untrusted',
  'proxy-unusable',
  'proxy-refused',
  'proxy-login',
];

/**
 * The same, where to make a connection tells whether it is gone. A proxy that has refused a password would be given it each
 * time, and whoever does that often is locked out.
 */
export function isSeenByConnecting(failure: RefusalFailure): boolean {
  return isOfNetwork(failure) && !isPasswordRefused(failure);
}

/** Whether a proxy has refused the password that it was given. */
export function isPasswordRefused(failure: RefusalFailure): boolean {
  return failure.code === 'proxy-login' && failure.given;
}

/** What is of the network, or what something on the way has answered in the service's place: it may be this network's alone. */
export function isOfWay(failure: RefusalFailure): boolean {
  const isForeign =
    failure.code === 'answer-unexpected' && FOREIGN_ANSWERS.some((each) => each === failure.reason);
  return isOfNetwork(failure) || failure.code === 'network-challenge' || isForeign;
}

const FOREIGN_ANSWERS: readonly AnswerOddity[] = ['redirect', 'not-json'];

const SENT: readonly RefusalCode[] = [
  'grant-refused',
  'request-malformed',
  'rate-limited',
  'network-challenge',
  'token-endpoint-missing',
  'service-down',
  'answer-lost',
  'answer-unexpected',
];

/** Whether a request had left this machine, so that the service, or something on the way, may have taken it. */
export function mayHaveBeenSent(failure: RefusalFailure): boolean {
  return SENT.includes(failure.code) && !isNotAsked(failure);
}

/** Whether nobody was asked, since this host is not the one that gave the token. */
export function isNotAsked(failure: RefusalFailure): boolean {
  return failure.code === 'answer-unexpected' && failure.reason === ('not-the-issuer' satisfies AnswerOddity);
}
