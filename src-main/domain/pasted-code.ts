/**
 * What is wrong with a pasted text. `authorization-url`: the address to
 * approve at, instead of what comes after. `declined`: the service's answer is an error.
 */
export type PasteProblem =
  'empty' | 'authorization-url' | 'declined' | 'no-code' | 'no-state' | 'state-cut-short' | 'not-understood';

export type PastedCode =
  | { readonly problem: null; readonly code: string; readonly state: string }
  | { readonly problem: PasteProblem };

/** RFC 6749 appendix A.11: printable ASCII; without what only delimits. */
const CODE = /^[\w.~+/=-]+$/;
/** 32 bytes in base64url, as we make it. */
const STATE = /^[\w-]{43}$/;

/**
 * The two halves of an authorization response that a person copied: a whole address, `code#state` as the service's page
 * shows it, or a query string (`facts.md` section 1). Both halves are demanded.
 */
export function readPastedCode(text: string): PastedCode {
  const pasted = text.trim().replace(/^["'<]+|[>"']+$/g, '');
  if (pasted === '') return { problem: 'empty' };
  if (/\s/.test(pasted)) return { problem: 'not-understood' };
  const parameters = parametersOf(pasted);
  if (parameters.has('error')) return { problem: 'declined' };
  if (parameters.has('code_challenge')) return { problem: 'authorization-url' };
  const code = parameters.get('code') ?? '';
  const state = parameters.get('state') ?? '';
  if (code === '') return { problem: 'no-code' };
  if (!CODE.test(code)) return { problem: 'not-understood' };
  if (state === '') return { problem: 'no-state' };
  if (!STATE.test(state)) return { problem: state.length < 43 ? 'state-cut-short' : 'not-understood' };
  return { problem: null, code, state };
}

function parametersOf(pasted: string): URLSearchParams {
  const url = /^https?:\/\//i.test(pasted) ? URL.parse(pasted) : null;
  const query = url?.search ?? (/^\??(\w+=[^#]*&)*\w+=/.test(pasted) ? pasted.split('#')[0] : null);
  if (query != null) {
    const parameters = new URLSearchParams(query);
    // `?code=…#state`
    const [, fragment = ''] = pasted.split('#');
    if (!parameters.has('state') && fragment !== '') parameters.set('state', fragment);
    return parameters;
  }
  const [code = '', state = ''] = pasted.split('#');
  return new URLSearchParams({ code, state });
}
