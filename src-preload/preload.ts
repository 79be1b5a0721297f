import { contextBridge, ipcRenderer } from 'electron';
import type { Snapshot } from '../src-main/domain/snapshot.ts';
import { channels, commandSchemas, type LatchkeyBridge } from './contract.ts';

const command =
  (name: string) =>
  async (...args: readonly unknown[]) => {
    await ipcRenderer.invoke(channels.command, name, ...args);
  };

const bridge: LatchkeyBridge = {
  // One function a command and nothing generic: the page cannot name a channel.
  commands: Object.fromEntries(
    Object.keys(commandSchemas).map((name) => [name, command(name)]),
  ) as LatchkeyBridge['commands'],
  onSnapshot: (listener) => {
    let told = false;
    const tell = (snapshot: Snapshot) => {
      told = true;
      listener(snapshot);
    };
    const onPush = (_event: unknown, snapshot: Snapshot) => tell(snapshot);
    ipcRenderer.on(channels.snapshot, onPush);
    // A push that overtakes the first answer is newer than it.
    void ipcRenderer.invoke(channels.getSnapshot).then((snapshot: Snapshot) => {
      if (!told) tell(snapshot);
    });
    return () => ipcRenderer.off(channels.snapshot, onPush);
  },
};

contextBridge.exposeInMainWorld('latchkey', bridge);
