/** What an agent can answer, which knows nothing but tokens and how the logins stand. */
const ANSWERED = ['status', 'token', 'exec', 'env'] as const;
export type AgentCommandName = (typeof ANSWERED)[number];

/** The agent that is to answer, and what; `null` where this machine's own files do. */
export interface AgentFor {
  readonly name: AgentCommandName;
  /** Its socket. */
  readonly path: string;
}

export function agentFor(
  command: string | undefined,
  variables: Readonly<Record<string, string | undefined>>,
): AgentFor | null {
  const name = ANSWERED.find((each) => each === command);
  const path = variables['LATCHKEY_AGENT'] ?? '';
  return name === undefined || path === '' ? null : { name, path };
}
