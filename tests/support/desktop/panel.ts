import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProperties, waitForName } from './bus.ts';
import type { Services } from './services.ts';
import { until } from './until.ts';

/** One bar along the top of the screen, 40 pixels high: nothing at the left, the tray at the right. */
const PANEL = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="false"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="double" value="100"/>
      <property name="size" type="uint" value="40"/>
      <property name="icon-size" type="uint" value="32"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
        <value type="int" value="2"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>
    <property name="plugin-2" type="string" value="systray">
      <property name="icon-size" type="int" value="32"/>
      <property name="square-icons" type="bool" value="true"/>
    </property>
  </property>
</channel>
`;

/** Starts Xfce's panel; when it answers, the panel shows the icons that register. */
export async function startPanel(services: Services): Promise<void> {
  const { environment } = services;
  const folder = join(String(environment['XDG_CONFIG_HOME']), 'xfce4', 'xfconf', 'xfce-perchannel-xml');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'xfce4-panel.xml'), PANEL);
  // Nothing manages windows here: the panel would wait for that.
  services.start('xfce4-panel', ['--disable-wm-check']);
  const watcher = 'org.kde.StatusNotifierWatcher';
  await waitForName(watcher, environment);
  await until('a tray', async () => {
    const properties = await readProperties(
      { service: watcher, path: '/StatusNotifierWatcher', interface: watcher },
      environment,
    );
    return properties['IsStatusNotifierHostRegistered']?.data === true ? true : undefined;
  });
}
