import { parseArgs } from 'node:util';

/** Loopback names only: this approves whatever it is shown, so it must never be shown the real thing. */
function asLoopback(url: string, base?: string): URL {
  // Not `new URL`, whose error quotes the URL and so its `state`.
  const parsed = URL.parse(url, base);
  if (parsed?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(parsed.hostname)) {
    return parsed;
  }
  throw new Error('practice approves on this machine only');
}

/** Where a browser is; `response` is `null` for what is not the authorization server's, and was not opened yet. */
interface Place {
  readonly url: URL;
  readonly response: Response | null;
}

/**
 * Does over plain HTTP what a person does in a browser: opens the authorization URL, presses Approve (or Deny) and
 * lets the browser come back to the app.
 *
 * @param person the uuid of one of `PEOPLE`; the first where it is left out
 * @param beforeReturn called when all that is left is to come back to the app
 * @throws when the page has no such button, or a redirect leaves this machine
 */
export async function approve(
  authorizationUrl: string,
  {
    deny = false,
    person,
    beforeReturn = () => undefined,
  }: { deny?: boolean; person?: string | undefined; beforeReturn?: () => void } = {},
): Promise<void> {
  const at = await decide(authorizationUrl, deny ? 'deny' : 'approve', person);
  if (at.response !== null) throw new Error('the authorization server did not come back to the app');
  beforeReturn();
  await (await fetch(at.url)).text();
}

/**
 * The same with the authorization URL that ends on a page with the code: what a person copies from there.
 *
 * @throws when it ends elsewhere
 */
export async function approveManually(authorizationUrl: string): Promise<string> {
  const { response } = await decide(authorizationUrl, 'approve');
  const code = /<input readonly [^>]*value="([^"]+)"/.exec((await response?.text()) ?? '')?.[1];
  if (code === undefined) throw new Error('the authorization server shows no code to copy');
  return code.replace(/&#(\d+);/g, (_, number: string) => String.fromCharCode(Number(number)));
}

/**
 * Approves in a browser on another machine than the app's, where the redirect to `localhost` finds nobody: what a person
 * copies from its address bar.
 *
 * @throws when the authorization server does not send the browser back to the app
 */
export async function approveElsewhere(authorizationUrl: string): Promise<string> {
  const { url, response } = await decide(authorizationUrl, 'approve');
  if (response !== null) throw new Error('the authorization server did not send the browser back');
  return url.href;
}

/** Opens the authorization URL, presses a button, and tells where that leads. */
async function decide(
  authorizationUrl: string,
  decision: 'approve' | 'deny',
  person?: string,
): Promise<Place> {
  const start = asLoopback(authorizationUrl);
  const cookies = new Map<string, string>();

  /** Follows redirects while they stay on the authorization server. */
  const visit = async (url: URL, init: RequestInit = {}): Promise<Place> => {
    if (url.host !== start.host) return { url, response: null };
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, headers: { cookie }, redirect: 'manual' });
    for (const each of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    return location === null ? { url, response } : visit(asLoopback(location, url.href));
  };

  const at = await visit(start);
  if (at.response === null) return at;
  const page = await at.response.text();
  const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1];
  if (action === undefined) throw new Error('the authorization server shows no approval page');
  return visit(asLoopback(action, at.url.href), {
    method: 'POST',
    body: new URLSearchParams({ decision, ...(person === undefined ? {} : { person }) }),
  });
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: { deny: { type: 'boolean' }, person: { type: 'string' } },
    allowPositionals: true,
  });
  void approve(positionals[0] ?? '', { deny: values.deny ?? false, person: values.person });
}
