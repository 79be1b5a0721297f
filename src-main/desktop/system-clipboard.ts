import * as electron from 'electron';
import type { TextClipboard } from './secret-clipboard.ts';

/** A DWORD of zero. */
const NO = new Uint8Array(4);

/**
 * What asks a platform's clipboard histories, and clipboards shared between machines, to pass a text over: formats
 * beside it, each by its own convention (nspasteboard.org; Microsoft, "Clipboard Formats"; KDE's Klipper).
 */
const CONCEALING: Readonly<Partial<Record<NodeJS.Platform, Readonly<Record<string, BlobPart>>>>> = {
  darwin: { 'org.nspasteboard.ConcealedType': 'secret' },
  win32: {
    ExcludeClipboardContentFromMonitorProcessing: NO,
    CanIncludeInClipboardHistory: NO,
    CanUploadToCloudClipboard: NO,
  },
  linux: { 'x-kde-passwordManagerHint': 'secret' },
};

export const systemClipboard: TextClipboard = {
  // Electron answers at once before version 44, by promise since.
  readText: async () => electron.clipboard.readText(),
  writeConcealed: async (text) => {
    try {
      await electron.clipboard.write([concealed(text)]);
    } catch {
      // Before version 44 only one format could be written. A hint that cannot be given is no reason to refuse.
      await electron.clipboard.writeText(text);
    }
  },
  clear: () => electron.clipboard.clear(),
};

function concealed(text: string): electron.ClipboardItem {
  const hints = Object.entries(CONCEALING[process.platform] ?? {}).map(
    ([format, content]) =>
      [`electron application/osclipboard;format="${format}"`, new Blob([content])] as const,
  );
  return new electron.ClipboardItem({ 'text/plain': text, ...Object.fromEntries(hints) });
}
