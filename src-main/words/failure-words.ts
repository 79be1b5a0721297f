import type { Failure } from '../domain/failure.ts';
import { helpFor, type Activity, type HelpKind } from '../domain/help.ts';
import type { FailureContext, FailureText } from './failure-texts.ts';
import { describeSource, describeWay } from './way-words.ts';
import type { Words } from './words.ts';

export interface FailureWords extends FailureText {
  /** The one action that helps, if any does. */
  readonly action: { readonly kind: HelpKind; readonly label: string } | null;
}

/**
 * The sentence and the helping action of each failure. No other place words a failure.
 *
 * @param isKeptAside where the caller knows that a credential waits in Latchkey's own folder
 * @param isKnown where the caller knows who is signed in, whatever the config file holds
 */
export function describeFailure(
  words: Words,
  failure: Failure,
  during: Activity = 'sign-in',
  isKeptAside = false,
  isKnown = false,
): FailureWords {
  // The catalogue has a function for each code, which takes the failure of that code; the compiler cannot follow that.
  const describe = words.failures[failure.code] as (failure: Failure, context: FailureContext) => FailureText;
  const help = helpFor(failure, during);
  return {
    ...describe(told(failure, words), {
      during,
      ...proxyWords(words, failure),
      lasting: (seconds) => words.format.lasting(seconds),
      isKeptAside,
      isKnown,
    }),
    action: help === null ? null : { kind: help.kind, label: words.help[help.label] },
  };
}

/** What its texts say of a proxy. */
function proxyWords(words: Words, failure: Failure): Pick<FailureContext, 'way' | 'says'> {
  if (!('as' in failure)) return { way: null, says: '' };
  const { as } = failure;
  const proxy = 'proxy' in failure ? failure.proxy : null;
  return {
    way: proxy === null ? null : describeWay(words, { proxy, as }),
    says: describeSource(words.network, as),
  };
}

/** A failure in a line: "The config file is not valid YAML (line 12, column 5)" */
export function describeCrux(words: Words, failure: Failure): string {
  const { title, crux } = describeFailure(words, failure, 'other');
  return crux === undefined ? title : words.conventions.inBrackets(title, crux);
}

/** Its facts as they stand in a sentence. */
function told(failure: Failure, { format }: Words): Failure {
  // What the service said is in the middle of ours: its full stop would be a second one.
  if ('message' in failure) return { ...failure, message: failure.message.replace(/[.。]+$/, '') };
  return 'path' in failure ? { ...failure, path: format.path(failure.path) } : failure;
}
