import type { FaceWords } from '../../src-main/words/words.ts';
import type { Act } from './snapshots.ts';

/** Does what a person would, and waits until the page shows it. Throws where there is nothing to do it with. */
export async function act(done: Act, words: FaceWords, place: HTMLElement): Promise<void> {
  if ('press' in done) {
    const pressed = pressable(place, done.press(words));
    mark(place, pressed);
    pressed.click();
  } else if ('show' in done) {
    const heading = pressable(place, done.show(words), `${PRESSABLE}, legend, .label, .hint`);
    // One of several settings that share a card, or the whole card.
    mark(
      place,
      heading.closest<HTMLElement>('.label') === null ? heading : (heading.parentElement ?? heading),
    );
  } else type(place, done, done.into(words));
  await new Promise((resolve) => setTimeout(resolve));
}

/** Only one is, the last: the picture of a window that shows less than all has that in it. */
function mark(place: HTMLElement, shown: HTMLElement): void {
  place.querySelector('[data-shown]')?.removeAttribute('data-shown');
  shown.dataset['shown'] = '';
}

const PRESSABLE = 'button, summary, label';

function pressable(place: HTMLElement, label: string, among = PRESSABLE): HTMLElement {
  const all = place.querySelectorAll<HTMLElement>(among);
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
  mark(place, field);
  // As typing does; a value set in the plain way React takes for its own.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  if (leaving === true) field.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
}
