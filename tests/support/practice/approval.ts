import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors, type Provider } from 'oidc-provider';
import { readBody } from './answer.ts';
import { CLIENT_ID, INTERACTION_PATH, MANUAL_PATH } from './authority.ts';
import type { Behaviour } from './mood.ts';
import { PEOPLE, personOf } from './people.ts';
import { approvalPage, codePage, errorPage, pageHeaders } from './pages.ts';

/** 32 random bytes in base64url; Anthropic refuses anything shorter (`facts.md` section 1). */
const SHORTEST_STATE = 43;

/**
 * Answers an authorization request (RFC 6749 section 4.1.1) by Anthropic's own rules, and hands it on to the authority
 * where they are met.
 */
export async function answerAuthorizationRequest(
  authority: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  behaviour: Behaviour,
): Promise<void> {
  const parameters = new URL(request.url ?? '', authority.issuer).searchParams;
  const redirect = parameters.get('redirect_uri') ?? '';
  const state = parameters.get('state') ?? '';
  const isManual = redirect === authority.issuer + MANUAL_PATH;
  if (!isManual && !isLoopbackRedirect(redirect)) {
    showError(response, `Redirect URI ${redirect} is not supported by client.`);
  } else if (state.length < SHORTEST_STATE || (isManual && parameters.get('code') !== 'true')) {
    showError(response, 'Invalid request format');
  } else if (behaviour.kind === 'authorization-error') {
    const back = new URL(redirect);
    back.search = new URLSearchParams({ error: behaviour.error, state }).toString();
    response.writeHead(303, { Location: back.href }).end();
  } else {
    await authority.callback()(request, response);
  }
}

/** The page with Approve and Deny, and what its buttons lead to. */
export async function answerApproval(
  authority: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { params, uid } = await authority.interactionDetails(request, response);
    const scope = String(params['scope']);
    if (request.method !== 'POST') {
      const headers = pageHeaders(new URL(String(params['redirect_uri'])).origin);
      response.writeHead(200, headers).end(approvalPage(INTERACTION_PATH + uid, scope.split(' ')));
      return;
    }
    const answer = new URLSearchParams(await readBody(request));
    if (answer.get('decision') !== 'approve') {
      await authority.interactionFinished(request, response, { error: 'access_denied' });
      return;
    }
    const { uuid: accountId } = personOf(answer.get('person') ?? PEOPLE[0].uuid);
    const grant = new authority.Grant({ accountId, clientId: CLIENT_ID });
    grant.addOIDCScope(scope);
    // There is no login step: approving tells who one is, too.
    await authority.interactionFinished(request, response, {
      login: { accountId },
      consent: { grantId: await grant.save() },
    });
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error;
    showError(response, 'It was already answered, or waited for too long. Start again in the app.');
  }
}

/** The page that shows `code#state`, which the person takes to the app (`facts.md` section 1). */
export function answerManualRedirect(request: IncomingMessage, response: ServerResponse): void {
  const parameters = URL.parse(request.url ?? '', 'http://localhost')?.searchParams;
  const code = parameters?.get('code') ?? '';
  const state = parameters?.get('state') ?? '';
  if (code === '' || state === '') {
    showError(response, `There is no code: ${parameters?.get('error') ?? 'the address is not whole'}.`);
  } else {
    response.writeHead(200, pageHeaders()).end(codePage(`${code}#${state}`));
  }
}

/** Any port on `localhost`, and no other host (`facts.md` section 1). */
function isLoopbackRedirect(redirect: string): boolean {
  const url = URL.parse(redirect);
  return url?.protocol === 'http:' && url.hostname === 'localhost' && url.pathname === '/callback';
}

function showError(response: ServerResponse, message: string): void {
  response.writeHead(400, pageHeaders()).end(errorPage(message));
}
