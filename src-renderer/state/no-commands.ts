import { commandSchemas, type CommandName, type Commands } from '../../src-preload/contract.ts';

/** Where something is drawn only to be looked at. */
export const NO_COMMANDS: Commands = Object.fromEntries(
  Object.keys(commandSchemas).map((name) => [name, () => Promise.resolve()]),
) as Record<CommandName, () => Promise<void>>;
