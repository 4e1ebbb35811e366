/**
 * The draft that a dialog is about is the one that it has shown: what somebody else saves while it is open waits until the person has gone on
 * to that. What this page itself had sent before is shown when it is there.
 */
import { useState } from 'react';
import { useEditing, type List } from './editing.ts';

export interface SeenDraft {
  readonly seen: List;
  /** Somebody else has changed the draft since. */
  readonly isOvertaken: boolean;
  /** What is shown is the draft, and nothing is on its way to it. */
  readonly isCurrent: boolean;
  goOn(): void;
}

/** `isSending`: the dialog itself is changing the draft. */
export function useSeenDraft(isOpen: boolean, isSending: boolean): SeenDraft {
  const { list, isRunning, isOwn } = useEditing();
  const [kept, keep] = useState<List | null>(null);
  const isSame = kept !== null && isOwn(kept.draftRevision, list.draftRevision);
  if (!isOpen && kept !== null) keep(null);
  if (isOpen && kept !== list && (kept === null || isSame)) keep(list);
  return {
    seen: kept ?? list,
    isOvertaken: kept !== null && !isSame && !isRunning && !isSending,
    isCurrent: isSame && !isRunning,
    goOn: () => keep(list),
  };
}
