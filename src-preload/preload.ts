import { contextBridge, ipcRenderer } from 'electron';
import type { Snapshot } from '../src-main/domain/snapshot.ts';
import { channels, commandSchemas, type Commands, type LatchkeyBridge } from './contract.ts';

const command =
  (name: string) =>
  async (...args: readonly unknown[]) => {
    await ipcRenderer.invoke(channels.command, name, ...args);
  };

// Asked for once: what changed since the page was drawn was pushed to nobody.
let latest: Snapshot | null = null;
const listeners = new Set<(snapshot: Snapshot) => void>();
const tell = (snapshot: Snapshot) => {
  latest = snapshot;
  for (const listener of listeners) listener(snapshot);
};
ipcRenderer.on(channels.snapshot, (_event, snapshot: Snapshot) => tell(snapshot));
void ipcRenderer.invoke(channels.getSnapshot).then((snapshot: Snapshot) => {
  // A push that overtakes the answer is newer than it.
  if (latest === null) tell(snapshot);
});

const bridge: LatchkeyBridge = {
  // One function a command and nothing generic: the page cannot name a channel.
  commands: Object.fromEntries(Object.keys(commandSchemas).map((name) => [name, command(name)])) as Commands,
  onSnapshot: (listener) => {
    listeners.add(listener);
    if (latest !== null) listener(latest);
    return () => listeners.delete(listener);
  },
  onOpenSettings: (listener) => {
    const hear = () => listener();
    ipcRenderer.on(channels.openSettings, hear);
    return () => ipcRenderer.off(channels.openSettings, hear);
  },
};

contextBridge.exposeInMainWorld('latchkey', bridge);

/** The window is as high as its page: told as soon as that is laid out, which is before its script has run. */
function tellHeight() {
  const root = document.getElementById('root');
  if (root === null) return;
  new ResizeObserver(([page]) => {
    if (page !== undefined) void ipcRenderer.invoke(channels.pageHeight, page.contentRect.height);
  }).observe(root);
}
document.addEventListener('DOMContentLoaded', tellHeight, { once: true });
