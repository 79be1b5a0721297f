// Child process: keeps a login alive over the real network of where it runs. One argument, JSON: see `Order`. Each line
// it reads makes it refresh; each line it says is what a refresh came to, or the ways of its connections.
import { createInterface } from 'node:readline';
import { systemClock } from '../../../src-main/login/clock.ts';
import { readEndpoints } from '../../../src-main/oauth/endpoints.ts';
import { newLogin } from '../new-login.ts';
import { newNetwork } from './direct.ts';

export interface Order {
  readonly configFile: string;
  readonly dataDir: string;
  readonly endpoints: { readonly authorizeUrl: string; readonly tokenUrl: string; readonly apiUrl: string };
  /** What its keychain answers. */
  readonly password?: string;
  /** Whether it hears of changed interfaces. */
  readonly isTold: boolean;
}

const order = JSON.parse(process.argv[2] ?? '') as Order;
const say = (line: string) => console.log(line);
const { configFile, dataDir, isTold, password = null } = order;
const login = newLogin({
  endpoints: readEndpoints(order.endpoints),
  configFile,
  dataDir,
  clock: systemClock,
  passwords: {
    keep: () => Promise.resolve(),
    read: () => Promise.resolve(password),
    forget: () => Promise.resolve(),
  },
  ...(isTold ? { watchInterfaces: newNetwork().watchInterfaces } : {}),
});
await login.start();
let told = login.snapshot.accounts[0]?.history.length ?? 0;
login.subscribe(({ accounts: [account] }) => {
  const history = account?.history ?? [];
  for (const event of history.slice(told)) {
    say(event.kind === 'refused' ? `refused ${event.failure.code}` : event.kind);
  }
  told = history.length;
});
login.keep();
say('ready');
createInterface(process.stdin)
  .on('line', () => void login.refresh('default'))
  .on('close', () => process.exit(0));
