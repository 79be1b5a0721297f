import type * as Keytar from 'keytar';

/**
 * The program of the process that runs keytar (`keychain.ts` says why): answers one message, then lives until it is
 * ended. Node or Electron's utility process starts it, each of which brings a channel of its own.
 */

export type HelperRequest =
  | {
      readonly do: 'keep';
      readonly service: string;
      readonly items: readonly { readonly account: string; readonly text: string }[];
    }
  | { readonly do: 'read'; readonly services: readonly string[] }
  | { readonly do: 'forget'; readonly services: readonly string[]; readonly accounts: readonly string[] };

export interface HelperItem {
  readonly service: string;
  readonly account: string;
  readonly password: string;
}

export type HelperAnswer =
  | { readonly items: readonly HelperItem[] }
  | { readonly error: 'not-loaded' | 'refused'; readonly message: string };

async function answer(request: HelperRequest): Promise<HelperAnswer> {
  let keytar: typeof Keytar;
  try {
    keytar = (await import('keytar')).default;
  } catch (error) {
    return { error: 'not-loaded', message: messageOf(error) };
  }
  try {
    if (request.do === 'keep') {
      for (const { account, text } of request.items) await keytar.setPassword(request.service, account, text);
      return { items: [] };
    }
    const items: HelperItem[] = [];
    for (const service of request.services) {
      // Forgetting asks first too: for a locked item keytar's deletePassword answers the same `false` as for none.
      for (const found of await keytar.findCredentials(service)) items.push({ service, ...found });
    }
    if (request.do === 'read') return { items };
    for (const { service, account } of items) {
      if (request.accounts.includes(account)) await keytar.deletePassword(service, account);
    }
    return { items: [] };
  } catch (error) {
    return { error: 'refused', message: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What Electron adds to `process` in a utility process. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

const parentPort = (process as { parentPort?: ParentPort }).parentPort;
if (parentPort === undefined) {
  process.on('message', (request) => {
    void answer(request as HelperRequest).then((reply) => process.send?.(reply));
  });
  // A call under way would keep `process.exit` waiting. Electron ends a utility process by itself.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
} else {
  parentPort.on('message', ({ data }) => {
    void answer(data as HelperRequest).then((reply) => parentPort.postMessage(reply));
  });
}
