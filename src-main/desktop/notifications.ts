import { Notification } from 'electron';
import type { NoticeWords } from '../domain/notice-words.ts';

/** Those on the screen: one that nobody refers to could be collected, and its click with it. */
const shown = new Set<Notification>();

/** Shows a notification where the desktop can; a click calls back. */
export function showNotification({ title, body }: NoticeWords, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  shown.add(notification);
  const forget = () => shown.delete(notification);
  notification.once('click', () => {
    forget();
    onClick();
  });
  notification.once('close', forget);
  notification.once('failed', forget);
  notification.show();
}
