import { HOUR, MINUTE, SECOND } from '../../src-main/domain/instant.ts';

/** What becomes of one token request. */
export const MOODS = {
  down: 'answers 502 and does nothing',
  limited: 'asks for patience (429)',
  unreachable: 'cannot be reached',
  'answer lost': 'does it, and a gateway answers 504',
  'answer cut': 'does it, and its answer breaks off before the tokens',
  'answer torn': 'does it, and its answer breaks off after the tokens',
  'half an answer': 'does it, and leaves the access token out',
  'not rotated': 'leaves the refresh token as it is',
  'short life': 'gives an access token that lives for minutes',
} as const;
export type Mood = keyof typeof MOODS;

/** One login: a row of refresh tokens, of which the last one lives. */
export interface Family {
  readonly person: string;
  current: string;
  access: string;
  accessEnds: number;
  /** When its last tokens were got, as the walk's count of events, and by whom. */
  turnedAt: number;
  turnedBy: 'latchkey' | 'another program';
  /** The app or a command has received its last tokens, or seen them in the file. A container offers what it has itself. */
  isKnown: boolean;
  isOver: boolean;
  /** Why nobody has to keep it; `null` while it has to be kept. */
  givenUp: 'signed out' | 'signed in anew' | 'gone' | null;
}

/** A refresh token that something was got for. */
interface Spent {
  readonly by: string;
  readonly next: string;
  /** Latchkey received, or saw, what was got for it. */
  isKnown: boolean;
}

export class UnreachableError extends Error {}

/** The name of the process in a container, whose data folder is its own. */
export const CONTAINER = 'a container';
const LIFE = 8 * HOUR;

/** A token service as `facts.md` section 1 has it: a refresh token goes once, and one that is spent ends its login. */
export class TokenService {
  readonly families: Family[] = [];
  readonly moods: Mood[] = [];
  /** Its token answers tell whose a login is; its profiles always do. */
  tellsOwner = true;
  /** What Latchkey did that it must never do. */
  readonly offences: { readonly kind: string; readonly told: string }[] = [];
  /** The walk's count of events. */
  turn = 0;
  readonly #now: () => number;
  readonly #byRefresh = new Map<string, Family>();
  readonly #byAccess = new Map<string, Family>();
  readonly #spent = new Map<string, Spent>();
  readonly #codes = new Map<string, string>();
  #serial = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Another program signs a person in; or Latchkey does. */
  signIn(person: string, turnedBy: Family['turnedBy'] = 'another program'): Family {
    const tokens = { current: '', access: '', accessEnds: 0, turnedAt: 0 };
    const family: Family = { person, ...tokens, turnedBy, isKnown: false, isOver: false, givenUp: null };
    this.families.push(family);
    this.#turn(family, turnedBy);
    return family;
  }

  /** Another program renews a login. */
  renew(family: Family): void {
    const sent = family.current;
    this.#turn(family, 'another program');
    this.#spent.set(sent, { by: 'another program', next: family.current, isKnown: false });
  }

  /** A code for the callback, as the person who approves gets it. */
  approve(person: string): string {
    this.#serial += 1;
    const code = `code-${this.#serial}`;
    this.#codes.set(code, person);
    return code;
  }

  /** The living login that one of an entry's tokens is of. */
  livingBy(refreshToken: string | undefined, accessToken?: string): Family | undefined {
    const found = this.#byRefresh.get(refreshToken ?? '') ?? this.#byAccess.get(accessToken ?? '');
    const isCurrent = refreshToken === undefined || found?.current === refreshToken;
    return found !== undefined && isCurrent && !found.isOver ? found : undefined;
  }

  /** Latchkey has looked at a text, and can write down what it saw. */
  seen(text: string, by: string): void {
    for (const family of this.families) family.isKnown ||= by !== CONTAINER && text.includes(family.current);
    for (const spent of this.#spent.values()) spent.isKnown ||= text.includes(spent.next);
  }

  /** @throws UnreachableError */
  token(body: Readonly<Record<string, string>>, by: string): Response {
    const mood = this.moods.shift() ?? 'well';
    if (mood === 'unreachable') throw new UnreachableError();
    if (mood === 'down') return this.#refusal(502, 'api_error');
    if (mood === 'limited') return this.#refusal(429, 'rate_limit_error', { 'retry-after': '60' });
    const isHeard = mood !== 'answer lost' && mood !== 'answer cut';
    const life = mood === 'short life' ? 10 * MINUTE : LIFE;
    const sent = body['refresh_token'];
    const family = sent === undefined ? this.#approved(body['code']) : this.#presented(sent, by);
    if (family === undefined) return this.#refusal(400, 'invalid_grant');
    if (sent !== undefined && mood === 'not rotated') this.#giveAccess(family, life);
    else if (sent !== undefined) {
      this.#turn(family, 'latchkey', life);
      this.#spent.set(sent, { by, next: family.current, isKnown: isHeard });
    }
    family.isKnown = isHeard && by !== CONTAINER;
    // A sign-in without one of the tokens is a listed way.
    const isWhole = sent === undefined && (mood === 'not rotated' || mood === 'half an answer');
    return this.#answer(family, isWhole ? 'well' : mood, life);
  }

  profile(accessToken: string): Response {
    const family = this.#byAccess.get(accessToken);
    if (family === undefined || family.isOver || this.#now() > family.accessEnds)
      return this.#refusal(401, 'authentication_error');
    const { account, organization } = ownerOf(family);
    return this.#json(200, {
      account: { uuid: account.uuid, email: account.email_address, display_name: null, full_name: null },
      organization: { ...organization, organization_type: null },
    });
  }

