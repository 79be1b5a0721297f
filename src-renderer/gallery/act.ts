import type { Words } from '../../src-main/words/words.ts';
import type { Act } from './snapshots.ts';

/** Does what a person would, and waits until the page shows it. Throws where there is nothing to do it with. */
export async function act(done: Act, words: Words, place: HTMLElement): Promise<void> {
  if ('press' in done) pressable(place, done.press(words)).click();
  else type(place, done, done.into(words));
  await new Promise((resolve) => setTimeout(resolve));
}

function pressable(place: HTMLElement, label: string): HTMLElement {
  const all = place.querySelectorAll<HTMLElement>('button, summary, label');
  const found = [...all].find(({ ariaLabel, innerText }) =>
    (ariaLabel ?? innerText).startsWith(label.trim()),
  );
  if (found === undefined) throw new Error(`There is nothing to press that says “${label}”`);
  return found;
}

function type(place: HTMLElement, { type: text, leaving }: Extract<Act, { type: string }>, into: string) {
  const label = [...place.querySelectorAll('label')].find(({ innerText }) => innerText.startsWith(into));
  const field = label?.control;
  if (!(field instanceof HTMLInputElement)) throw new Error(`There is no field “${into}”`);
  // As typing does; a value set in the plain way React takes for its own.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  if (leaving === true) field.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
}
