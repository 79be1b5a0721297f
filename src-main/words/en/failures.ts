import type { FailureContext, FailureTexts } from '../failure-texts.ts';
import { KEYCHAIN_IS_THERE, type AnswerOddity } from '../../domain/failure.ts';
import { isSpoken } from '../../domain/proxy.ts';
import { isForbidden, isFull, lookUp } from '../look-up.ts';
import { apiKey } from './api-key.ts';
import { network } from './network.ts';
import {
  answerOddities,
  configShapes,
  fileObstacles,
  keychainObstacles,
  networkObstacles,
  socketObstacles,
  storageObstacles,
} from './obstacles.ts';

const keptAside = 'the token is kept in Latchkey’s own folder';
/** Ends the sentence that says what to mend. */
const meanwhile = ({ isKeptAside, isKnown }: Pick<FailureContext, 'isKeptAside' | 'isKnown'>) =>
  `; until then ${isKeptAside ? keptAside : isKnown ? 'Latchkey writes nothing to it' : 'Latchkey cannot tell which sign-ins it holds'}`;

const copiedHere =
  'Latchkey’s own folder came from another computer or from a backup, so this sign-in may be in use elsewhere, or renewed since. If in doubt, sign in again instead of putting it back.';

const viaWay = (way: string | null) => (way === null ? '' : `, ${way}`);

const goesOn = (what: string, as: string | undefined) =>
  as === undefined
    ? undefined
    : `${what} seems to go on under “${as}”; putting it back here could end both. For one under this id, sign in again.`;

