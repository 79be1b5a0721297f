import { join, resolve } from 'node:path';
import { usualSocketPath } from '../agent/socket-path.ts';
import { FailureError } from '../domain/failure.ts';
import { NO_PROXY_VARIABLES, PROXY_VARIABLES } from '../domain/way.ts';
import type { ProxyVariables } from '../network/route.ts';
import { readEndpoints, type Endpoints } from '../oauth/endpoints.ts';

/** What the environment decides, checked. */
export interface Environment {
  readonly endpoints: Endpoints;
  /** `null`: the person's own setting counts. */
  readonly callbackPort: number | null;
  /** Absolute path of the config file shared with other programs. */
  readonly configFile: string;
  /** Absolute path of our own data folder. */
  readonly dataDir: string;
  readonly home: string;
  /** Where Claude Code keeps its own login, as far as our environment tells. */
  readonly claudeCodeFile: string;
  /** Where tokens are served, where nobody says otherwise. */
  readonly agentSocket: string;
  /** Which proxy is to be taken, unchecked: one that cannot be used is told when something is to be sent. */
  readonly proxyVariables: ProxyVariables;
  /** The file that NODE_EXTRA_CA_CERTS names. */
  readonly extraCertificates: string | null;
}

/**
 * Reads the variables of the product's contract; an empty one counts as not set.
 *
 * @throws FailureError `environment-invalid`
 */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string,
): Environment {
  const read = (name: string) => (variables[name] === '' ? undefined : variables[name]);
  const usualDataDir = join(appData(read, platform, home), 'Latchkey');
  const readPath = (name: string) => {
    const path = read(name);
    if (path === undefined || platform !== 'win32' || !path.split(/[\\/]/).some(isReserved)) return path;
    throw new FailureError({ code: 'environment-invalid', variable: name, reason: 'reserved-name' });
  };
  const dataDir = resolve(readPath('LATCHKEY_DATA_DIR') ?? usualDataDir);
  return {
    endpoints: readEndpoints({
      authorizeUrl: read('LATCHKEY_AUTHORIZE_URL'),
      tokenUrl: read('LATCHKEY_TOKEN_URL'),
      apiUrl: read('LATCHKEY_API_URL'),
    }),
    callbackPort: parsePort(read('LATCHKEY_CALLBACK_PORT')),
    configFile: resolve(readPath('LATCHKEY_CONFIG_FILE') ?? join(home, '.mcp-code-api', 'config.yaml')),
    home,
    claudeCodeFile: resolve(read('CLAUDE_CONFIG_DIR') ?? join(home, '.claude'), '.credentials.json'),
    proxyVariables: Object.fromEntries(
      [...PROXY_VARIABLES, ...NO_PROXY_VARIABLES].flatMap((name) => {
        const value = read(name);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    extraCertificates: read('NODE_EXTRA_CA_CERTS') ?? null,
    dataDir,
    agentSocket: usualSocketPath({
      dataDir,
      isUsualDataDir: dataDir === usualDataDir,
      runtimeDir: read('XDG_RUNTIME_DIR') ?? null,
      platform,
    }),
  };
}

/** Names of Windows' devices, with any ending, in any folder: "Naming Files, Paths, and Namespaces". */
function isReserved(name: string): boolean {
  return /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)[ .]*(\..*)?$/i.test(name);
}

/** Electron's `appData`, worked out without Electron so that the terminal finds the same folder. */
function appData(
  read: (name: string) => string | undefined,
  platform: NodeJS.Platform,
  home: string,
): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  if (platform === 'win32') return read('APPDATA') ?? join(home, 'AppData', 'Roaming');
  return read('XDG_CONFIG_HOME') ?? join(home, '.config');
}

function parsePort(value: string | undefined): number | null {
  if (value === undefined) return null;
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new FailureError({
    code: 'environment-invalid',
    variable: 'LATCHKEY_CALLBACK_PORT',
    reason: 'not-a-port',
  });
}
