import { createHash } from 'node:crypto';
import { callBus, readProperties, type Variant } from './bus.ts';
import { encodePng, type Picture } from './png.ts';
import { keepArtifact } from './artifacts.ts';
import { until } from './until.ts';

const WATCHER = {
  service: 'org.kde.StatusNotifierWatcher',
  path: '/StatusNotifierWatcher',
  interface: 'org.kde.StatusNotifierWatcher',
};
const BUS = { service: 'org.freedesktop.DBus', path: '/', interface: 'org.freedesktop.DBus' };
const ITEM = 'org.kde.StatusNotifierItem';
const MENU = 'com.canonical.dbusmenu';

export interface MenuItem {
  readonly id: number;
  /** Without the underscore that marks a mnemonic. */
  readonly label: string;
  readonly type: 'standard' | 'separator';
  readonly enabled: boolean;
  readonly visible: boolean;
  /** `null` for an item that cannot be checked. */
  readonly checked: boolean | null;
  readonly children: readonly MenuItem[];
}

/** Waits for the tray icon of a process to be registered with the panel. */
export async function findTrayItem(pid: number, timeoutMs?: number): Promise<TrayItem> {
  return until(
    `a tray icon of process ${pid}`,
    async () => {
      for (const { service, path } of await registeredItems()) {
        const [owner] = await callBus(BUS, 'GetConnectionUnixProcessID', 's', [service]);
        if (owner === pid) return new TrayItem(service, path);
      }
      return undefined;
    },
    timeoutMs,
  );
}

/** A registration is the item's bus name followed by its object path. */
export function parseRegistration(registration: string): { readonly service: string; readonly path: string } {
  const slash = registration.indexOf('/');
  return { service: registration.slice(0, slash), path: registration.slice(slash) };
}

async function registeredItems() {
  const items = (await readProperties(WATCHER))['RegisteredStatusNotifierItems'];
  return ((items?.data ?? []) as string[]).map(parseRegistration);
}

/** A tray icon, used over the bus as the panel does when somebody clicks. */
export class TrayItem {
  readonly #item;

  constructor(service: string, path: string) {
    this.#item = { service, path, interface: ITEM };
  }

  /** What the panel shows when the pointer rests on the icon. */
  async tooltip(): Promise<string> {
    // (icon name, pixmaps, title, text)
    const [, , title, text] = (await this.#property('ToolTip')).data as [string, unknown, string, string];
    return [title, text].filter((part) => part !== '').join('\n');
  }

  /** The icon in its largest size. */
  async icon(): Promise<Picture> {
    const pixmaps = (await this.#property('IconPixmap')).data as [number, number, number[]][];
    const [largest] = pixmaps.toSorted(([a], [b]) => b - a);
    if (largest === undefined) throw new Error('The tray item has no picture');
    const [width, height, argb] = largest;
    const rgba = Buffer.from(argb);
    for (let i = 0; i < rgba.length; i += 4) {
      rgba.writeUInt32BE(((rgba.readUInt32BE(i) << 8) | (rgba[i] ?? 0)) >>> 0, i);
    }
    return { width, height, rgba };
  }

  /** Tells icons apart. */
  async iconHash(): Promise<string> {
    return createHash('sha256')
      .update((await this.icon()).rgba)
      .digest('hex');
  }

  /** Keeps the icon as `artifacts/<name>.png`; answers its path. */
  async captureIcon(name: string): Promise<string> {
    return keepArtifact(`${name}.png`, encodePng(await this.icon()));
  }

  /** The items of the menu, top to bottom. */
  async menu(): Promise<readonly MenuItem[]> {
    const [, layout] = await callBus(await this.menuObject(), 'GetLayout', 'iias', ['0', '-1', '0']);
    return parseItem(layout as Layout).children;
  }

  /** The labels of the visible menu items, a separator being `-`. */
  async menuLabels(): Promise<readonly string[]> {
    const items = (await this.menu()).filter(({ visible }) => visible);
    return items.map(({ type, label }) => (type === 'separator' ? '-' : label));
  }

  /** Where on the bus its menu is. */
  async menuObject(): Promise<{
    readonly service: string;
    readonly path: string;
    readonly interface: string;
  }> {
    return { ...this.#item, path: String((await this.#property('Menu')).data), interface: MENU };
  }

  /** Waits for an item that can be clicked, wherever in the menu. */
  async waitForMenuItem(label: string, timeoutMs?: number): Promise<MenuItem> {
    return until(
      `the menu item "${label}"`,
      async () =>
        flatten(await this.menu()).find((item) => item.label === label && item.visible && item.enabled),
      timeoutMs,
    );
  }

  /** Opens the menu and clicks an item, waiting for it to be there. */
  async clickMenuItem(label: string, timeoutMs?: number): Promise<void> {
    const menu = await this.menuObject();
    await callBus(menu, 'AboutToShow', 'i', ['0']);
    const click = async () => {
      const { id } = await this.waitForMenuItem(label, timeoutMs);
      await callBus(menu, 'Event', 'isvu', [String(id), 'clicked', 's', '', '0']);
    };
    // A menu that was made anew between the look and the click has other ids, and tells so.
    await click().catch(click);
  }

  /** Clicks the icon itself. */
  async activate(): Promise<void> {
    await callBus(this.#item, 'Activate', 'ii', ['0', '0']);
  }

  async #property(name: string): Promise<Variant> {
    const property = (await readProperties(this.#item))[name];
    if (property === undefined) throw new Error(`The tray item has no ${name}`);
    return property;
  }
}

type Layout = readonly [
  id: number,
  properties: Record<string, Variant>,
  children: readonly { data: Layout }[],
];

/** An absent property has the default that com.canonical.dbusmenu gives it. */
function parseItem([id, properties, children]: Layout): MenuItem {
  const value = (name: string) => properties[name]?.data;
  return {
    id,
    label: ((value('label') ?? '') as string).replaceAll(/_(.?)/g, '$1'),
    type: value('type') === 'separator' ? 'separator' : 'standard',
    enabled: value('enabled') !== false,
    visible: value('visible') !== false,
    checked: (value('toggle-type') ?? '') === '' ? null : value('toggle-state') === 1,
    children: children.map(({ data }) => parseItem(data)),
  };
}

function flatten(items: readonly MenuItem[]): readonly MenuItem[] {
  return items.flatMap((item) => [item, ...flatten(item.children)]);
}
