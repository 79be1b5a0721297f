import { commandSchemas, type CommandName } from '../src-preload/contract.ts';
import type { Commands } from './face.tsx';

/** Where something is drawn only to be looked at. */
export const NO_COMMANDS: Commands = Object.fromEntries(
  Object.keys(commandSchemas).map((name) => [name, () => Promise.resolve()]),
) as Record<CommandName, () => Promise<void>>;
