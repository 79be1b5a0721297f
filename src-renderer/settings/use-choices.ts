import { useEffect, useRef, useState } from 'react';
import type { Settings } from '../../src-main/domain/settings.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../../src-preload/contract.ts';
import {
  changeOutcome,
  isSame,
  undoOf,
  type Change,
  type Choices,
  type SettingName,
} from './settings-change.ts';

/** What became of a change, for the control that it was made with. */
export interface Told {
  readonly outcome: 'saved' | 'undone' | null;
  /** Tells one change from the next, where the same is said of both. */
  readonly count: number;
  readonly undo: () => void;
}

/** What a person has set, the ways to change it, and what is said of the last change. */
export function useChoices({ settings, startAtLogin, commandOnPath }: Snapshot, commands: Commands) {
  const present: Choices = { settings, startAtLogin, commandOnPath: commandOnPath?.isOn ?? null };
  const [change, setChange] = useState<Change | null>(null);
  const [count, setCount] = useState(0);
  const changed = useRef<Element | null>(null);

  const make = (next: Change) => {
    setChange(next);
    setCount((times) => times + 1);
    const { to } = next;
    if (!isSame(to.settings, settings)) void commands.changeSettings(to.settings);
    if (to.startAtLogin !== null && to.startAtLogin !== startAtLogin) {
      void commands.setStartAtLogin(to.startAtLogin);
    }
    if (to.commandOnPath !== null && to.commandOnPath !== commandOnPath?.isOn) {
      void commands.setCommandOnPath(to.commandOnPath);
    }
  };
  const choose = (of: SettingName, to: Partial<Choices>, field = document.activeElement) => {
    changed.current = field;
    make({ of, from: present, to: { ...present, ...to }, isUndo: false });
  };
  // Of several that one is chosen of it is the one that is chosen again.
  useEffect(() => {
    if (change?.isUndo === true) chosenBeside(changed.current)?.focus();
  }, [change, settings]);
  const undo = () => {
    if (change === null) return;
    make(undoOf(change));
    // "Undo" goes with this: back to what was changed.
    if (changed.current instanceof HTMLElement) changed.current.focus();
  };
  return {
    /** `field`: what the person changed, where that has lost the focus already. */
    set: (of: SettingName, some: Partial<Settings>, field?: Element) =>
      choose(of, { settings: { ...settings, ...some } }, field),
    setStartAtLogin: (on: boolean) => choose('startAtLogin', { startAtLogin: on }),
    setCommandOnPath: (on: boolean) => choose('commandOnPath', { commandOnPath: on }),
    /** What is to be said beside a control. */
    told: (of: SettingName): Told => ({
      outcome: change?.of === of ? changeOutcome(change, present) : null,
      count,
      undo,
    }),
  };
}

/** The chosen one of those that a radio button is among, where that has the focus and is not it. */
function chosenBeside(field: Element | null): HTMLElement | null {
  if (!(field instanceof HTMLInputElement) || field.type !== 'radio') return null;
  if (field.checked || field !== document.activeElement) return null;
  return field.closest('fieldset')?.querySelector<HTMLElement>('input:checked') ?? null;
}
