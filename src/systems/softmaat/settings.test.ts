/** Settings, pacing and refusals: the small pure parts. */
import { describe, expect, it } from '@jest/globals';
import type { Clock } from '../../base/clock.js';
import { KoppelError } from '../../base/errors.js';
import { judge, makeClean, refused } from './answer.js';
import { makePace } from './pace.js';
import { parseSettings } from './settings.js';

const problems = (document: Record<string, string | number>): string => {
  try {
    parseSettings(document);
  } catch (thrown) {
    if (thrown instanceof KoppelError) return thrown.message;
  }
  return 'none';
};

describe('the settings of Softmaat', () => {
  it('take an address with or without the path of the API', () => {
    for (const url of ['https://shop.example.nl', 'https://shop.example.nl/', 'https://shop.example.nl/api/v1/']) {
      expect(parseSettings({ url, token: 't' }).base.href).toBe('https://shop.example.nl/api/v1');
    }
    expect(parseSettings({ url: 'http://127.0.0.1:4102', token: 't' }).timeoutMs).toBe(10_000);
  });

  it('take an unencrypted address of this machine and of the sandbox in its container only', () => {
    expect(problems({ url: 'http://sandbox-softmaat:4102', token: 't' })).toBe('none');
    for (const host of ['shop.example.nl', 'sandbox-softmaat.example.nl', 'sandbox-mpluskassa', '10.0.0.5'])
      expect(problems({ url: `http://${host}:4102`, token: 't' })).toContain('https://');
  });

  it('name every problem at once and never repeat a value', () => {
    const text = problems({
      url: 'http://user:pw@example.nl?token=x',
      token: 'two words',
      timeoutMs: 5,
      colour: 'red',
    });
    for (const part of ['colour is not a setting', 'https://', 'credentials', 'token holds', 'timeoutMs'])
      expect(text).toContain(part);
    expect(text).not.toMatch(/pw|two words|token=x/);
    expect(problems({})).toMatch(/url is missing.*token is missing/);
  });
});

describe('pacing', () => {
  const fake = (): Clock & { slept: number[] } => {
    let now = 0;
    const slept: number[] = [];
    return {
      slept,
      now: () => new Date(now),
      monotonic: () => now,
      sleep: (ms) => {
        slept.push(ms);
        now += ms;
        return Promise.resolve();
      },
    };
  };
  const signal = new AbortController().signal;

  it('waits for the next window when none is left, and counts what is under way', async () => {
    const clock = fake();
    const pace = makePace(clock);
    await pace.turn(signal);
    await pace.turn(signal);
    pace.answered({ 'ratelimit-remaining': '1', 'ratelimit-reset': '1' });
    expect(clock.slept).toEqual([]);
    await pace.turn(signal);
    expect(clock.slept).toEqual([1_000]);
  });

  it('refuses at once when the wait would be longer than a request may take', async () => {
    const pace = makePace(fake());
    pace.pause(60_000);
    await expect(pace.turn(signal)).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 60_000 });
  });
});

describe('an answer', () => {
  const answer = (status: number, type: string, body: string) =>
    judge('GET /products', { status, headers: { 'content-type': type }, body: Buffer.from(body) }, makeClean('s3cret'));

  it('is believed only in its own words', () => {
    expect(answer(404, 'text/html', '<html>')).toMatchObject({ type: 'error', mayBeApplied: true });
    expect(answer(404, 'application/problem+json', '{"title":"Not found"}')).toMatchObject({
      type: 'problem',
      status: 404,
    });
    expect(answer(200, 'application/json', '[1]')).toMatchObject({
      type: 'error',
      error: { code: 'INCOMPLETE_RESPONSE' },
    });
    expect(answer(503, 'text/html', 'token s3cret')).toMatchObject({
      error: { code: 'SYSTEM_FAULT', original: 'token [removed]' },
    });
  });

  it('that asks to come back later is kept to that, for a quarter of an hour at most', () => {
    const date = 'Sat, 28 Nov 2026 21:39:56 GMT';
    const told = ['7', '999999999', 'Sat, 28 Nov 2026 21:40:26 GMT', '-5'].flatMap((asked) =>
      [429, 503].map((status) => {
        const response = { status, headers: { 'retry-after': asked, date }, body: Buffer.from('') };
        const judged = judge('GET /products', response, makeClean('s3cret'));
        return judged.type === 'error' ? judged.error.retryAfterMs : judged;
      }),
    );
    // Who says nothing that can be read with a 429 is asked again after a second.
    expect(told).toEqual([7_000, 7_000, 900_000, 900_000, 30_000, 30_000, 1_000, undefined]);
  });

  it('becomes a refusal with the path of the field and the words of the system', () => {
    const errors = [{ pointer: '/price/amount', code: 'negative', message: 'must not be negative' }];
    const judged = answer(422, 'application/problem+json', JSON.stringify({ detail: 'Price wrong', errors }));
    if (judged.type !== 'problem') throw new Error(judged.type);
    expect(refused(judged.problem)).toMatchObject({
      code: 'RECORD_REFUSED',
      path: 'price.amount',
      original: 'Price wrong',
      message: 'Softmaat refused the record: price.amount: must not be negative.',
    });
  });
});