export const failures: FailureTexts = {
  'terms-not-acknowledged': () => ({
    title: 'Please read the terms first',
    explanation:
      'The first sign-in asks once that you have read what Anthropic says about sign-ins like this one.',
  }),
  'runtime-not-vouched': ({ runtime }) => ({
    title: 'Only practice works here',
    explanation: `Latchkey runs here on a stand-in copy of Electron whose origin nobody can vouch for, because the right one could not be downloaded. It may talk to this computer only. For a real sign-in start it on a network where the right one can be downloaded.`,
    technical: runtime,
  }),
  'environment-invalid': ({ variable, reason }) => ({
    title: `${variable} is not usable`,
    explanation: {
      'not-a-port': 'It has to be a port number from 1 to 65535.',
      'reserved-name': 'It has a name in it that Windows keeps for devices, such as CON or NUL.',
      'not-a-url': 'It is not a URL.',
      'not-https': 'Addresses have to be https, or http to this computer itself.',
      'has-credentials': 'It holds a user name or password.',
      'has-fragment': 'It has a fragment (#).',
    }[reason],
  }),
  'port-busy': ({ port, instead }) => ({
    title: `Port ${port} is in use`,
    explanation: `Another program holds port ${port}, so port ${instead} is used for this sign-in. Nothing else to do.`,
  }),
  'no-callback-port': ({ port }) => ({
    title: 'The browser can’t get back to Latchkey',
    explanation:
      'Latchkey cannot listen for it on this computer; a firewall or a security program may forbid it. Paste a code instead: the browser shows one, and you bring it over yourself.',
    technical: `port ${port}`,
  }),
  'browser-not-opened': () => ({
    title: 'The browser did not open',
    explanation: 'Copy the link and open it in any browser on this computer.',
  }),
  'authorization-timeout': ({ minutes }, { lasting }) => ({
    title: 'Nobody approved in time',
    explanation: `No approval arrived within ${lasting(60 * minutes)}. Start again and approve while the clock runs.`,
    technical: 'authorization timeout',
  }),
  'access-denied': () => ({
    title: 'Declined in the browser',
    explanation: 'Nothing was stored. Sign in again and approve to continue.',
    technical: 'access_denied',
  }),
  'authorization-refused': ({ error }) => ({
    title: 'Claude did not allow the sign-in',
    explanation: 'Nothing was stored. Trying again later may help.',
    technical: error,
  }),
  'sign-in-cancelled': () => ({ title: 'Sign-in cancelled', explanation: 'Nothing was stored.' }),
  'grant-refused': (_failure, { during }) =>
    during !== 'sign-in'
      ? {
          title: 'Your sign-in has ended',
          explanation:
            'Claude no longer accepts it: it may have been revoked, or another program used up what renews it. Sign in once more to continue.',
          technical: 'invalid_grant',
        }
      : {
          title: 'The code was not accepted',
          explanation: 'Codes are short-lived and work once. Sign in again for a fresh one.',
          technical: 'invalid_grant',
        },
  'request-malformed': ({ message, requestId }) => ({
    title: 'Claude turned the request down',
    explanation: 'This does not mean that your sign-in has ended. Claude may have a problem of its own.',
    technical: [message, ...(requestId === null ? [] : [requestId])].join(', '),
  }),
  'rate-limited': ({ retryAfterSeconds }, { during, lasting }) => ({
    title: 'Claude asks to wait',
    explanation:
      during === 'refresh'
        ? `There were too many requests. Latchkey tries again by itself${retryAfterSeconds === null ? '' : `, after a pause of ${lasting(retryAfterSeconds)}`}.`
        : `There were too many requests. Please try again ${retryAfterSeconds === null ? 'in some minutes' : `in ${lasting(retryAfterSeconds)}`}.`,
    technical: 'HTTP 429',
  }),
  'network-challenge': ({ host }) => ({
    title: 'The network is in the way',
    explanation:
      'Something between this computer and Claude answered in its place, with a browser check, or Claude turns this network away. Your sign-in is not the cause: try another network, or without VPN.',
    technical: host,
  }),
  'token-endpoint-missing': ({ host }) => ({
    title: 'Claude has moved',
    explanation:
      'The address that Latchkey gets tokens from is gone. A newer version of Latchkey may know the new one.',
    technical: `${host}: HTTP 404`,
  }),
  'service-down': ({ status }, { during }) => ({
    title: 'No answer from Claude',
    explanation: `Claude has a problem at the moment. Your sign-in is not the cause; ${during === 'refresh' ? 'Latchkey tries again by itself.' : 'try again in a while.'}`,
    technical: `HTTP ${status}`,
  }),
  'network-down': ({ host, reason, proxy }, { during, way, says }) =>
    proxy === host
      ? {
          title: 'The proxy cannot be reached',
          explanation: `No connection to ${host}, the proxy to take, as ${says}. ${during === 'refresh' ? 'Latchkey goes on by itself when it is back.' : 'Check its address and the network, then try again.'}`,
          technical: networkObstacles[reason],
        }
      : {
          title: 'No connection to Claude',
          explanation: `Claude could not be reached from this computer. ${during === 'refresh' ? 'Latchkey goes on by itself when the network is back.' : 'Check the network, then try again.'}`,
          technical: `${host}: ${networkObstacles[reason]}${viaWay(way)}`,
        },
  'connection-untrusted': ({ host, reason, issuer, proxy }, { way }) => {
    const who = proxy === host ? `the proxy ${host}` : 'what answered in the name of Claude';
    return {
      title: 'The connection cannot be trusted',
      explanation:
        issuer === undefined
          ? `This computer does not trust ${who}, so nothing was sent. A proxy or a wrong clock can cause this.`
          : `This computer does not trust ${who}, whose certificate is by “${issuer}”, so nothing was sent. If that is your company, put its certificate into the system’s store, then start Latchkey again; otherwise somebody is listening in.`,
      technical: `${host}: ${reason}${viaWay(way)}${issuer === undefined ? '' : '; NODE_EXTRA_CA_CERTS'}`,
    };
  },
  'proxy-unusable': ({ reason }, { says }) => ({
    title: 'The proxy’s address is not usable',
    explanation: `A proxy is to be taken, as ${says}, but nothing was sent, because its address cannot be used. ${network.flaws[reason]}`,
    technical: reason,
  }),
  'proxy-refused': ({ host, reason, proxy }, { says }) => ({
    title: 'The proxy refuses',
    explanation: `${proxy} does not let Latchkey through to Claude, and it is the proxy to take, as ${says}. Nothing was sent. Whoever runs it can allow it.`,
    technical: `${host}: ${lookUp(network.oddities, reason)}`,
  }),
  'proxy-login': ({ proxy, schemes, given }, { says }) => ({
    title: !schemes.some(isSpoken)
      ? 'Cannot sign in to this proxy'
      : given
        ? 'The proxy does not take the password'
        : 'The proxy wants a password',
    explanation: schemes.some(isSpoken)
      ? given
        ? `${proxy} refused the user name and password that it was given. It is the proxy to take, as ${says}; put the right ones in there.`
        : `${proxy} asks who you are. It is the proxy to take, as ${says}: put user name and password into its address, or into the settings.`
      : `${proxy} wants to know who you are in a way that Latchkey does not speak. A helper on this computer that does, such as Px or Cntlm, can be named as the proxy instead.`,
    ...(schemes.length > 0 && { technical: schemes.join(', ') }),
  }),
  'answer-lost': ({ host }, { during, way }) =>
    ({
      'sign-in': {
        title: 'Claude’s answer got lost',
        explanation:
          'Claude was asked, but no complete answer came back. The code may be used up, so it is not sent again: sign in again.',
        technical: `${host}${viaWay(way)}`,
      },
      refresh: {
        title: 'Uncertain whether you are still signed in',
        explanation:
          'Claude was asked for a new token, but no complete answer came back. What renews your sign-in may be used up, so Latchkey tries twice at most. After that “Refresh now” may still help, and signing in again does.',
        technical: `${host}${viaWay(way)}`,
      },
      other: {
        title: 'Claude’s answer got lost',
        explanation: 'Claude was asked, but no complete answer came back.',
        technical: `${host}${viaWay(way)}`,
      },
    })[during],
  'answer-unexpected': ({ host, reason }) => ({
    ...(reason === ('not-the-issuer' satisfies AnswerOddity)
      ? {
          title: 'This sign-in is from another server',
          explanation:
            'The token host that is set did not give it, so that it is not asked to renew it. Set the one that did, or sign in again.',
        }
      : {
          title: 'Claude’s answer made no sense',
          explanation: 'Latchkey does not know answers like this one. Trying again later may help.',
        }),
    technical: `${host}: ${lookUp(answerOddities, reason)}`,
  }),
  'not-signed-in': ({ id }) => ({
    title: 'Not signed in',
    explanation: `There is no sign-in with the id “${id}”.`,
  }),
  'not-refreshable': () => ({
    title: 'This sign-in cannot be renewed',
    explanation:
      'Its entry in the config file lacks what renews it, or belongs to another program. It lasts until its token ends.',
  }),
  'login-locked': () => ({
    title: 'Another Latchkey is busy with this sign-in',
    explanation: 'It has been renewing or storing it for too long. Quit the other one, or try again.',
  }),
  'entry-removed': ({ path, copy, copied, goesOnAs }) => ({
    title: copied
      ? 'Your sign-in is not in the config file'
      : 'Your sign-in was taken out of the config file',
    explanation: copied
      ? `${path} does not hold it. ${copiedHere}`
      : `Another program removed it from ${path}. ${goesOn('It', goesOnAs) ?? (copy ? 'Latchkey still holds it and leaves the file alone until you decide.' : 'Latchkey has no copy of it.')}`,
  }),
  'entry-replaced': ({ path, copy, copied, goesOnAs }) => ({
    title: 'Your sign-in was replaced in the config file',
    explanation: copied
      ? `${path} holds another entry than the one that Latchkey knows. ${copiedHere}`
      : `Another program put an older or foreign entry into ${path}. ${goesOn('Your sign-in', goesOnAs) ?? (copy ? 'Latchkey still holds yours and leaves the file alone until you decide.' : 'Latchkey has no copy of yours.')}`,
  }),
  'nowhere-to-store': ({ path, reason }) => ({
    title: 'No room for a new token',
    explanation: `Claude was not asked, because the answer could be kept nowhere (${path}: ${lookUp(fileObstacles, reason)}). Your sign-in is untouched; ${isFull(reason) ? 'make room there' : 'fix that'}, then try again.`,
  }),
  'login-shared': ({ others, keep }) => ({
    title: 'One sign-in under several ids',
    explanation: `The config file holds this sign-in under ${others.map((id) => `“${id}”`).join(', ')} as well. Latchkey renews them together; signing out of one leaves the others.${keep === undefined ? '' : ` All but “${keep}” can be taken out without any loss.`}`,
  }),
  'id-shared': ({ id }) => ({
    title: 'Two sign-ins under one id',
    explanation: `Several entries of the config file have the id “${id}”, with different sign-ins. Latchkey keeps the first; give the other another id.`,
  }),
  'login-copied': ({ path }) => ({
    title: 'Claude Code has a copy of your sign-in',
    explanation: `It lies in ${path}, and what renews it works only once: whichever of the two comes second ends it for both. Give Claude Code one of its own by /login, or start it with latchkey exec.`,
  }),
  'expiry-not-understood': ({ path, value }) => ({
    title: 'Other programs will not renew this token',
    explanation: `Its end is written in ${path} in a form that they do not understand. Latchkey can correct it.`,
    technical: `expires_at: ${value}`,
  }),
  'test-forbidden': ({ status, message }) => ({
    title: 'The token test was refused',
    explanation: 'This is expected: such tokens are restricted to Claude Code. The token was saved.',
    technical: `HTTP ${status}${message === '' ? '' : `: ${message}`}`,
  }),
  'test-claude-code-only': () => ({
    title: 'For use with Claude Code only',
    explanation:
      'Claude says that this token is only authorized for use with Claude Code. This is expected, and the token was saved. For general API access use an API key.',
  }),
  'test-scope-missing': ({ scope }) => ({
    title: 'The account’s name stays unknown',
    explanation: 'The token may not read the profile. It was saved.',
    technical: `scope ${scope}`,
  }),
  'test-organization-not-allowed': () => ({
    title: 'Not allowed for this organisation',
    explanation:
      'The plan or an administrator of this organisation does not allow sign-ins of this kind. The token was saved, but may not work.',
  }),
  'test-token-expired': () => ({
    title: 'The new token has expired already',
    explanation: 'Claude calls it expired. The clock of this computer may be wrong.',
  }),
  'test-header-missing': () => ({
    title: 'A mistake in Latchkey',
    explanation:
      'Latchkey did not send something that Claude needs. The token was saved. Please report this.',
    technical: 'missing header',
  }),
  'config-unreadable': ({ path, reason }, context) => ({
    title: 'The config file cannot be read',
    explanation: `${path}: ${lookUp(fileObstacles, reason)}. It was not touched. ${isForbidden(reason) ? 'Check its permissions' : 'Fix that'}${meanwhile(context)}.`,
    crux: lookUp(fileObstacles, reason),
    ...(isForbidden(reason) && { technical: 'chmod 600' }),
  }),
  'config-not-yaml': ({ path, line, column }, context) => ({
    title: 'There is a mistake in the config file',
    explanation: `${path} breaks at line ${line}, column ${column}. It was not touched. Fix that line${meanwhile(context)}.`,
    crux: `line ${line}, column ${column}`,
    technical: 'not valid YAML',
  }),
  'config-shape': ({ path, at, expected }, context) => ({
    title: 'The config file is not laid out as expected',
    explanation: `In ${path}, ${configShapes[expected](at)}. It was not touched. Fix it${meanwhile(context)}.`,
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
    explanation: `There are secrets in ${path}, and other users of this computer can read them.`,
    technical: `mode ${mode}`,
  }),
  'config-made-private': ({ path, mode }) => ({
    title: 'Your config file is yours alone now',
    explanation: `Others could read ${path}. Since there are secrets in it now, they cannot any more.`,
    technical: `mode ${mode} → 0600`,
  }),
  'older-block': ({ path }) => ({
    title: 'A sign-in that nobody renews',
    explanation: `${path} holds it in an older form, which today’s programs do not read. Latchkey can take it over.`,
    technical: 'providers.anthropic.oauth',
  }),
  'entries-unreadable': ({ path, at }) => ({
    title: 'Entries that nobody can read',
    explanation: `Some entries in ${path} have no token, or are no entries at all. Programs skip them or fail on them; Latchkey leaves them as they are.`,
    technical: at,
  }),
  'file-in-git': ({ path, folder, tracked }) => ({
    title: tracked ? 'Your config file is in git' : 'Git does not ignore your config file',
    explanation: tracked
      ? `Git tracks ${path}: each commit takes your secrets along. “git rm --cached” takes the file out of the next one, and leaves those before it as they are.`
      : `${path} lies in a git work tree: one commit, and your secrets are in its history. Latchkey can have it ignored on this computer, without a change to .gitignore.`,
    technical: folder,
  }),
  'file-synced': ({ path, service, own }) => ({
    title: own ? 'Latchkey’s own folder is copied elsewhere' : 'Your config file is copied elsewhere',
    explanation: own
      ? `${service} copies ${path} to other computers, where another Latchkey takes what this one knows of its sign-ins for its own: sign-ins can be lost. Leave that folder out of what is synced.`
      : `${service} copies the folder of ${path} to other computers, your secrets with it, and may bring an old copy back. A folder that is not synced is the better place.`,
    technical: service,
  }),
  'no-key': () => ({
    title: 'No API key',
    explanation: 'There is none in the config file, and none of Latchkey’s in the keychain.',
  }),
  'key-unusable': ({ reason }) => ({ title: 'This is not an API key', explanation: apiKey.flaws[reason] }),
  'key-placeholder': ({ value }) => ({
    title: 'A placeholder stands in the place of the key',
    explanation: `${value} is filled in by the programs that read the file. What it stands for Latchkey cannot see, so it leaves it alone.`,
  }),
  'key-changed': () => ({
    title: 'Another API key stands there by now',
    explanation: 'It was left as it is.',
  }),
  'key-in-both': () => ({
    title: 'Two API keys',
    explanation:
      'The one in the config file counts, for Latchkey as well; another program may have put it there. The other one is kept in the keychain, and counts again once that one is removed.',
  }),
  'key-locked': ({ reason }) => ({
    title: 'The keychain does not open',
    explanation: `${keychainObstacles[reason]} The API key is there, and nowhere else.`,
  }),
  'key-missing': () => ({
    title: 'The keychain has lost the API key',
    explanation:
      'It was kept there and nowhere else, and is no longer there. Paste it again; the console makes a new one.',
  }),
  'key-not-kept': ({ reason }) => ({
    title: 'The keychain did not take the API key',
    explanation: `${keychainObstacles[reason]} Nothing has changed.`,
  }),
  'key-refused': () => ({
    title: 'Claude does not take the API key',
    explanation:
      'It was deleted or switched off, or a part of it is missing. Check it in the console, or make a new one there.',
    technical: 'HTTP 401',
  }),
  'key-forbidden': ({ message }) => ({
    title: 'The API key may not do this',
    explanation: 'Claude knows the key, but its workspace or organisation does not permit this.',
    technical: ['HTTP 403', ...(message === '' ? [] : [message])].join(', '),
  }),
  'key-no-credit': () => ({
    title: 'No credit left',
    explanation:
      'Claude knows the key, but there is no credit left. It works again once you have added some in the console.',
  }),
  'data-not-writable': ({ path, reason }) => ({
    title: 'The folder for settings cannot be written',
    explanation: `${path}: ${lookUp(fileObstacles, reason)}. Until that is fixed, settings and history last only until you quit.`,
  }),
  'data-set-aside': ({ path, setAsideAs }) => ({
    title: 'One of Latchkey’s files was unreadable',
    explanation: `${path} could not be understood. It was kept as ${setAsideAs} and a fresh one begun; your sign-ins are not affected.`,
  }),
  'keychain-unavailable': ({ reason }) => ({
    title: 'The system keychain is not available',
    explanation: `${keychainObstacles[reason]} Latchkey works without it and tries again later; it only holds a second copy of your tokens, which is in Latchkey’s own folder meanwhile.`,
  }),
  'secret-locked': ({ reason }) => ({
    title: KEYCHAIN_IS_THERE[reason] ? 'The keychain is locked' : 'The keychain cannot be reached',
    explanation: `${reason === 'locked' ? '' : `${keychainObstacles[reason]} `}What renews this sign-in is in the keychain and nowhere else. The token that was handed out works until it ends; ${KEYCHAIN_IS_THERE[reason] ? 'unlock the keychain, for instance in the system’s password manager, and' : 'once the keychain is there,'} Latchkey goes on.`,
  }),
  'secret-missing': ({ id }) => ({
    title: 'The keychain does not have this sign-in',
    explanation:
      'What renews it was kept there and nowhere else. If your passwords are in another keychain, or in a password manager that is not open, open that and refresh. Otherwise sign in again.',
    technical: `id: ${id}`,
  }),
  'storage-not-movable': ({ id, reason }) => ({
    title: 'It stays where it is',
    explanation: storageObstacles[reason],
    technical: `id: ${id}`,
  }),
  'clock-off': ({ seconds }, { lasting }) => ({
    title: 'The clock seems wrong',
    explanation: `The clocks of this computer and of Claude differ by ${lasting(Math.abs(seconds))}. Times shown may be off by as much. Check this computer’s date and time.`,
  }),
  'autostart-unchanged': ({ reason }) => ({
    title: 'Opening at start-up was not changed',
    explanation: `The system did not take the change (${lookUp(fileObstacles, reason)}).`,
  }),
  'command-not-placed': ({ path, reason }) => ({
    title: 'The command was not put on the path, or not taken off it',
    explanation: `Nothing was changed at ${path}: ${lookUp(fileObstacles, reason)}.`,
  }),
  'practice-failed': () => ({
    title: 'Practice ended with an error',
    explanation: 'It could not go on. Start it in a terminal to see why: npm start -- --practice.',
  }),
  'agent-not-served': ({ path, reason }) => ({
    title: 'Tokens cannot be served',
    explanation: `${path}: ${socketObstacles[reason]}.`,
    technical: reason,
  }),
  'agent-elsewhere': ({ path, by }) => ({
    title: 'Tokens are served already',
    explanation: `At ${path}, by ${by}. Both keep you signed in.`,
  }),
  'agent-unreachable': ({ path, reason }) => ({
    title: 'The agent does not answer',
    explanation: `LATCHKEY_AGENT is ${path}: ${socketObstacles[reason]}.`,
    technical: reason,
  }),
  'agent-request': ({ reason }) => ({
    title: 'The agent does not take this request',
    explanation:
      'There are GET /v1/token?account=ID&lasting=SECONDS and GET /v1/status. Of several accounts name one.',
    technical: reason,
  }),
  'agent-refused': ({ reason }) => ({
    title: 'No token was handed out',
    explanation:
      reason === 'denied' ? 'Its owner did not allow it.' : 'Its owner did not answer within 30 seconds.',
  }),
  internal: ({ message }) => ({
    title: 'Something went wrong',
    explanation: 'Latchkey met an error that it does not know. Please report this.',
    technical: message,
  }),
};
