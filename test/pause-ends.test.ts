/** When a pause ends that is chosen on the page of a flow. */
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

interface PauseEnds {
  endOfPause(end: 'hour' | 'tomorrow' | 'person', now: Date): string | null;
}
// Not named as an import: what the pages are made of is compiled by other rules than what runs in Node.
const { endOfPause } = (await import(resolve('web/dashboard/pages/flows/pause-ends.ts'))) as PauseEnds;

describe('the end of a pause', () => {
  it('is an hour later', () => {
    expect(endOfPause('hour', new Date('2026-10-25T00:30:00Z'))).toBe('2026-10-25T01:30:00.000Z');
  });

  it('is eight o’clock on the clock of the page, on the day after, also at the end of a month and in nights of 23 or 25 hours', () => {
    for (const now of [new Date(2026, 11, 31, 23, 59), new Date(2026, 9, 24, 0, 0), new Date(2026, 2, 28, 20, 15)]) {
      const end = new Date(endOfPause('tomorrow', now)!);
      expect([end.getHours(), end.getMinutes(), end.getSeconds()]).toEqual([8, 0, 0]);
      const midnights = [now, end].map((each) => Date.UTC(each.getFullYear(), each.getMonth(), each.getDate()));
      expect(midnights[1]! - midnights[0]!).toBe(86_400_000);
    }
  });

  it('is not known when a person says when', () => {
    expect(endOfPause('person', new Date())).toBeNull();
  });
});
