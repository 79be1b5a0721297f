import { keepsFromWriting } from '../domain/config-failure.ts';
import type { Failure } from '../domain/failure.ts';
import type { Instant } from '../domain/instant.ts';
import { HOUR, MINUTE, SECOND } from '../domain/instant.ts';
import type { SignIn, SignInStepId } from '../domain/sign-in.ts';
import type { SummaryFacts } from '../login/account-desk.ts';
import { failureText } from './failure-text.ts';
import { ENGLISH } from './english.ts';
import type { Line } from './line.ts';
import { localTime } from './local-time.ts';

const RULE = '='.repeat(71);

export interface ReportContext {
  /** The config file as a person writes it, `~` for home. */
  readonly configFile: string;
  /** Where to approve, as `address.ts` shows it; nothing until it is known. */
  readonly address: readonly Line[];
  readonly opensBrowser: boolean;
  readonly now: Instant;
}

/** What comes before the first step, in the seed's words. */
export function introduction({ configFile }: Pick<ReportContext, 'configFile'>): readonly string[] {
  return [
    RULE,
    'Anthropic OAuth Authentication (Authorization Code Flow)',
    RULE,
    '',
    'This tool will guide you through authenticating with Anthropic using OAuth.',
    'After successful authentication, your credentials will be saved to:',
    `  ${configFile}`,
    '',
    'NOTE: Anthropic OAuth is primarily designed for Claude Code.',
    'These credentials may have limited API access compared to regular API keys.',
  ];
}

/** The lines that a change of the attempt adds, step by step as the seed shows them. */
export function signInLines(before: SignIn, after: SignIn, context: ReportContext): readonly Line[] {
  const { retryAt } = after;
  if (retryAt !== null && retryAt !== before.retryAt) {
    const { format, signIn } = ENGLISH;
    return [`  ${signIn.askedToWait(format.lasting((retryAt - context.now) / SECOND))}`];
  }
  return after.steps.flatMap((step) => {
    const was = before.steps.find(({ id }) => id === step.id);
    if (was?.status === step.status) return [];
    if (step.status === 'active') return STARTED[step.id](context);
    if (step.status === 'done') return ENDED[step.id](after, context);
    if (step.status === 'warning')
      return [...ENDED[step.id](after, context), ...warning(step.id, step.notice)];
    return [];
  });
}

type Lines = readonly Line[];

const STARTED: Record<SignInStepId, (context: ReportContext) => Lines> = {
  pkce: () => [],
  'callback-server': () => ['', 'Step 1: Starting local callback server...'],
  browser: ({ address, opensBrowser }) => [
    '',
    'Step 3: Please authenticate in your browser:',
    '',
    ...address,
    ...(opensBrowser ? ['', 'Opening browser automatically...'] : []),
  ],
  approval: () => [
    '',
    'Step 4: Waiting for authorization...',
    '  (Complete the authentication in your browser)',
  ],
  exchange: () => ['', 'Step 5: Exchanging code for access token...'],
  save: () => ['', 'Step 6: Saving tokens to config...'],
  test: () => ['', 'Step 7: Testing token...'],
  done: () => [],
};

const ENDED: Record<SignInStepId, (signIn: SignIn, context: ReportContext) => Lines> = {
  pkce: () => [],
  'callback-server': ({ redirectUri }) => [
    `✓ Callback server started on ${redirectUri ?? ''}`,
    '',
    'Step 2: Building authorization URL...',
    '✓ Authorization URL ready!',
  ],
  browser: () => [],
  approval: () => ['', '✓ Authorization code received!'],
  exchange: () => ['✓ Access token obtained!'],
  save: ({ steps }, { configFile }) => {
    const notice = steps.find(({ id }) => id === 'save')?.notice ?? null;
    return notice === null || !keepsFromWriting(notice)
      ? [`✓ Tokens saved to ${configFile}`]
      : ['✓ Tokens kept safe, but not in the config file'];
  },
  test: ({ steps }) =>
    steps.some(({ id, status }) => id === 'test' && status === 'warning') ? [] : ['✓ Token works!'],
  done: () => [],
};

function warning(step: SignInStepId, notice: Failure | null): Lines {
  if (notice === null) return [];
  const isKeptAside = step === 'save' && keepsFromWriting(notice);
  const { title, explanation } = failureText(notice, 'other', isKeptAside);
  return [`⚠ Warning: ${title}`, `  Note: ${explanation}`];
}

/** What stands at the end of a sign-in that succeeded. */
export function summary(facts: SummaryFacts, now: Instant): readonly string[] {
  const { accessTokenStart, refreshTokenStart, accessExpiresAt } = facts;
  return [
    '',
    RULE,
    'Authentication Complete',
    RULE,
    '',
    `  Access Token:  ${accessTokenStart}... (first 10 chars)`,
    ...(refreshTokenStart === null ? [] : [`  Refresh Token: ${refreshTokenStart}... (first 10 chars)`]),
    `  Expires:       ${accessExpiresAt === null ? 'without a known end' : end(accessExpiresAt, now)}`,
    '',
    'You can now use the Anthropic provider with OAuth authentication!',
    '',
    'Important: These OAuth credentials are designed for Claude Code.',
    'For general API access, consider using an API key from console.anthropic.com',
  ];
}

/** "2025-11-18 09:30:00 (23h 59m)" */
function end(instant: Instant, now: Instant): string {
  return `${localTime(instant)} (${remaining(instant - now)})`;
}

/** "23h 59m" */
function remaining(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  return `${Math.floor(ms / HOUR)}h ${Math.floor((ms % HOUR) / MINUTE)}m`;
}
