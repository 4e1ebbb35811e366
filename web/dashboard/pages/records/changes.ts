/** News of records: lists count what has changed since they were read, a record is read again. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Operation } from '../../api/ask.ts';
import { keyOf, useRefresh } from '../../api/hooks.ts';
import { useLive } from '../../api/live.ts';
import { useMay } from '../../app/session.tsx';
import { RecordEventsDocument } from '../../graph/graphql.ts';

type AnyOperation = Operation<unknown, never>;

interface Change {
  readonly cursor: string;
  readonly entity?: { readonly id: string } | null;
}

export interface Changes {
  readonly count: number;
  show(): void;
}

/** Follows the subscription and counts the records that it names; `show` has the list read anew. */
export function useChanges<Result extends object>(
  operation: Operation<Result, { readonly since?: string | null }>,
  list: AnyOperation,
  /** What the list shows; another list has read everything. */
  key: string,
): Changes {
  const answers = useQueryClient();
  const changed = useRef(new Set<string>());
  const [count, setCount] = useState(0);
  const forget = (): void => {
    changed.current.clear();
    setCount(0);
  };
  useEffect(forget, [key]);
  const changeIn = (news: Result): Change => Object.values(news)[0] as Change;
  useLive(
    operation,
    {},
    {
      onNews(news) {
        const { entity, cursor } = changeIn(news);
        changed.current.add(entity?.id ?? cursor);
        setCount(changed.current.size);
      },
      cursorOf: (news) => changeIn(news).cursor,
    },
  );
  return {
    count,
    show() {
      forget();
      void answers.invalidateQueries({ queryKey: keyOf(list) });
    },
  };
}

/** Has the answers asked again whenever something happens to one of the records. */
export function useRecordEvents(ids: readonly string[], operations: readonly AnyOperation[]): void {
  const refresh = useRefresh(operations);
  const mayRead = useMay('READ_OPERATIONS');
  useLive(
    RecordEventsDocument,
    { ids },
    {
      onNews: refresh,
      cursorOf: ({ syncEventRecorded: { cursor } }) => cursor,
      isOff: !mayRead || ids.length === 0,
    },
  );
}
