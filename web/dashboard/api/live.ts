/**
 * Subscriptions of a page. In: an operation, its variables, what is done with each piece of news. Guarantee: after a lost connection it goes on
 * behind the last cursor that arrived, so that no news is missed and none comes twice; without cursors `onResume` says that some may be missing.
 */
import { useEffect, useEffectEvent } from 'react';
import { named, type Operation } from './ask.ts';
import { onceLive, socket } from './connection.ts';

const firstWaitMs = 500;
const longestWaitMs = 10_000;

export interface LiveOptions<Result> {
  onNews(news: Result): void;
  /** The subscription goes on after a gap. */
  onResume?(): void;
  /** What came after the last cursor is not kept any more, so that the subscription cannot go on: what is shown has to be asked for anew. */
  onLost?(): void;
  /** Where a piece of news stands, for operations with a variable `since`. */
  cursorOf?(news: Result): string;
  /** No subscription while this is true. */
  readonly isOff?: boolean;
}

/** Follows the operation while the component is shown. */
export function useLive<Result, Variables extends Readonly<Record<string, unknown>>>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  options: LiveOptions<Result>,
): void {
  const { isOff = false } = options;
  const onNews = useEffectEvent(options.onNews);
  const onResume = useEffectEvent(() => options.onResume?.());
  const onLost = useEffectEvent(() => options.onLost?.());
  const cursorOf = useEffectEvent((news: Result) => options.cursorOf?.(news));
  const key = JSON.stringify(variables);
  useEffect(() => {
    if (isOff) return;
    return follow<Result>(operation, JSON.parse(key) as Readonly<Record<string, unknown>>, {
      onNews,
      onResume,
      onLost,
      cursorOf,
    });
  }, [operation, key, isOff]);
}

/** The hub's refusal of a cursor that lies before what it keeps, or comes from another database. */
const isExpired = (thrown: unknown): boolean =>
  Array.isArray(thrown) &&
  thrown.some(({ extensions }: { extensions?: { reason?: string } }) =>
    ['CURSOR_EXPIRED', 'BAD_CURSOR'].includes(extensions?.reason ?? ''),
  );

interface Listener<Result> {
  onNews(news: Result): void;
  onResume(): void;
  onLost(): void;
  cursorOf(news: Result): string | undefined;
}

function follow<Result>(
  operation: Operation<unknown, never>,
  variables: Readonly<Record<string, unknown>>,
  { onNews, onResume, onLost, cursorOf }: Listener<Result>,
): () => void {
  let isOver = false;
  let since: string | undefined;
  let waitMs = firstWaitMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let leave = (): void => undefined;
  let forget = leave;

  const again = (): void => {
    if (isOver) return;
    timer = setTimeout(() => begin(true), waitMs);
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  };
  function begin(isResumed: boolean): void {
    const name = named(operation);
    // The protocol wants a text; that of an operation that is known by its hash is empty.
    const request = 'query' in name ? name : { query: '', extensions: name };
    let isFirst = true;
    forget();
    // While the hub lets nobody in, there is nothing to ask.
    if (isResumed && since === undefined) forget = onceLive(onResume);
    leave = socket().subscribe<Result>(
      { ...request, variables: since === undefined ? variables : { ...variables, since } },
      {
        next: ({ data }) => {
          if (isFirst) waitMs = firstWaitMs;
          isFirst = false;
          if (data == null || isOver) return;
          since = cursorOf(data) ?? since;
          onNews(data);
        },
        error: (thrown) => {
          if (isExpired(thrown)) {
            since = undefined;
            onLost();
          }
          again();
        },
        complete: again,
      },
    );
  }
  begin(false);
  return () => {
    isOver = true;
    clearTimeout(timer);
    forget();
    leave();
  };
}
