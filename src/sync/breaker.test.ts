/** The breaker of a target and the guard against filling the list of problems, on a clock that the test moves. */
import { describe, expect, it } from '@jest/globals';
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import { backoffMs } from './backoff.js';
import { makeBreaker, type Breaker } from './breaker.js';
import { makeParkGuard } from './park-guard.js';
import { feedBreaker, type Sent } from './project-send.js';

function movedClock(): { clock: Clock; pass(ms: number): void } {
  let now = 0;
  const clock: Clock = { now: () => new Date(now), monotonic: () => now, sleep: () => Promise.resolve() };
  return { clock, pass: (ms) => (now += ms) };
}

describe('the breaker', () => {
  it('opens after five failures in a row, then lets one probe through, later and later', () => {
    const { clock, pass } = movedClock();
    const breaker = makeBreaker(clock, { random: () => 1 });
    for (let i = 0; i < 4; i++) expect(breaker.failed()).toBe(false);
    expect(breaker.allowance()).toBe(Infinity);
    expect(breaker.failed()).toBe(true);
    expect(breaker.allowance()).toBe(0);
    pass(1_000);
    expect(breaker.allowance()).toBe(1);
    expect(breaker.failed()).toBe(false);
    expect(breaker.waitMs()).toBe(2_000);
    pass(2_000);
    breaker.succeeded();
    expect(breaker.allowance()).toBe(Infinity);
  });

  it('lets few probes through to a target that is down for five minutes', () => {
    const { clock, pass } = movedClock();
    const breaker = makeBreaker(clock, { random: () => 0.5 });
    let calls = 0;
    for (let second = 0; second < 300; second++, pass(1_000)) {
      if (breaker.allowance() === 0) continue;
      calls++;
      breaker.failed();
    }
    expect(calls).toBeLessThan(30);
  });

  it('stays open for a quarter of an hour at most, whatever the target asks for', () => {
    const asks = (code: 'RATE_LIMITED' | 'SYSTEM_FAULT', breaker: Breaker): void => {
      const values = { system: 'Shop', operation: 'write', what: 'HTTP 503' };
      const error = new KoppelError(code, values, { retryAfterMs: 999_999_999_000 });
      feedBreaker(breaker, [{ outcome: { type: 'failed', error } } as Sent]);
    };
    const breakers = [makeBreaker(movedClock().clock), makeBreaker(movedClock().clock, { threshold: 1 })] as const;
    asks('RATE_LIMITED', breakers[0]);
    asks('SYSTEM_FAULT', breakers[1]);
    expect(breakers.map((breaker) => breaker.waitMs())).toEqual([900_000, 900_000]);
  });

  it('rests as long as the target asks, without counting that as a failure', () => {
    const { clock, pass } = movedClock();
    const breaker = makeBreaker(clock);
    breaker.rest(500);
    expect(breaker.allowance()).toBe(0);
    pass(500);
    expect(breaker.allowance()).toBe(Infinity);
  });
});

describe('the guard', () => {
  it('trips at the 21st record of one cause, when that is more than one in twenty', () => {
    const guard = makeParkGuard(movedClock().clock);
    guard.handled('flow', 100);
    const trips = Array.from({ length: 21 }, (_, i) => guard.parks('flow', 'cause', `record ${i}`));
    expect(trips).toEqual([...Array.from({ length: 20 }, () => 0), 21]);
  });

  it('lets one per cent of broken records be parked, however many there are', () => {
    const guard = makeParkGuard(movedClock().clock);
    for (let i = 0; i < 1_000; i++) {
      guard.handled('flow', 100);
      expect(guard.parks('flow', 'cause', `record ${i}`)).toBe(0);
    }
  });

  it('counts a record once, however often it fails', () => {
    const guard = makeParkGuard(movedClock().clock);
    for (let i = 0; i < 100; i++) expect(guard.parks('flow', 'cause', `record ${i % 20}`)).toBe(0);
    expect(guard.parks('flow', 'cause', 'another')).toBe(21);
  });

  it('forgets after five minutes, and tells causes and flows apart', () => {
    const { clock, pass } = movedClock();
    const guard = makeParkGuard(clock);
    for (let i = 0; i < 15; i++) guard.parks('flow', 'cause', `record ${i}`);
    for (let i = 0; i < 15; i++) expect(guard.parks('flow', 'another', `record ${i}`)).toBe(0);
    for (let i = 0; i < 15; i++) expect(guard.parks('other', 'cause', `record ${i}`)).toBe(0);
    pass(310_000);
    for (let i = 0; i < 15; i++) expect(guard.parks('flow', 'cause', `record ${i}`)).toBe(0);
  });
});

describe('the back-off', () => {
  it('grows to a minute with full jitter', () => {
    expect(backoffMs(1, () => 1)).toBe(2_000);
    expect(backoffMs(50, () => 1)).toBe(60_000);
    expect(backoffMs(50, () => 0)).toBe(200);
  });
});
