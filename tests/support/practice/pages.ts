import { createHash } from 'node:crypto';
import { PEOPLE, type Person } from './people.ts';

const style = `
:root { color-scheme: light dark; --bg: #f7f6f3; --card: #fff; --ink: #23211d; --soft: #6a655b; --line: #e4e0d8;
  --accent: #2f7d5b; --accent-ink: #fff; --note: #fdf3dc; --note-ink: #6d4c0a }
@media (prefers-color-scheme: dark) { :root { --bg: #1b1a18; --card: #262421; --ink: #f1efea; --soft: #b5b0a6;
  --line: #3a3732; --accent: #6cc79c; --accent-ink: #10231a; --note: #3a2f16; --note-ink: #f0d493 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem;
  font: 16px/1.55 system-ui, sans-serif; background: var(--bg); color: var(--ink) }
main { width: 100%; max-width: 27rem; background: var(--card); border: 1px solid var(--line); border-radius: 16px;
  padding: 2rem; box-shadow: 0 8px 30px rgb(0 0 0 / .06) }
.note { display: inline-block; margin: 0 0 1.25rem; padding: .2rem .7rem; border-radius: 99px; font-size: .85rem;
  font-weight: 600; background: var(--note); color: var(--note-ink) }
h1 { margin: 0 0 .5rem; font-size: 1.3rem; line-height: 1.3; text-wrap: balance; overflow-wrap: anywhere }
p { margin: 0 0 1rem; color: var(--soft); overflow-wrap: anywhere }
p:last-child { margin: 0 }
fieldset { margin: 1.25rem 0; padding: 0; border: 0; display: grid; gap: .5rem }
legend { position: absolute; clip-path: inset(50%) }
.who { display: flex; gap: .9rem; align-items: center; padding: .7rem 1rem; cursor: pointer;
  border: 1px solid var(--line); border-radius: 12px }
.who:has(:checked) { border-color: var(--accent) }
.who input { flex: none; width: 1rem; height: 1rem; margin: 0; padding: 0; accent-color: var(--accent) }
.who > :last-child { display: grid; line-height: 1.45 } .who > :last-child > span { color: var(--soft); font-size: .9rem }
.initial { flex: none; display: grid; place-content: center; width: 2.5rem; height: 2.5rem; border-radius: 50%;
  background: var(--accent); color: var(--accent-ink); font-weight: 700 }
ul { margin: 0 0 1.5rem; padding-left: 1.2rem; color: var(--soft) }
.buttons { display: flex; gap: .75rem }
button { flex: 1; padding: .7rem 1rem; border-radius: 10px; border: 1px solid var(--line); background: transparent;
  color: inherit; font: inherit; font-weight: 600; cursor: pointer }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-ink) }
input { width: 100%; padding: .7rem .9rem; border-radius: 10px; border: 1px solid var(--line); background: var(--bg);
  color: inherit; font: .95rem ui-monospace, monospace }
button:focus-visible, input:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
`;

const STYLE_HASH = createHash('sha256').update(style).digest('base64');

/**
 * @param returnsTo where the page's form leads in the end: Chromium holds the redirects after a form against
 *   `form-action`, too
 */
export function pageHeaders(returnsTo = ''): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    `form-action ${returnsTo === '' ? "'none'" : `'self' ${returnsTo}`}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': policy.join('; '),
  };
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)} – Latchkey practice</title><style>${style}</style></head>
<body><main><p class="note">Practice server — no real account</p>${content}</main></body></html>`;
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

export function errorPage(message: string): string {
  return page('Not possible', `<h1>This sign-in is not possible</h1><p>${escaped(message)}</p>`);
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
