import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol, type Session } from 'electron';

const SCHEME = 'app';
const HOST = 'latchkey';
/** The window's origin: a scheme of our own, because `file:` pages may read any file. */
export const APP_ORIGIN = `${SCHEME}://${HOST}`;

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** To be called before Electron is ready: only then can a scheme become a standard, secure one. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
}

/**
 * Makes Node load what it answers requests with (`Response`, and with it `fetch` and HTTP/2), which it does at the first
 * use only: that takes 50 ms, which the first opening of the window need not wait for.
 */
export function loadResponses(): void {
  Response.error();
}

/** Serves the built renderer, and nothing outside its folder, to one session. */
export function serveApp(session: Session, folder: string): void {
  session.protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url);
    const path = join(folder, normalize(decodeURIComponent(url.pathname)));
    const contentType = CONTENT_TYPES[extname(path)];
    if (url.host !== HOST || !path.startsWith(folder + sep) || contentType === undefined) {
      return new Response(null, { status: 404 });
    }
    const content = await readFile(path).catch(() => null);
    if (content === null) return new Response(null, { status: 404 });
    return new Response(content, {
      headers: {
        'Content-Type': contentType,
        'Content-Security-Policy': CONTENT_SECURITY_POLICY,
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
      },
    });
  });
}
