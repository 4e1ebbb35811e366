/** How long requests wait for their turn. */
import { describe, expect, it } from '@jest/globals';
import { makeTime, signal } from '../../../test/support/softmaat-model.js';
import { makePace } from './pace.js';

describe('the turn of a request', () => {
  it.each<[string, (pace: ReturnType<typeof makePace>) => void]>([
    ['stay away', (pace) => pace.pause(999_999_999_000)],
    [
      'wait for its next window',
      (pace) => pace.answered({ 'ratelimit-remaining': '0', 'ratelimit-reset': '999999999' }),
    ],
  ])('comes after a quarter of an hour when the system says to %s for longer than it can mean', async (_, says) => {
    const { clock, advance } = makeTime();
    const pace = makePace(clock);
    await pace.turn(signal);
    says(pace);
    await expect(pace.turn(signal)).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 900_000 });
    advance(900_000);
    await pace.turn(signal);
  });
});
