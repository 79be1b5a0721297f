import { createHash } from 'node:crypto';

/*
 * Pages that a browser shows: one look, that of the window (`src-renderer/styles/tokens.css`), in both themes. They load
 * nothing and run no script.
 */

/** Colours, and what stands on every page: the ground, the product's mark and name, a title, a few lines. */
const BASE = `
:root { color-scheme: light dark;
  --ground: light-dark(#f5f7f6, #131716); --surface: light-dark(#ffffff, #1c2221);
  --line: light-dark(#dde4e1, #323b38); --edge: light-dark(#7f8b87, #74817d);
  --text: light-dark(#17211f, #e7eeeb); --quiet: light-dark(#55625e, #a5b2ae);
  --accent: light-dark(#0b6b60, #5fcbb9); --on-accent: light-dark(#ffffff, #06231f);
  --accent-pressed: light-dark(#08564d, #84dccd); --accent-soft: light-dark(#dcefeb, #17332f);
  --warning: light-dark(#855400, #efb958); --warning-soft: light-dark(#fbf0d9, #322810) }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; grid-template-rows: 1fr auto 1.4fr; justify-items: center;
  padding: 1.5rem; font: 16px/1.55 system-ui, sans-serif; background: var(--ground); color: var(--text) }
body:lang(ja) { font-family: 'Hiragino Sans', 'Yu Gothic UI', 'Noto Sans CJK JP', 'IPAPGothic', system-ui, sans-serif;
  line-break: strict; word-break: auto-phrase }
.brand { align-self: start; justify-self: start; display: flex; gap: .6rem; align-items: center; margin: 0;
  font-weight: 600; color: var(--quiet) }
.brand svg { width: 1.75rem; height: 1.75rem }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25; letter-spacing: -.01em; text-wrap: balance;
  overflow-wrap: anywhere }
h1:lang(ja) { letter-spacing: 0 }
p { margin: 0; color: var(--quiet); text-wrap: pretty; overflow-wrap: anywhere }
`;

/** The app's icon (`assets/icons/src/app.svg`). */
const MARK = `<svg viewBox="0 0 64 64" aria-hidden="true"><defs>
<linearGradient id="door" x2="0" y2="1"><stop stop-color="#1aa494"/><stop offset="1" stop-color="#0b6b60"/></linearGradient>
<linearGradient id="plate" x2="0" y2="1"><stop stop-color="#ffffff"/><stop offset="1" stop-color="#dcefeb"/></linearGradient>
</defs><rect x="3" y="3" width="58" height="58" rx="14" fill="url(#door)"/>
<circle cx="32" cy="33.5" r="20" fill="#063f38" fill-opacity="0.35"/>
<path fill="url(#plate)" fill-rule="evenodd" d="M32 12a20 20 0 1 1 0 40 20 20 0 0 1 0-40Zm2.7 21.2a6 6 0 1 0-5.4 0L26.5 43.5h11Z"/>
</svg>`;

/** A family of pages with rules of their own beside the common ones. */
export interface BrowserPages {
  /**
   * @param title text of the page's title, where the product's name is added
   * @param content HTML of its `main`
   */
  readonly page: (locale: string, title: string, content: string) => string;
  /** The content security policy: nothing but these styles, and what `formAction` names. */
  readonly policy: (formAction?: string) => string;
}

/** @param style CSS beside what all pages have */
export function browserPages(name: string, style: string): BrowserPages {
  const whole = BASE + style;
  const hash = createHash('sha256').update(whole).digest('base64');
  return {
    page: (locale, title, content) => `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} – ${name}</title>
<style>${whole}</style>
</head>
<body>
<p class="brand">${MARK}${name}</p>
<main>
${content}
</main>
</body>
</html>
`,
    policy: (formAction = "'none'") =>
      [
        "default-src 'none'",
        `style-src 'sha256-${hash}'`,
        `form-action ${formAction}`,
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
  };
}
