/** Keys that work on every page. Keys of one letter never work while something is being typed, and can be switched off. */
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { presentHabits } from '../parts/habits.ts';
import { pageGroups } from './pages.ts';
import { openHelp, openPalette } from './tool-switches.ts';

/** So long after `g` a letter still counts. */
const patienceMs = 1_500;

/** Whether a key of one letter may mean something: nothing is being typed, no dialog is open, and the person has not switched them off. */
export function isLetterKey(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !presentHabits().hasLetterKeys)
    return false;
  const target = event.target as HTMLElement;
  if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return false;
  return document.querySelector('[role="dialog"][aria-modal="true"]') === null;
}

export function useShortcuts(): void {
  const navigate = useNavigate();
  useEffect(() => {
    let gAt = -patienceMs;
    const onKey = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        openPalette();
        return;
      }
      if (!isLetterKey(event)) return;
      if (event.key === '?') return openHelp();
      if (event.key === '/') return focusFilter(event);
      if (performance.now() - gAt < patienceMs) {
        gAt = -patienceMs;
        const page = pageGroups.flatMap(({ pages }) => pages).find(({ letter }) => letter === event.key);
        if (page !== undefined) void navigate({ to: page.path });
      } else if (event.key === 'g') gAt = performance.now();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate]);
}

/** The page's own filter says so itself: `data-filter`. */
function focusFilter(event: KeyboardEvent): void {
  const filter = document.querySelector<HTMLElement>('[data-filter]');
  if (filter === null) return;
  event.preventDefault();
  filter.focus();
}
