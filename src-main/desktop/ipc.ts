import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import * as v from 'valibot';
import {
  channels,
  commandSchemas,
  pageHeight,
  type CommandArguments,
  type CommandName,
} from '../../src-preload/contract.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { APP_ORIGIN } from './app-protocol.ts';

/** What a command of the contract does, in main; a promise where the page is to know when it is done. */
export type CommandHandlers = {
  readonly [N in CommandName]: (...args: CommandArguments<N>) => void | Promise<void>;
};

/**
 * The renderer's only way in. Every message goes through one check of its sender (the window's own main frame, on the
 * app's origin) and, for commands, of its arguments; whatever fails it is refused without a reason.
 */
export function handleRenderer(
  window: () => BrowserWindow | null,
  handlers: CommandHandlers,
  { snapshot, onHeight }: { readonly snapshot: () => Snapshot; readonly onHeight: (height: number) => void },
): void {
  const listen = (channel: string, answer: (args: readonly unknown[]) => unknown) => {
    ipcMain.handle(channel, (event, ...args: unknown[]) => {
      if (!isTrusted(event, window())) throw new Error('refused');
      return answer(args);
    });
  };
  listen(channels.getSnapshot, snapshot);
  listen(channels.pageHeight, (args) => {
    const checked = v.safeParse(pageHeight, args);
    if (!checked.success) throw new Error('refused');
    onHeight(...checked.output);
  });
  listen(channels.command, ([name, ...args]) => {
    if (!isCommandName(name)) throw new Error('refused');
    return call(name, args, handlers);
  });
}

function isTrusted(event: IpcMainInvokeEvent, window: BrowserWindow | null): boolean {
  const frame = event.senderFrame;
  return (
    window !== null &&
    frame !== null &&
    event.sender === window.webContents &&
    frame === window.webContents.mainFrame &&
    frame.origin === APP_ORIGIN
  );
}

function isCommandName(name: unknown): name is CommandName {
  return typeof name === 'string' && Object.hasOwn(commandSchemas, name);
}

function call(name: CommandName, args: readonly unknown[], handlers: CommandHandlers): void | Promise<void> {
  const checked = v.safeParse(commandSchemas[name], args);
  if (!checked.success) throw new Error('refused');
  // The schema of this very name has just passed them; the compiler cannot follow that through the union.
  const handler = handlers[name] as (...checked: readonly unknown[]) => void | Promise<void>;
  return handler(...checked.output);
}
