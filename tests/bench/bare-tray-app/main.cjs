// The least an Electron tray app can be: what the figures of docs/performance.md are compared with. With --window it
// opens one.
const { app, BrowserWindow, Menu, nativeImage, Tray } = require('electron');

app.on('window-all-closed', () => undefined);

app.whenReady().then(() => {
  const orange = Buffer.alloc(32 * 32 * 4, '\x00\x80\xff\xff', 'latin1');
  const icon = nativeImage.createFromBitmap(orange, { width: 32, height: 32 });
  const tray = new Tray(icon);
  tray.setToolTip('Bare');
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Nothing to do', enabled: false },
      { type: 'separator' },
      { label: 'Open', click: openWindow },
      { label: 'Choice', type: 'checkbox', checked: true },
      { label: 'Quit', click: () => app.quit() },
    ]),
  );
  if (process.argv.includes('--window')) openWindow();
});

// As large as Latchkey's window, and shown once there is something to see, as Electron advises.
function openWindow() {
  const window = new BrowserWindow({
    title: 'Bare',
    width: 380,
    height: 560,
    useContentSize: true,
    show: false,
    autoHideMenuBar: true,
    webPreferences: { sandbox: true },
  });
  window.once('ready-to-show', () => window.show());
  window.loadURL(
    'data:text/html,<title>Bare</title><h1>Bare</h1><button onclick="this.textContent=`clicked`">Click</button>',
  );
}
