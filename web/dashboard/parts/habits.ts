/** What a person has chosen for this browser: exact times, keys of one letter, codes of fields, what was put away. */
import { useSyncExternalStore } from 'react';

export interface Habits {
  readonly isTimeExact: boolean;
  /** Keys without Ctrl (WCAG 2.1.4 lets people switch them off). */
  readonly hasLetterKeys: boolean;
  /** Knows that nobody is told of alerts, and does not want to be reminded. */
  readonly isNobodyToldAway: boolean;
  /** Mappings show fields by their codes instead of their names. */
  readonly hasFieldCodes: boolean;
}

const kept = 'koppel-habits';
const usual: Habits = { isTimeExact: false, hasLetterKeys: true, isNobodyToldAway: false, hasFieldCodes: false };

function read(): Habits {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(kept) ?? '{}') as Partial<Habits>) };
  } catch {
    return usual;
  }
}

let habits = read();
const watchers = new Set<() => void>();
const watch = (tell: () => void): (() => void) => {
  watchers.add(tell);
  return () => void watchers.delete(tell);
};

export const useHabits = (): Habits => useSyncExternalStore(watch, () => habits);
export const presentHabits = (): Habits => habits;

export function changeHabits(changes: Partial<Habits>): void {
  habits = { ...habits, ...changes };
  localStorage.setItem(kept, JSON.stringify(habits));
  for (const tell of watchers) tell();
}
