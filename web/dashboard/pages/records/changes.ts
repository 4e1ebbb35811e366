/**
 * News of records: lists count what has changed since they were read, a record is read again. Guarantee: nothing that happens while a page opens is
 * missed. The newest cursor is asked for first, then what the page shows, and its news go on behind that cursor.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { keyOf } from '../../api/again.ts';
import { ask, type Operation } from '../../api/ask.ts';
import { useRefresh } from '../../api/hooks.ts';
import { useLive } from '../../api/live.ts';
import { useMay } from '../../app/session.tsx';
import { ActivityHeadDocument, RecordEventsDocument } from '../../graph/graphql.ts';

type AnyOperation = Operation<unknown, never>;

interface Change {
  readonly cursor: string;
  readonly entity?: { readonly id: string } | null;
}

/** Where the news of a page begin. */
export interface FeedStart {
  /** Nothing is asked before. */
  readonly isKnown: boolean;
  /** Undefined while there are no events at all, and for those who may not read them: then the news begin when they are followed. */
  readonly since?: string | undefined;
  /** Begins anew, with what is shown: for when the news behind `since` are not kept any more. */
  renew(): void;
}

/** Asks where the news begin; `shown`: what is to be asked after that, although an answer may be kept from before. */
export function useFeedStart(shown: readonly AnyOperation[]): FeedStart {
  const answers = useQueryClient();
  const mayRead = useMay('READ_OPERATIONS');
  const [round, setRound] = useState(0);
  const [start, setStart] = useState<Omit<FeedStart, 'renew'>>({ isKnown: !mayRead });
  const begin = useEffectEvent((since: string | undefined) => {
    for (const each of shown) void answers.invalidateQueries({ queryKey: keyOf(each) });
    setStart({ isKnown: true, since });
  });
  useEffect(() => {
    if (!mayRead) return;
    const control = new AbortController();
    ask(ActivityHeadDocument, {}, control.signal).then(
      ({ syncEvents }) => begin(syncEvents.edges[0]?.cursor),
      // What is shown is asked all the same, and says what is wrong.
      () => control.signal.aborted || begin(undefined),
    );
    return () => control.abort();
  }, [mayRead, round]);
  return { ...start, renew: () => setRound((before) => before + 1) };
}

const sinceOf = ({ since }: FeedStart): { readonly since?: string } => (since === undefined ? {} : { since });

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
  start: FeedStart,
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
  useLive(operation, sinceOf(start), {
    isOff: !start.isKnown,
    onNews(news) {
      const { entity, cursor } = changeIn(news);
      changed.current.add(entity?.id ?? cursor);
      setCount(changed.current.size);
    },
    cursorOf: (news) => changeIn(news).cursor,
    onLost() {
      // The list is read anew, with all that was counted.
      forget();
      start.renew();
    },
  });
  return {
    count,
    show() {
      forget();
      void answers.invalidateQueries({ queryKey: keyOf(list) });
    },
  };
}

/** Has the answers asked again whenever something happens to one of the records. */
export function useRecordEvents(ids: readonly string[], operations: readonly AnyOperation[], start: FeedStart): void {
  const refresh = useRefresh(operations);
  const mayRead = useMay('READ_OPERATIONS');
  useLive(
    RecordEventsDocument,
    { ids, ...sinceOf(start) },
    {
      onNews: refresh,
      onLost: start.renew,
      cursorOf: ({ syncEventRecorded: { cursor } }) => cursor,
      isOff: !mayRead || !start.isKnown || ids.length === 0,
    },
  );
}
