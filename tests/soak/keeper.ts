// Child process: a login kept alive as the app does it, without a desktop. One argument, JSON: see `KeeperOrder`.
import { entryLoss, loginEnd } from '../../src-main/domain/history.ts';
import { systemClock } from '../../src-main/login/clock.ts';
import { readEndpoints } from '../../src-main/oauth/endpoints.ts';
import { newLogin } from '../support/new-login.ts';
import { approve } from '../support/practice/approve.ts';

export interface KeeperOrder {
  readonly configFile: string;
  readonly dataDir: string;
  readonly callbackPort: number;
  readonly endpoints: { readonly authorizeUrl: string; readonly tokenUrl: string; readonly apiUrl: string };
}

/** What a person does in it. */
export type KeeperRequest = 'sign-in' | 'put-back' | 'refresh';

/** What it shows, whenever that changes. */
export interface KeeperView {
  readonly signedIn: boolean;
  readonly lost: 'removed' | 'replaced' | null;
  readonly ended: 'refused' | 'uncertain' | null;
  readonly hasCopy: boolean;
  readonly troubles: readonly string[];
}

const ID = 'default';
const order = JSON.parse(process.argv[2] ?? '') as KeeperOrder;
const login = newLogin({
  ...order,
  endpoints: readEndpoints(order.endpoints),
  clock: systemClock,
  openBrowser: (url) => approve(url),
});

function view(): KeeperView {
  const account = login.snapshot.accounts.find(({ id }) => id === ID);
  const history = account?.history ?? [];
  return {
    signedIn: account !== undefined,
    lost: entryLoss(history),
    ended: loginEnd(history),
    hasCopy: account?.troubles.some((trouble) => 'copy' in trouble && trouble.copy) ?? false,
    troubles: [...login.snapshot.troubles, ...(account?.troubles ?? [])].map(({ code }) => code),
  };
}

// The run is over.
process.once('disconnect', () => process.exit());
const tell = () => {
  if (process.connected) process.send?.(view());
};
login.subscribe(tell);
await login.start();
login.keep();
tell();
process.on('message', (request: KeeperRequest) => {
  const work = {
    'sign-in': () => login.signIn(ID),
    'put-back': () => login.putBack(ID),
    refresh: () => login.refresh(ID),
  }[request];
  work().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
  });
});
// The run is over: what is under way ends first.
process.on('disconnect', () => void login.stop().then(() => process.exit()));
