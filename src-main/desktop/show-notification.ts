import { app, Notification } from 'electron';
import type { NotificationWords } from '../words/notification-words.ts';

/** Those on the screen, by what they are about. (One that nobody refers to could be collected, and its click with it.) */
const shown = new Map<string, Notification>();

/**
 * Shows a notification where the desktop can; a click on it, or on its button, calls back. One about the same takes the
 * place of an earlier one, and none outlives the app: a click on it would do nothing.
 */
export function showNotification(
  about: string,
  { title, body, action }: NotificationWords,
  onClick: () => void,
): void {
  if (!Notification.isSupported()) return;
  app.off('will-quit', closeAll).once('will-quit', closeAll);
  shown.get(about)?.close();
  const notification = new Notification({
    title,
    body: plainBody(body),
    // macOS and Windows show a button; elsewhere a click does the same.
    actions: action === null ? [] : [{ type: 'button', text: action }],
  });
  shown.set(about, notification);
  const forget = () => {
    if (shown.get(about) === notification) shown.delete(about);
  };
  const answer = () => {
    forget();
    onClick();
  };
  notification.once('click', answer);
  notification.once('action', answer);
  notification.once('close', forget);
  notification.once('failed', forget);
  notification.show();
}

function closeAll(): void {
  for (const notification of [...shown.values()]) notification.close();
}

/** Desktop Notifications Specification, "Markup": on Linux a body is markup, and ours quotes paths and services. */
function plainBody(body: string): string {
  if (process.platform !== 'linux') return body;
  return body.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
