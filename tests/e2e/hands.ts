import type { Locator, Page } from 'playwright-core';
import { until } from '../support/desktop/until.ts';

/** How a person uses the window: everything has to be within reach of both. */
export interface Hand {
  readonly name: 'mouse' | 'keyboard';
  /** Presses a button, a switch or what opens details. */
  press(target: Locator): Promise<void>;
  /** Chooses one of several that stand side by side. */
  choose(radio: Locator): Promise<void>;
  /** Chooses one of a list that has to be opened. */
  select(list: Locator, option: string): Promise<void>;
  /** Replaces what is in a field. */
  write(field: Locator, text: string): Promise<void>;
}

const mouse: Hand = {
  name: 'mouse',
  press: (target) => target.click(),
  choose: (radio) => radio.click(),
  select: async (list, option) => {
    await list.click();
    await list.locator('option', { hasText: option }).click();
  },
  write: async (field, text) => {
    await field.click({ clickCount: 3 });
    await field.page().keyboard.insertText(text);
  },
};

const keyboard: Hand = {
  name: 'keyboard',
  press: async (target) => {
    await tabTo(target);
    const isSwitch = (await target.getAttribute('role')) === 'switch';
    await target.page().keyboard.press(isSwitch ? 'Space' : 'Enter');
  },
  choose: async (radio) => {
    // One stop for all of them, at the one that is chosen; arrows go on from there.
    const page = radio.page();
    await radio.waitFor();
    const name = await radio.getAttribute('name');
    const chosen = page.locator(`input[name="${name ?? ''}"]:checked`);
    await tabTo(chosen);
    for (
      let value = await chosen.inputValue();
      !(await radio.isChecked());
      value = await chosen.inputValue()
    ) {
      await page.keyboard.press('ArrowDown');
      // It is chosen once it is saved.
      await until('the next choice', async () => ((await chosen.inputValue()) !== value ? true : undefined));
    }
  },
  select: async (list, option) => {
    await tabTo(list);
    const { keyboard: keys } = list.page();
    await keys.press('Space');
    const wanted = list.locator('option', { hasText: option });
    await until(`the focus on “${option}”`, async () => {
      if (await isFocused(wanted)) return true;
      await keys.press('ArrowDown');
      return undefined;
    });
    await keys.press('Enter');
  },
  write: async (field, text) => {
    if (!(await isFocused(field))) await tabTo(field);
    const { keyboard: keys } = field.page();
    await keys.press('Control+A');
    await keys.press('Delete');
    await keys.insertText(text);
  },
};

export const HANDS: readonly Hand[] = [mouse, keyboard];

/** Goes on with Tab until the focus is there. */
async function tabTo(target: Locator): Promise<void> {
  await target.waitFor();
  await until(`the focus on ${String(target)}`, async () => {
    await target.page().keyboard.press('Tab');
    return (await isFocused(target)) ? true : undefined;
  });
}

function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

export const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).first();
export const details = (page: Page, words: string) => page.locator('summary', { hasText: words }).first();
