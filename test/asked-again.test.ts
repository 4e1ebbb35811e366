/** What pages ask again after commands and for news, over a cache as the dashboard has it. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { QueryClient, QueryObserver } from '@tanstack/query-core';
import { resolve } from 'node:path';

interface Again {
  readonly askAgain: (answers: QueryClient, touches?: readonly object[]) => Promise<void>;
  readonly keyOf: (operation: object) => readonly unknown[];
  readonly longestWaitMs: number;
  readonly refresherOf: (
    answers: QueryClient,
    operations: readonly object[],
    atMostEveryMs: number,
  ) => { refresh(): void; end(): void };
}
const { askAgain, keyOf, longestWaitMs, refresherOf } = (await import(resolve('web/dashboard/api/again.ts'))) as Again;

const operation = (documentId: string): object => ({ __meta__: { documentId } });
const [list, page] = [operation('list'), operation('page')];

describe('what pages ask again', () => {
  let answers: QueryClient;
  /** What the hub holds, and how long it takes to say so. */
  let stored: string;
  let takesMs: number;
  beforeEach(() => {
    jest.useFakeTimers();
    [stored, takesMs] = ['old', 100];
    answers = new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, retry: false } } });
  });
  afterEach(() => {
    answers.clear();
    jest.useRealTimers();
  });

  const wait = (ms: number): Promise<unknown> => jest.advanceTimersByTimeAsync(ms);
  /** A page that shows the answer, and what it has asked and shown. */
  function open(shown: object) {
    const told = { asked: 0, text: '' };
    const queryFn = async ({ signal }: { signal: AbortSignal }): Promise<string> => {
      told.asked++;
      const said = stored;
      await new Promise((answer, giveUp) => {
        signal.addEventListener('abort', giveUp);
        setTimeout(answer, takesMs);
      });
      return said;
    };
    const observer = new QueryObserver<string>(answers, { queryKey: keyOf(shown), queryFn });
    const close = observer.subscribe(({ data }) => void (told.text = data ?? told.text));
    return { told, close };
  }

  it('is what a command touches at once, and everything else when it is shown the next time', async () => {
    const [touched, other] = [open(list), open(page)];
    await wait(100);
    other.close();
    stored = 'new';
    const done = askAgain(answers, [list]);
    await wait(100);
    await done;
    expect(touched.told).toEqual({ asked: 2, text: 'new' });
    expect(other.told.asked).toBe(1);
    // Within the time in which an answer counts as fresh.
    const reopened = open(page);
    await wait(100);
    expect(reopened.told).toEqual({ asked: 1, text: 'new' });
  });

  it('is all that is shown when a command does not say what it touches', async () => {
    const [one, other] = [open(list), open(page)];
    await wait(100);
    void askAgain(answers);
    await wait(100);
    expect([one.told.asked, other.told.asked]).toEqual([2, 2]);
  });

  it('is asked once for many news', async () => {
    const { told } = open(list);
    await wait(100);
    const { refresh } = refresherOf(answers, [list], 1_000);
    for (let count = 0; count < 9; count++) {
      refresh();
      await wait(100);
    }
    await wait(200);
    expect(told.asked).toBe(2);
  });

  it('holds news that come while the first answer is under way', async () => {
    takesMs = 3_000;
    const { told } = open(list);
    await wait(10);
    stored = 'new';
    refresherOf(answers, [list], 1_000).refresh();
    await wait(2_990);
    expect(told.text).toBe('old');
    await wait(3_300);
    expect(told).toEqual({ asked: 2, text: 'new' });
  });

  it('arrives although news never end and answers take longer than they come', async () => {
    const { told } = open(list);
    await wait(100);
    takesMs = 3_000;
    stored = 'new';
    const { refresh } = refresherOf(answers, [list], 1_000);
    for (let count = 0; count < 60; count++) {
      refresh();
      await wait(100);
    }
    expect(told.text).toBe('new');
  });

  it('gives up an answer that does not come', async () => {
    const { told } = open(list);
    await wait(100);
    takesMs = 3_600_000;
    const { refresh } = refresherOf(answers, [list], 1_000);
    refresh();
    await wait(1_000);
    [takesMs, stored] = [100, 'new'];
    refresh();
    await wait(longestWaitMs + 2_000);
    expect(told).toEqual({ asked: 3, text: 'new' });
  });

  it('is asked anew when it is shown again, if the page was left before its news were', async () => {
    const { close } = open(list);
    await wait(100);
    const { refresh, end } = refresherOf(answers, [list], 1_000);
    stored = 'new';
    refresh();
    close();
    end();
    await wait(1_000);
    const { told } = open(list);
    await wait(100);
    expect(told).toEqual({ asked: 1, text: 'new' });
  });
});
