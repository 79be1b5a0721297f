import type { Arguments } from './arguments.ts';
import type { Whole } from './command.ts';

/** As `usualSocketPath` has it: `%t` is XDG_RUNTIME_DIR. */
const SOCKET = '%t/latchkey/agent.sock';

/**
 * What `--print-unit` prints. A stop waits for a renewal that is under way, as long as the lock for one is waited for.
 * The hardening is what a user's own manager can do without namespaces, which it may not be allowed (systemd.exec(5)).
 */
export function unitText({ printUnit }: Arguments, { program }: Pick<Whole, 'program'>): string | null {
  switch (printUnit) {
    case null:
      return null;
    case 'socket':
      return SOCKET_UNIT;
    case 'service':
      return serviceUnit([...program, 'agent', '--socket'].map(quoted));
  }
}

const SOCKET_UNIT = `# ~/.config/systemd/user/latchkey-agent.socket
[Unit]
Description=Socket of the Latchkey agent

[Socket]
ListenStream=${SOCKET}
SocketMode=0600
DirectoryMode=0700
RemoveOnStop=yes

[Install]
WantedBy=sockets.target
`;

function serviceUnit(command: readonly string[]): string {
  return `# ~/.config/systemd/user/latchkey-agent.service
[Unit]
Description=Latchkey agent
Requires=latchkey-agent.socket
After=latchkey-agent.socket

[Service]
ExecStart=${command.join(' ')} ${SOCKET}
Restart=on-failure
TimeoutStopSec=260
UMask=0077
NoNewPrivileges=yes
LockPersonality=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native

[Install]
WantedBy=default.target
Also=latchkey-agent.socket
`;
}

/** systemd.service(5), "Command lines": specifiers and variables stand for nothing, spaces for themselves. */
function quoted(word: string): string {
  const plain = word.replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /[\s"'\\;]/.test(plain) ? `"${plain.replace(/["\\]/g, '\\$&')}"` : plain;
}
