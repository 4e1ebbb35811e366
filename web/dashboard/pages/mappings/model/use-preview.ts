/**
 * Tries the rules on a record, 300 ms after the last change: rules that are not saved too. The hub writes nothing for it. What was shown stays until
 * the new answer is there; an answer that is no longer asked for is dropped.
 */
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { ask, AskError } from '../../../api/ask.ts';
import { useSignedInAgain } from '../../../app/session.tsx';
import { MappingPreviewedDocument, type MappingPreviewInput } from '../../../graph/graphql.ts';
import type { Preview } from './reading.ts';

const typingMs = 300;

export interface Previewing {
  readonly preview: Preview | null;
  readonly error: AskError | null;
  /** Something was changed since, or the answer is on the way. */
  readonly isBehind: boolean;
  now(): void;
}

interface Answered {
  /** What was asked. */
  readonly key: string;
  readonly preview: Preview | null;
  readonly error: AskError | null;
}

/** What came of the record before, when it was the same record. */
function earlierOf({ sample }: MappingPreviewInput, was: Answered): Preview | null {
  if (was.preview === null) return null;
  const before = (JSON.parse(was.key) as MappingPreviewInput | null)?.sample;
  return JSON.stringify(before) === JSON.stringify(sample) ? was.preview : null;
}

/** Rules that cannot be used yet read no record; what the record holds is still known then, when it is the one of before. */
function withSource(preview: Preview, earlier: Preview | null): Preview {
  return preview.source != null || earlier?.source == null ? preview : { ...preview, source: earlier.source };
}

export function usePreview(input: MappingPreviewInput | null): Previewing {
  const key = JSON.stringify(input);
  const [answer, setAnswer] = useState<Answered>({ key: '', preview: null, error: null });
  const asking = useRef<AbortController | null>(null);
  const run = useCallback((text: string): void => {
    const wanted = JSON.parse(text) as MappingPreviewInput | null;
    asking.current?.abort();
    if (wanted === null) return;
    const { signal } = (asking.current = new AbortController());
    ask(MappingPreviewedDocument, { input: wanted }, signal).then(
      ({ mappingPreview }) =>
        setAnswer((was) => ({ key: text, preview: withSource(mappingPreview, earlierOf(wanted, was)), error: null })),
      (error: unknown) => {
        if (signal.aborted || !(error instanceof AskError)) return;
        setAnswer((was) => ({ key: text, preview: earlierOf(wanted, was), error }));
      },
    );
  }, []);
  const isFirst = useEffectEvent(() => answer.key === '');
  useEffect(() => {
    const timer = setTimeout(() => run(key), isFirst() ? 0 : typingMs);
    return () => clearTimeout(timer);
  }, [key, run]);
  useSignedInAgain(() => void (answer.error !== null && run(key)));
  useEffect(() => () => asking.current?.abort(), []);
  return {
    preview: answer.preview,
    error: answer.key === key ? answer.error : null,
    isBehind: input !== null && answer.key !== key,
    now: () => run(key),
  };
}
