import { createHash } from 'node:crypto';

/** A page of fixed texts: nothing of the request is in it. */
export interface CallbackPage {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

const style = `
:root { color-scheme: light dark }
body { margin: 0; min-height: 100vh; display: grid; place-content: center; text-align: center;
  font: 16px/1.5 system-ui, sans-serif; background: #f7f6f3; color: #23211d }
main { max-width: 26rem; padding: 2rem }
svg { width: 56px; height: 56px; fill: none; stroke: #2f7d5b; stroke-width: 3; stroke-linecap: round;
  stroke-linejoin: round }
.declined svg { stroke: #a15c1d }
h1 { font-size: 1.35rem; margin: 1rem 0 .25rem }
p { margin: 0; color: #5c5850 }
@media (prefers-color-scheme: dark) {
  body { background: #1b1a18; color: #f1efea } p { color: #b5b0a6 }
  svg { stroke: #6cc79c } .declined svg { stroke: #e0a367 }
}`;

const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What the browser shows at last, and in which language. */
export interface CallbackTexts {
  /** BCP 47 */
  readonly locale: string;
  readonly approved: { readonly title: string; readonly text: string };
  readonly declined: { readonly title: string; readonly text: string };
}

/** Shown after the browser came back with a code; whether the exchange succeeds is for the app to tell. */
export function approvedPage({ locale, approved }: CallbackTexts): CallbackPage {
  return page('approved', locale, approved, 'M15 25l6 6 12-13');
}

/** Shown after the browser came back with an error. */
export function declinedPage({ locale, declined }: CallbackTexts): CallbackPage {
  return page('declined', locale, declined, 'M17 17l14 14M31 17L17 31');
}

/** @param text of ours, and without any mark of HTML */
function page(
  kind: 'approved' | 'declined',
  locale: string,
  { title, text }: CallbackTexts['approved'],
  drawing: string,
): CallbackPage {
  return {
    contentSecurityPolicy,
    html: `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} – Latchkey</title>
<style>${style}</style>
</head>
<body class="${kind}">
<main>
<svg viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="21"/><path d="${drawing}"/></svg>
<h1>${title}</h1>
<p>${text}</p>
</main>
</body>
</html>
`,
  };
}
