import { browserPages } from '../../../src-main/oauth/browser-page.ts';
import { PRACTICE_KEYS } from './models-endpoint.ts';
import { PEOPLE, type Person } from './people.ts';

const pages = browserPages(
  'Latchkey practice',
  `
main { width: 100%; max-width: 28rem; background: var(--surface); border: 1px solid var(--line); border-radius: 16px;
  padding: 2rem }
h1 { font-size: 1.3rem }
.note { display: inline-block; margin: 0 0 1.25rem; padding: .2rem .75rem; border-radius: 99px; font-size: .85rem;
  font-weight: 600; background: var(--warning-soft); color: var(--warning) }
fieldset { margin: 1.25rem 0; padding: 0; border: 0; display: grid; gap: .5rem }
legend { position: absolute; clip-path: inset(50%) }
.who { display: flex; gap: .9rem; align-items: center; padding: .7rem 1rem; cursor: pointer;
  border: 1px solid var(--line); border-radius: 12px }
.who:hover { border-color: var(--edge) }
.who:has(:checked) { border-color: var(--accent); background: var(--accent-soft) }
.who input { flex: none; width: 1rem; height: 1rem; margin: 0; padding: 0; accent-color: var(--accent) }
.who > :last-child { display: grid; line-height: 1.45 }
.who > :last-child > span { color: var(--quiet); font-size: .9rem }
.initial { flex: none; display: grid; place-content: center; width: 2.5rem; height: 2.5rem; border-radius: 50%;
  background: var(--accent); color: var(--on-accent); font-weight: 700 }
ul { margin: .25rem 0 1.5rem; padding-left: 1.2rem; color: var(--quiet) }
.buttons { display: flex; gap: .75rem }
button { flex: 1; padding: .7rem 1rem; border-radius: 8px; border: 1px solid var(--edge); background: var(--surface);
  color: inherit; font: inherit; font-weight: 600; cursor: pointer }
button.primary { background: var(--accent); border-color: transparent; color: var(--on-accent) }
button.primary:hover { background: var(--accent-pressed) }
input[readonly] { width: 100%; margin-top: 1rem; padding: .7rem .9rem; border-radius: 8px; border: 1px solid var(--edge);
  background: var(--ground); color: inherit; font: .95rem ui-monospace, monospace }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
`,
);

/**
 * @param returnsTo where the page's form leads in the end: Chromium holds the redirects after a form against
 *   `form-action`, too
 */
export function pageHeaders(returnsTo = ''): Record<string, string> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': pages.policy(returnsTo === '' ? undefined : `'self' ${returnsTo}`),
  };
}

function page(title: string, content: string): string {
  return pages.page('en', escaped(title), `<p class="note">Practice server — no real account</p>${content}`);
}

const SCOPE_WORDS: Readonly<Record<string, string>> = {
  'org:create_api_key': 'Create API keys for your organisation',
  'user:profile': 'Read your profile',
  'user:inference': 'Use Claude with your subscription',
  'user:sessions:claude_code': 'Use your Claude Code sessions',
  'user:mcp_servers': 'Use your MCP servers',
  'user:file_upload': 'Upload files for you',
};

export function approvalPage(action: string, scopes: readonly string[]): string {
  const items = scopes.map((scope) => `<li>${escaped(SCOPE_WORDS[scope] ?? scope)}</li>`).join('');
  return page(
    'Approve the sign-in',
    `<h1>Latchkey would like to sign in</h1>
<form method="post" action="${escaped(action)}">
<fieldset><legend>As</legend>${PEOPLE.map(choice).join('')}</fieldset>
<p>It will be able to:</p><ul>${items}</ul>
<div class="buttons"><button name="decision" value="deny">Deny</button>
<button class="primary" name="decision" value="approve">Approve</button></div>
</form>`,
  );
}

function choice({ uuid, email, fullName, organization }: Person, index: number): string {
  return `<label class="who"><input type="radio" name="person" value="${uuid}"${index === 0 ? ' checked' : ''}>
<span class="initial" aria-hidden="true">${escaped(fullName.charAt(0))}</span>
<span><b>${escaped(fullName)}</b><span>${escaped(email)}</span><span>${escaped(organization.name)}</span></span></label>`;
}

export function codePage(code: string): string {
  return page(
    'Your code',
    `<h1>Copy this code into Latchkey</h1>
<p>It works once, and only for the sign-in that you have just approved.</p>
<input readonly autofocus aria-label="Code" value="${escaped(code)}">`,
  );
}

const KEY_NAMES: Readonly<Record<keyof typeof PRACTICE_KEYS, string>> = {
  good: 'One that works',
  forbidden: 'One whose workspace does not permit it',
  limited: 'One that is throttled',
  nocredit: 'One without credit',
};

/** In the place of the console: keys to try each answer with. */
export function keysPage(): string {
  const fields = Object.entries(KEY_NAMES).map(
    ([name, does]) =>
      `<p>${escaped(does)}<input readonly aria-label="${escaped(does)}" value="${PRACTICE_KEYS[name as keyof typeof PRACTICE_KEYS]}"></p>`,
  );
  return page('API keys', `<h1>API keys of practice</h1>${fields.join('')}<p>Any other is refused.</p>`);
}

export function errorPage(message: string): string {
  return page('Not possible', `<h1>This sign-in is not possible</h1><p>${escaped(message)}</p>`);
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
