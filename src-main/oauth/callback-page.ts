import { browserPages } from './browser-page.ts';

/** A page of fixed texts: nothing of the request is in it. */
export interface CallbackPage {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

const pages = browserPages(
  'Latchkey',
  `
main { max-width: 28rem; text-align: center }
.outcome { width: 5rem; height: 5rem; margin-bottom: 1.25rem; fill: none; stroke-width: 3.5; stroke-linecap: round;
  stroke-linejoin: round }
.outcome circle { fill: var(--accent-soft) }
.outcome path { stroke: var(--accent) }
.declined circle { fill: var(--warning-soft) }
.declined path { stroke: var(--warning) }
`,
);

/** What the browser shows at last, and in which language. */
export interface CallbackTexts {
  /** BCP 47 */
  readonly locale: string;
  readonly approved: { readonly title: string; readonly text: string };
  readonly declined: { readonly title: string; readonly text: string };
}

/** Shown after the browser came back with a code; whether the exchange succeeds is for the app to tell. */
export function approvedPage({ locale, approved }: CallbackTexts): CallbackPage {
  return page('approved', locale, approved, 'M28 41.5l8.5 8 16-18');
}

/** Shown after the browser came back with an error. */
export function declinedPage({ locale, declined }: CallbackTexts): CallbackPage {
  return page('declined', locale, declined, 'M30 30l20 20M50 30L30 50');
}

/** @param text of ours, and without any mark of HTML */
function page(
  kind: 'approved' | 'declined',
  locale: string,
  { title, text }: CallbackTexts['approved'],
  drawing: string,
): CallbackPage {
  return {
    contentSecurityPolicy: pages.policy(),
    html: pages.page(
      locale,
      title,
      `<svg class="outcome ${kind}" viewBox="0 0 80 80" aria-hidden="true"><circle cx="40" cy="40" r="40"/><path d="${drawing}"/></svg>
<h1>${title}</h1>
<p>${text}</p>`,
    ),
  };
}
