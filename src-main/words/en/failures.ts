import type { FailureTexts } from '../failure-texts.ts';
import { isForbidden, isSpoken, lookUp } from '../look-up.ts';
import { network } from './network.ts';
import {
  answerOddities,
  configShapes,
  fileObstacles,
  keychainObstacles,
  networkObstacles,
} from './obstacles.ts';

const keptAside = "the credential is kept in Latchkey's own folder";
/** Ends the sentence that says what to mend. */
const meanwhile = (isKeptAside: boolean) =>
  `; until then ${isKeptAside ? keptAside : 'nobody can tell which logins it holds'}`;

const viaWay = (way: string | null) => (way === null ? '' : `, ${way}`);

export const failures: FailureTexts = {
  'terms-not-acknowledged': () => ({
    title: 'Please read the terms first',
    explanation:
      'The first sign-in asks once that you have read what Anthropic says about logins like this one.',
  }),
  'runtime-not-vouched': ({ runtime }) => ({
    title: 'Not on this runtime',
    explanation: `This checkout runs on a stand-in copy of Electron (${runtime}) whose origin nobody can vouch for, because the pinned one could not be downloaded. Latchkey lets it talk to this machine only. Practice works; for a real sign-in start on a network that reaches Electron's release host.`,
  }),
  'environment-invalid': ({ variable, reason }) => ({
    title: `${variable} is not usable`,
    explanation: {
      'not-a-port': 'It has to be a port number from 1 to 65535.',
      'not-a-url': 'It is not a URL.',
      'not-https': 'Addresses have to be https, or http to this machine itself.',
      'has-credentials': 'It holds a user name or password.',
      'has-fragment': 'It has a fragment (#).',
    }[reason],
  }),
  'port-busy': ({ port, instead }) => ({
    title: `Port ${port} is in use`,
    explanation: `Another program holds port ${port}, so port ${instead} is used for this sign-in. Nothing else to do.`,
  }),
  'no-callback-port': ({ port }) => ({
    title: 'No port to listen on',
    explanation: `Neither port ${port} nor any other could be opened on this machine, so the browser has nowhere to come back to. A firewall or a security program may forbid it.`,
  }),
  'browser-not-opened': () => ({
    title: 'The browser did not open',
    explanation: 'Copy the link and open it in any browser on this machine.',
  }),
  'authorization-timeout': ({ minutes }, { lasting }) => ({
    title: 'Authorization timeout',
    explanation: `No approval arrived within ${lasting(60 * minutes)}. Start again and approve while the clock runs.`,
  }),
  'access-denied': () => ({
    title: 'Access denied',
    explanation:
      'The request was declined in the browser (access_denied). Sign in again and approve to continue.',
  }),
  'authorization-refused': ({ error }) => ({
    title: 'The service did not authorize the sign-in',
    explanation: `It answered “${error}”. Nothing was stored; trying again later may help.`,
  }),
  'sign-in-cancelled': () => ({ title: 'Sign-in cancelled', explanation: 'Nothing was stored.' }),
  'grant-refused': (_failure, { during }) =>
    during !== 'sign-in'
      ? {
          title: 'The login has ended',
          explanation:
            'The service no longer accepts its refresh token (invalid_grant): it reached its end, was revoked, or another program used it up. Sign in once more to continue.',
        }
      : {
          title: 'The exchange was refused',
          explanation:
            'The service did not accept the authorization code (invalid_grant). Codes are short-lived and work once; sign in again for a fresh one.',
        },
  'request-malformed': ({ message, requestId }) => ({
    title: 'The service rejected the request',
    explanation: `It said “${message}”${requestId === null ? '' : ` (request ${requestId})`}. This is not an expired login; it may be an incident on their side.`,
  }),
  'rate-limited': ({ retryAfterSeconds }, { lasting }) => ({
    title: 'Too many requests',
    explanation:
      retryAfterSeconds === null
        ? 'The service asks to slow down (429). Wait some minutes before trying again.'
        : `The service asks to wait ${lasting(retryAfterSeconds)} before the next try (429).`,
  }),
  'network-challenge': ({ host }) => ({
    title: 'A network filter is in between',
    explanation: `${host} answered with a browser check instead of the service. This is the network you are on, not your login: try another network, or without VPN.`,
  }),
  'token-endpoint-missing': ({ host }) => ({
    title: 'The token address is gone',
    explanation: `${host} does not know the token address any more (404). A newer version of Latchkey may.`,
  }),
  'service-down': ({ status }, { during }) => ({
    title: 'The service has trouble',
    explanation: `It answered ${status}. Your login is not the cause; ${during === 'refresh' ? 'Latchkey tries again by itself.' : 'try again in a while.'}`,
  }),
  'network-down': ({ host, reason, proxy }, { during, way, says }) =>
    proxy === host
      ? {
          title: 'The proxy cannot be reached',
          explanation: `No connection to ${host} (${networkObstacles[reason]}), the proxy to take, as ${says}. ${during === 'refresh' ? 'Latchkey goes on by itself when it is back.' : 'Check its address and the network, then try again.'}`,
        }
      : {
          title: 'No connection',
          explanation: `${host} could not be reached (${networkObstacles[reason]})${viaWay(way)}. ${during === 'refresh' ? 'Latchkey goes on by itself when the network is back.' : 'Check the network, then try again.'}`,
        },
  'connection-untrusted': ({ host, reason, issuer }, { way }) => ({
    title: 'The connection cannot be trusted',
    explanation:
      issuer === undefined
        ? `${host} showed a certificate that this machine does not trust (${reason})${viaWay(way)}, so nothing was sent. A proxy or a wrong clock can cause this.`
        : `${host} showed a certificate by “${issuer}”, whom this machine does not trust (${reason})${viaWay(way)}, so nothing was sent. If that is your company, its certificate belongs into the system's store or into the file that NODE_EXTRA_CA_CERTS names; otherwise somebody is listening in.`,
  }),
  'proxy-unusable': ({ reason }, { says }) => ({
    title: 'The proxy’s address is not usable',
    explanation: `A proxy is to be taken, as ${says}, but nothing was sent, because its address cannot be used. ${network.flaws[reason]}`,
  }),
  'proxy-refused': ({ host, reason, proxy }, { says }) => ({
    title: 'The proxy refuses',
    explanation: `${proxy} does not let Latchkey through to ${host} (${lookUp(network.oddities, reason)}), and it is the proxy to take, as ${says}. Nothing was sent. Whoever runs it can allow it.`,
  }),
  'proxy-login': ({ proxy, schemes, given }, { says }) => ({
    title: given ? 'The proxy does not take the password' : 'The proxy wants a login',
    explanation: schemes.some(isSpoken)
      ? given
        ? `${proxy} refused the user name and password that it was given (${schemes.join(', ')}). It is the proxy to take, as ${says}; put the right ones in there.`
        : `${proxy} asks who you are (${schemes.join(', ')}). It is the proxy to take, as ${says}: put user name and password into its address, or into the settings.`
      : `${proxy} takes logins by ${schemes.join(', ') || 'no way it names'} only, which Latchkey does not speak. A helper on this machine that does, such as Px or Cntlm, can be named as the proxy instead.`,
  }),
  'answer-lost': ({ host }, { during, way }) =>
    ({
      'sign-in': {
        title: 'The answer got lost',
        explanation: `${host} was asked${viaWay(way)}, but no complete answer came back. The code may be spent, so it is not sent again: sign in again.`,
      },
      refresh: {
        title: 'Uncertain whether you are still signed in',
        explanation: `${host} was asked for a new token${viaWay(way)}, but no complete answer came back. The refresh token may be spent, so Latchkey tries twice at most and then leaves it to you.`,
      },
      other: {
        title: 'The answer got lost',
        explanation: `${host} was asked${viaWay(way)}, but no complete answer came back.`,
      },
    })[during],
  'answer-unexpected': ({ host, reason }) => ({
    title: 'An answer that makes no sense',
    explanation: `${host} answered in a way Latchkey does not know (${lookUp(answerOddities, reason)}).`,
  }),
  'not-signed-in': ({ id }) => ({
    title: 'Not signed in',
    explanation: `There is no login with the id “${id}”.`,
  }),
  'not-refreshable': () => ({
    title: 'This login cannot be refreshed',
    explanation:
      'Its entry in the config file has no refresh token, or belongs to another client. It lasts until its token ends.',
  }),
  'login-locked': () => ({
    title: 'Another Latchkey is busy with this login',
    explanation: 'It has been renewing or storing it for too long. Quit the other one, or try again.',
  }),
  'entry-removed': ({ path, copy }) => ({
    title: 'Your login was taken out of the config file',
    explanation: `Another program removed it from ${path}. ${copy ? 'Latchkey still holds it and leaves the file alone until you decide.' : 'Latchkey has no copy of it.'}`,
  }),
  'entry-replaced': ({ path, copy }) => ({
    title: 'Your login was replaced in the config file',
    explanation: `Another program put an older or foreign entry into ${path}. ${copy ? 'Latchkey still holds yours and leaves the file alone until you decide.' : 'Latchkey has no copy of yours.'}`,
  }),
  'nowhere-to-store': ({ path, reason }) => ({
    title: 'No room for a new token',
    explanation: `Nothing was asked of the service, because its answer could be kept nowhere: ${path}: ${lookUp(fileObstacles, reason)}. Your login is untouched; make room there, then try again.`,
  }),
  'login-shared': ({ others }) => ({
    title: 'One login under several ids',
    explanation: `The config file holds this login under ${others.map((id) => `“${id}”`).join(', ')} as well. Latchkey renews them together; signing out of one leaves the others.`,
  }),
  'id-shared': ({ id }) => ({
    title: 'Two logins under one id',
    explanation: `Several entries of the config file have the id “${id}”, with different logins. Latchkey keeps the first; give the other another id.`,
  }),
  'expiry-not-understood': ({ path, value }) => ({
    title: 'Other programs will not renew this token',
    explanation: `Its expires_at in ${path} is “${value}”, which they do not understand as a time. Latchkey can write it right.`,
  }),
  'test-forbidden': ({ status, message }) => ({
    title: 'The token test was refused',
    explanation: `The service answered ${status}${message === '' ? '' : `: “${message}”`}. This is expected: such tokens are restricted to Claude Code. The token was saved.`,
  }),
  'test-claude-code-only': () => ({
    title: 'For use with Claude Code only',
    explanation:
      'The service says that this credential is only authorized for use with Claude Code. This is expected, and the token was saved. For general API access use an API key.',
  }),
  'test-scope-missing': ({ scope }) => ({
    title: 'The token cannot read the profile',
    explanation: `It lacks the scope ${scope}, so the account's name stays unknown. The token was saved.`,
  }),
  'test-organization-not-allowed': () => ({
    title: 'Not allowed for this organisation',
    explanation:
      'The plan or an administrator of this organisation does not allow logins of this kind. The token was saved, but may not work.',
  }),
  'test-token-expired': () => ({
    title: 'The new token has expired already',
    explanation: 'The service calls it expired. The clock of this machine may be wrong.',
  }),
  'test-header-missing': () => ({
    title: 'Our mistake',
    explanation:
      'The service reports that a header is missing, which Latchkey should have sent. The token was saved. Please report this.',
  }),
  'config-unreadable': ({ path, reason }, { isKeptAside }) => ({
    title: 'The config file cannot be read',
    explanation: `${path}: ${lookUp(fileObstacles, reason)}. It was not touched. ${isForbidden(reason) ? 'Check its permissions (chmod 600 makes it yours alone)' : 'Fix that'}${meanwhile(isKeptAside)}.`,
    crux: lookUp(fileObstacles, reason),
  }),
  'config-not-yaml': ({ path, line, column }, { isKeptAside }) => ({
    title: 'The config file is not valid YAML',
    explanation: `${path} breaks at line ${line}, column ${column}. It was not touched. Fix that line${meanwhile(isKeptAside)}.`,
    crux: `line ${line}, column ${column}`,
  }),
  'config-shape': ({ path, at, expected }, { isKeptAside }) => ({
    title: 'The config file has an unexpected shape',
    explanation: `In ${path}, ${configShapes[expected](at)}. It was not touched. Fix it${meanwhile(isKeptAside)}.`,
    crux: configShapes[expected](at),
  }),
  'config-not-writable': ({ path, reason }, { isKeptAside }) => ({
    title: 'The config file cannot be written',
    explanation: `${path}: ${lookUp(fileObstacles, reason)}.${isKeptAside ? ` Until this is fixed, ${keptAside}.` : ''}`,
    crux: lookUp(fileObstacles, reason),
  }),
  'config-locked': ({ path }, { isKeptAside }) => ({
    title: 'The config file is busy',
    explanation: `Another Latchkey held ${path} for too long.${isKeptAside ? ` Until it is free, ${keptAside}.` : ''}`,
  }),
  'config-readable-by-others': ({ path, mode }) => ({
    title: 'Others can read your config file',
    explanation: `${path} holds tokens and has mode ${mode}: other users of this machine can read them.`,
  }),
  'config-made-private': ({ path, mode }) => ({
    title: 'Your config file is yours alone now',
    explanation: `${path} had mode ${mode}, so others could read it. Since there are tokens in it now, it has mode 0600.`,
  }),
  'older-block': ({ path }) => ({
    title: 'A login that nobody renews',
    explanation: `${path} holds a login in an older block (providers.anthropic.oauth) that today’s programs do not read. Latchkey can take it over.`,
  }),
  'data-not-writable': ({ path, reason }) => ({
    title: 'The folder for settings cannot be written',
    explanation: `${path}: ${lookUp(fileObstacles, reason)}. Until that is fixed, settings and history last only until you quit.`,
  }),
  'data-set-aside': ({ path, setAsideAs }) => ({
    title: 'A file of ours was unreadable',
    explanation: `${path} could not be understood. It was kept as ${setAsideAs} and a fresh one begun; credentials are not affected.`,
  }),
  'keychain-unavailable': ({ reason }) => ({
    title: 'The system keychain is not available',
    explanation: `${keychainObstacles[reason]} Latchkey works without it and tries again later; it only holds a second copy of your credentials.`,
  }),
  'clock-off': ({ seconds }, { lasting }) => ({
    title: 'The clock seems wrong',
    explanation: `This machine's clock and the service's differ by ${lasting(Math.abs(seconds))}. Times shown may be off by as much.`,
  }),
  'autostart-unchanged': ({ reason }) => ({
    title: 'Start at login could not be changed',
    explanation: `The system did not take the change (${lookUp(fileObstacles, reason)}).`,
  }),
  'practice-failed': () => ({
    title: 'Practice ended with an error',
    explanation: 'It could not go on. Start it in a terminal to see why: npm start -- --practice.',
  }),
  internal: ({ message }) => ({
    title: 'Something unforeseen went wrong',
    explanation: `Latchkey met an error it does not know (${message}). Please report this.`,
  }),
};
