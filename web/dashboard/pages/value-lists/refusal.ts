/** What is against a change that was made in place: said where it was typed, in a message when that place is gone or holds something else by then. */
import { useEffect, useRef, useState } from 'react';
import { useSentence } from '../../parts/failure.tsx';
import { toldFailure } from '../../parts/told.ts';
import { codeOf, type Entry } from './table-text.ts';

export interface RefusalOf {
  readonly error: Error | null;
  /** Null ends what was said here. `sent`: the row that it is about, for the message. */
  tell(refusal: Error | null, sent?: Entry): void;
  /** In a message in any case. */
  tellApart(refusal: Error, sent: Entry): void;
}

export function useRefusal(): RefusalOf {
  const sentence = useSentence();
  const [error, setError] = useState<Error | null>(null);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => void (isGone.current = true);
  }, []);
  const tellApart = (refusal: Error, sent?: Entry): void => {
    const row = sent === undefined ? '' : `${codeOf(sent)} → ${sent.targetValue}: `;
    toldFailure(new Error(row + sentence(refusal)));
  };
  const tell = (refusal: Error | null, sent?: Entry): void => {
    if (!isGone.current) setError(refusal);
    else if (refusal !== null) tellApart(refusal, sent);
  };
  return { error, tell, tellApart };
}