  revoke(token: string): Response {
    const family = this.#byRefresh.get(token);
    if (family !== undefined && !family.isOver) {
      if (family.givenUp === null)
        this.offences.push({ kind: 'revoked', told: `${family.person}’s login, which nobody gave up` });
      family.isOver = true;
    }
    return this.#json(200, {});
  }

  #approved(code = ''): Family | undefined {
    const person = this.#codes.get(code);
    this.#codes.delete(code);
    return person === undefined ? undefined : this.signIn(person, 'latchkey');
  }

  /** Whose living token it is; a spent one ends its login. */
  #presented(token: string, by: string): Family | undefined {
    const family = this.#byRefresh.get(token);
    if (family === undefined || family.isOver) return undefined;
    if (family.current === token) return family;
    family.isOver = true;
    const spent = this.#spent.get(token);
    // Of one whose last tokens are gone nobody can know that the ones before are spent.
    if (spent?.isKnown === true && family.givenUp !== 'gone') {
      const told = `${by} presents a token of ${family.person}’s that ${spent.by} had spent`;
      this.offences.push({ kind: 'presented twice', told });
    }
    return undefined;
  }

  #turn(family: Family, by: Family['turnedBy'], life = LIFE): void {
    this.#serial += 1;
    family.current = `sk-ant-ort01-${family.person}-${this.#serial}-${'r'.repeat(70)}`;
    family.turnedAt = this.turn;
    family.turnedBy = by;
    family.isKnown = false;
    this.#byRefresh.set(family.current, family);
    this.#giveAccess(family, life);
  }

  #giveAccess(family: Family, life: number): void {
    this.#serial += 1;
    family.access = `sk-ant-oat01-${family.person}-${this.#serial}-${'a'.repeat(70)}`;
    family.accessEnds = this.#now() + life;
    this.#byAccess.set(family.access, family);
  }

  #answer(family: Family, mood: Mood | 'well', life: number): Response {
    const tokens = { access_token: family.access, refresh_token: family.current };
    const rest = { token_type: 'Bearer', expires_in: life / SECOND, scope: 'user:profile user:inference' };
    switch (mood) {
      case 'answer lost':
        return this.#refusal(504, 'timeout');
      case 'answer cut':
        return new Response(brokenOff('{"token_type":"Bea'));
      case 'answer torn':
        return new Response(brokenOff(JSON.stringify({ ...tokens, ...rest }).slice(0, -15)));
      case 'half an answer':
        return this.#json(200, { refresh_token: family.current, token_type: 'Bearer' });
      case 'not rotated':
        return this.#json(200, { access_token: family.access, ...rest });
      default:
        return this.#json(200, { ...tokens, ...rest, ...(this.tellsOwner ? ownerOf(family) : {}) });
    }
  }

  #refusal(status: number, type: string, headers: Record<string, string> = {}): Response {
    return this.#json(status, { type: 'error', error: { type, message: type } }, headers);
  }

  #json(status: number, what: object, headers: Record<string, string> = {}): Response {
    const date = new Date(this.#now()).toUTCString();
    return new Response(JSON.stringify(what), {
      status,
      headers: { 'content-type': 'application/json', date, ...headers },
    });
  }
}

function ownerOf({ person }: Family) {
  return {
    account: { uuid: person, email_address: `${person}@example.org` },
    organization: { uuid: `org-${person}`, name: person },
  };
}

function brokenOff(text: string): ReadableStream<Uint8Array> {
  let isSent = false;
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    if (isSent) controller.error(new Error('the connection was reset'));
    else controller.enqueue(new TextEncoder().encode(text));
    isSent = true;
  };
  return new ReadableStream({ pull }, { highWaterMark: 0 });
}
