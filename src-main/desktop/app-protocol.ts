import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol, type Session } from 'electron';

const SCHEME = 'app';
const HOST = 'latchkey';
/** The window's origin: a scheme of our own, because `file:` pages may read any file. */
export const APP_ORIGIN = `${SCHEME}://${HOST}`;
export const PAGE_URL = `${APP_ORIGIN}/index.html`;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
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

/**
 * Serves the built renderer, and nothing outside its folder, to one session.
 *
 * @param drawPage makes the page out of the built one, each time it is asked for
 */
export function serveApp(
  session: Session,
  folder: string,
  drawPage: (template: string) => Promise<string>,
): void {
  session.protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url);
    const path = join(folder, normalize(decodeURIComponent(url.pathname)));
    const contentType = CONTENT_TYPES[extname(path)];
    if (url.host !== HOST || !path.startsWith(folder + sep) || contentType === undefined) {
      return new Response(null, { status: 404 });
    }
    const built = await readBuilt(path);
    if (built === null) return new Response(null, { status: 404 });
    const content = url.href === PAGE_URL ? await drawPage(built) : built;
    return new Response(content, {
      headers: {
        'Content-Type': contentType,
        'Content-Security-Policy': contentSecurityPolicy(built),
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
      },
    });
  });
}

/** A built file; what is large lies there compressed (vite.config.ts). `null` where there is none. */
async function readBuilt(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    const compressed = await readFile(`${path}.br`).catch(() => null);
    if (compressed === null) return null;
    const { brotliDecompress } = await import('node:zlib');
    const { promisify } = await import('node:util');
    return String(await promisify(brotliDecompress)(compressed));
  }
}

/** @param built as it was built: nothing that was drawn into it since can allow itself */
function contentSecurityPolicy(built: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styleHash(built) ?? "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

/** The page's own styles, by their hash, and no others. */
function styleHash(page: string): string | null {
  const styles = /<style>([^]*?)<\/style>/.exec(page)?.[1];
  if (styles === undefined) return null;
  return `'sha256-${createHash('sha256').update(styles).digest('base64')}'`;
}
