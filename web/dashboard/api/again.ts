/**
 * What is asked anew, and when: after commands, and for news that come in swarms. Guarantee: news are never lost to an answer that was under way
 * before them, and no answer is given up because of news.
 */
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { idOf, type Operation } from './ask.ts';

type AnyOperation = Operation<unknown, never>;

/** Name of an answer in the cache; without variables that of all answers of the operation. */
export const keyOf = (operation: AnyOperation, variables?: unknown): QueryKey =>
  variables === undefined ? [idOf(operation)] : [idOf(operation), variables];

/** After a command: `touches` (all that is shown when left out) is asked again at once, everything else when it is shown the next time. */
export async function askAgain(answers: QueryClient, touches?: readonly AnyOperation[]): Promise<void> {
  if (touches === undefined) return answers.invalidateQueries();
  void answers.invalidateQueries({ refetchType: 'none' });
  await Promise.all(touches.map((each) => answers.invalidateQueries({ queryKey: keyOf(each) })));
}

const lookEveryMs = 200;
/** An answer that takes longer is given up for a new one: it may never come. */
export const longestWaitMs = 10_000;

export interface Refresher {
  /** News have come. */
  refresh(): void;
  /** Nothing is shown any more; what news were waiting for is asked when it is shown the next time. */
  end(): void;
}

/** Has the answers of these operations asked again, at most once in `atMostEveryMs`, and not while one of them is under way. */
export function refresherOf(
  answers: QueryClient,
  operations: readonly AnyOperation[],
  atMostEveryMs: number,
): Refresher {
  const keys = operations.map((each) => keyOf(each));
  let timer: ReturnType<typeof setTimeout> | undefined;
  function look(waitedMs: number): void {
    const isUnderWay = keys.some((queryKey) => answers.isFetching({ queryKey }) > 0);
    if (isUnderWay && waitedMs < longestWaitMs) {
      timer = setTimeout(() => look(waitedMs + lookEveryMs), lookEveryMs);
      return;
    }
    timer = undefined;
    for (const queryKey of keys) void answers.invalidateQueries({ queryKey });
  }
  return {
    refresh: () => void (timer ??= setTimeout(() => look(0), atMostEveryMs)),
    end() {
      if (timer === undefined) return;
      clearTimeout(timer);
      timer = undefined;
      for (const queryKey of keys) void answers.invalidateQueries({ queryKey, refetchType: 'none' });
    },
  };
}
