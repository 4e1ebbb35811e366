/** What tells nobody who has an account, and how often a password may be tried without locking out others. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { performance } from 'node:perf_hooks';
import { attemptLimits, makeAttempts } from '../../src/http/attempts.js';
import { KoppelError } from '../../src/base/errors.js';
import type { Clock } from '../../src/base/clock.js';
import { makePasswords } from '../../src/security/passwords.js';
import { sendSession } from '../support/graph-people.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { busyness } from '../support/patience.js';

const password = 'five green bicycles';

describe('the answer to a wrong password', () => {
  let world: GraphWorld;
  beforeAll(async () => {
    world = await openGraphWorld({ trustedProxies: ['127.0.0.1'] });
    await world.database.query(
      `insert into app_user (id, name, email, email_key, role, password_hash, is_disabled)
       select 'usr_' || n, 'N', n || '@x.example', n || '@x.example', 'VIEWER', $1, n = 'disabled' from unnest(array['known', 'disabled']) n`,
      [await makePasswords().hash(password)],
    );
  }, 60_000);
  afterAll(() => world.close());

  let address = 0;
  /** From another address each time, or the budget would answer. */
  const attempt = (email: string, typed: string) =>
    sendSession(world, 'POST', '/session', { email, password: typed }, { 'x-forwarded-for': `10.0.${address >> 8}.${address++ & 255}` }); // prettier-ignore
  const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

  it('takes as long for an address that nobody has, and for one that is disabled, in the median of 24 tries each, or of up to 48 where a machine is busy', async () => {
    const kinds = ['known', 'disabled', 'nobody'] as const;
    const tries: Record<string, { readonly ms: number; readonly ofProcessor: number }[]> = { known: [], disabled: [], nobody: [] }; // prettier-ignore
    const run = async (kind: string, n: number): Promise<void> => {
      const [from, used] = [performance.now(), process.cpuUsage()];
      const { status } = await attempt(kind === 'nobody' ? `nobody${n}@x.example` : `${kind}@x.example`, `guess ${n} of many`); // prettier-ignore
      tries[kind]!.push({ ms: performance.now() - from, ofProcessor: process.cpuUsage(used).user });
      expect(status).toBe(401);
    };
    // Round by round beside the one who is known, the rest is noise: of more tries less of it is left, of what tells something all.
    const farthest = (what: 'ms' | 'ofProcessor'): number =>
      Math.max(
        ...['disabled', 'nobody'].map((kind) => Math.abs(median(tries[kind]!.map((each, n) => each[what] / tries['known']![n]![what])) - 1)),
      ); // prettier-ignore
    // Not more, or the budget of the account would answer.
    for (let n = 0; n < 24 || (n < 48 && Math.max(farthest('ms'), farthest('ofProcessor')) >= 0.15); n++)
      // In another order each round, so that what a busy machine does to one kind it does to all.
      for (let i = 0; i < 3; i++) await run(kinds[(n + i) % 3]!, n);
    const medians = kinds.map((kind) => median(tries[kind]!.map(({ ms }) => ms)));
    process.stderr.write(`medians in ms: ${kinds.map((kind, i) => `${kind} ${medians[i]!.toFixed(1)}`).join(', ')}\n`);
    // Without the computation it would be a hundredth.
    expect(farthest('ofProcessor')).toBeLessThan(0.15);
    // Where others have the processors too, so much more of it is chance.
    expect(farthest('ms')).toBeLessThan(0.15 * busyness());
  }, 300_000);
});

describe('attempts', () => {
  let now = 0;
  const clock = { monotonic: () => now } as Clock;
  const wrong = new KoppelError('SIGN_IN_REFUSED');
  beforeEach(() => {
    now = 0;
  });

  const codeOf = (attempts: ReturnType<typeof makeAttempts>, from: string, account: string, fits = false) =>
    attempts
      .attempt(from, account, () => (fits ? Promise.resolve() : Promise.reject(wrong)))
      .then(
        () => 'in',
        (error: KoppelError) => error.code,
      );

  it('of one address are few, whichever accounts they are for, and come back with time', async () => {
    const attempts = makeAttempts(clock);
    for (let n = 0; n < attemptLimits.address.limit; n++)
      expect(await codeOf(attempts, 'a', `${n}`)).toBe('SIGN_IN_REFUSED');
    expect(await codeOf(attempts, 'a', 'x', true)).toBe('SIGN_IN_THROTTLED');
    expect(await codeOf(attempts, 'b', 'x', true)).toBe('in');
    now += 1000 / attemptLimits.address.restoreRate;
    expect(await codeOf(attempts, 'a', 'y')).toBe('SIGN_IN_REFUSED');
    expect(await codeOf(attempts, 'a', 'y')).toBe('SIGN_IN_THROTTLED');
  });

  it('on one account are few, from however many addresses, and its owner still gets in from where it was reached before', async () => {
    const attempts = makeAttempts(clock);
    expect(await codeOf(attempts, 'home', 'anna', true)).toBe('in');
    for (let n = 0; n < attemptLimits.account.limit; n++)
      expect(await codeOf(attempts, `${n}`, 'anna')).toBe('SIGN_IN_REFUSED');
    expect(await codeOf(attempts, 'elsewhere', 'anna', true)).toBe('SIGN_IN_THROTTLED');
    expect(await codeOf(attempts, 'home', 'anna', true)).toBe('in');
    expect(await codeOf(attempts, 'elsewhere', 'bob', true)).toBe('in');
  });

  it('of a colleague behind the same address lock nobody out who was in before', async () => {
    const attempts = makeAttempts(clock);
    expect(await codeOf(attempts, 'office', 'anna', true)).toBe('in');
    for (let n = 0; n < 100; n++) await codeOf(attempts, 'office', 'bob');
    expect(await codeOf(attempts, 'office', 'bob', true)).toBe('SIGN_IN_THROTTLED');
    expect(await codeOf(attempts, 'office', 'anna', true)).toBe('in');
  });

  it('are counted when they begin, so that many at once are not one', async () => {
    const attempts = makeAttempts(clock);
    const codes = await Promise.all(Array.from({ length: 100 }, () => codeOf(attempts, 'a', 'anna')));
    expect(codes.filter((code) => code === 'SIGN_IN_REFUSED')).toHaveLength(attemptLimits.address.limit);
  });

  it('that succeed cost nothing', async () => {
    const attempts = makeAttempts(clock);
    for (let n = 0; n < 200; n++) expect(await codeOf(attempts, 'a', 'anna', true)).toBe('in');
  });
});

describe('passwords that are checked', () => {
  it('are computed two at a time, and refused when too many wait', async () => {
    const passwords = makePasswords();
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => passwords.verify('x', null)));
    const refused = results.filter(({ status }) => status === 'rejected') as { reason: KoppelError }[];
    expect(refused.map(({ reason }) => reason.code)).toEqual(Array(6).fill('SIGN_IN_BUSY'));
  }, 60_000);
});
