import type { Act } from './snapshots.ts';

/** Does what a person would, and waits until the page shows it. */
export async function act(done: Act, place: HTMLElement): Promise<void> {
  if ('press' in done) pressable(place, done.press)?.click();
  else type(place, done);
  await new Promise((resolve) => setTimeout(resolve));
}

function pressable(place: HTMLElement, words: string): HTMLElement | undefined {
  const all = place.querySelectorAll<HTMLElement>('button, summary, label');
  return [...all].find(({ innerText }) => innerText.startsWith(words));
}

function type(place: HTMLElement, { type: text, into, leaving }: Extract<Act, { type: string }>) {
  const label = [...place.querySelectorAll('label')].find(({ innerText }) => innerText.startsWith(into));
  const field = label?.control;
  if (!(field instanceof HTMLInputElement)) return;
  // As typing does; a value set in the plain way React takes for its own.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  if (leaving === true) field.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
}
