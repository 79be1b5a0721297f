import type { Failure, FailureCode } from '../domain/failure.ts';
import type { Activity } from '../domain/help.ts';

export interface FailureText {
  /** What happened, in a few words. */
  readonly title: string;
  /** What it means and what helps, in one to three sentences, the first of which stands by itself; no codes. */
  readonly explanation: string;
  /** What a developer would call it: the protocol's word, a status, a host. Stands in brackets or by itself. */
  readonly technical?: string;
  /** Where or why, in a few words: stands in brackets behind the title where there is no room for the explanation. */
  readonly crux?: string;
}

export interface FailureContext {
  readonly during: Activity;
  /** The proxy on its way, where there was one: "through proxy.example:3128, as HTTPS_PROXY says" and who says so. */
  readonly way: string | null;
  readonly says: string;
  /** "30 minutes" */
  readonly lasting: (seconds: number) => string;
  /** A credential waits in Latchkey's own folder for the config file. */
  readonly isKeptAside: boolean;
  /** Who is signed in is known, whatever the config file holds. */
  readonly isKnown: boolean;
}

/** A catalogue's words for every failure. */
export type FailureTexts = {
  readonly [C in FailureCode]: (
    failure: Extract<Failure, { readonly code: C }>,
    context: FailureContext,
  ) => FailureText;
};
