/** On which version of what is edited a form is saved. In: the version as the hub has it now, and what went against the last try. */
import { useState } from 'react';
import { RefusedError } from '../api/hooks.ts';

const isOutdated = (error: Error | null): boolean =>
  error instanceof RefusedError && error.refusals.some(({ code }) => code === 'VERSION_CONFLICT');

/** That which the form began with: nobody's change is overwritten unread. Once somebody was told that it is outdated, the present one. */
export function useSeenVersion(now: number, error: Error | null): number {
  const [seen, setSeen] = useState(now);
  const [read, setRead] = useState(error);
  if (error !== read) {
    setRead(error);
    if (isOutdated(error)) setSeen(now);
  }
  return seen;
}
