import type { Words } from '../../src-main/words/words.ts';
import type { Act } from './snapshots.ts';

/** Does what a person would, and waits until the page shows it. */
export async function act(done: Act, words: Words, place: HTMLElement): Promise<void> {
  if ('press' in done) pressable(place, done.press(words))?.click();
  else type(place, done, done.into(words));
  await new Promise((resolve) => setTimeout(resolve));
}

function pressable(place: HTMLElement, label: string): HTMLElement | undefined {
  const all = place.querySelectorAll<HTMLElement>('button, summary, label');
  return [...all].find(({ innerText }) => innerText.startsWith(label.trim()));
}

function type(place: HTMLElement, { type: text, leaving }: Extract<Act, { type: string }>, into: string) {
  const label = [...place.querySelectorAll('label')].find(({ innerText }) => innerText.startsWith(into));
  const field = label?.control;
  if (!(field instanceof HTMLInputElement)) return;
  // As typing does; a value set in the plain way React takes for its own.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  if (leaving === true) field.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
}
