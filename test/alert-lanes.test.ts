/** The lanes of the page of alerts: which periods stand in which lane, where, and how much of each nobody knew of. */
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

interface Alert {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly status: string;
  readonly startedAt: string;
  readonly acknowledgedAt: string | null;
  readonly resolvedAt: string | null;
  readonly rule: { readonly id: string; readonly name: string } | null;
  readonly system: { readonly id: string; readonly name: string } | null;
  readonly flow: { readonly id: string; readonly name: string } | null;
}
interface Lane {
  readonly rule: string | null;
  readonly subject: string | null;
  readonly totalMs: number;
  readonly periods: readonly { readonly id: string; readonly from: number; readonly length: number; readonly unknown: number; readonly endedAt: string | null }[]; // prettier-ignore
}
// Not named as imports: what the pages are made of is compiled by other rules than what runs in Node.
const { lanesOf } = (await import(resolve('web/dashboard/pages/alerts/lanes.ts'))) as {
  lanesOf(alerts: readonly Alert[], to: number, spanMs: number): readonly Lane[];
};
const { addressesOf, wholeOf } = (await import(resolve('web/dashboard/pages/alerts/proposals.ts'))) as {
  addressesOf(text: string): readonly string[];
  wholeOf(text: string, least?: number): number | null;
};

const to = Date.parse('2026-11-27T10:00:00Z');
const spanMs = 10 * 3_600_000;
/** Hours before the end of the span. */
const ago = (hours: number): string => new Date(to - hours * 3_600_000).toISOString();
let count = 0;
const alert = (changes: Partial<Alert>): Alert => ({
  ...{ id: `alr_${++count}`, kind: 'LAG', title: 'Late', status: 'RESOLVED', startedAt: ago(4), resolvedAt: ago(2) },
  ...{
    acknowledgedAt: null,
    rule: { id: 'rul_1', name: 'Delay' },
    system: null,
    flow: { id: 'flw_1', name: 'Orders' },
  },
  ...changes,
});

describe('the lanes of alerts', () => {
  it('hold the periods of one rule and one flow in the order of time, as shares of the span', () => {
    const lanes = lanesOf(
      [alert({ id: 'later', startedAt: ago(1), resolvedAt: ago(0.5) }), alert({ id: 'first' })],
      to,
      spanMs,
    );
    expect(lanes).toHaveLength(1);
    expect(lanes[0]).toMatchObject({ rule: 'Delay', subject: 'Orders' });
    expect(lanes[0]!.periods.map(({ id }) => id)).toEqual(['first', 'later']);
    expect(lanes[0]!.periods[0]!.from).toBeCloseTo(0.6);
    expect(lanes[0]!.periods[0]!.length).toBeCloseTo(0.2);
    expect(lanes[0]!.totalMs).toBeCloseTo(2.5 * 3_600_000);
  });

  it('count once the time in which two of them go on', () => {
    const lanes = lanesOf([alert({}), alert({ startedAt: ago(3), resolvedAt: ago(1) })], to, spanMs);
    expect(lanes[0]!.totalMs).toBeCloseTo(3 * 3_600_000);
  });

  it('keep flows apart, and put first what goes on', () => {
    const other = { id: 'flw_2', name: 'Stock' };
    const lanes = lanesOf([alert({}), alert({ flow: other, resolvedAt: null, startedAt: ago(9) })], to, spanMs);
    expect(lanes.map(({ subject }) => subject)).toEqual(['Stock', 'Orders']);
    const [period] = lanes[0]!.periods;
    expect(period!.from + period!.length).toBeCloseTo(1);
    expect(period!.endedAt).toBeNull();
  });

  it('cut off what began before the span and leave out what ended before it', () => {
    const lanes = lanesOf([alert({ startedAt: ago(30), resolvedAt: ago(9) }), alert({ startedAt: ago(30), resolvedAt: ago(11) })], to, spanMs); // prettier-ignore
    expect(lanes).toHaveLength(1);
    expect(lanes[0]!.periods).toHaveLength(1);
    expect(lanes[0]!.periods[0]).toMatchObject({ from: 0, unknown: 1 });
    expect(lanes[0]!.periods[0]!.length).toBeCloseTo(0.1);
  });

  it('say how much of a period nobody had acknowledged', () => {
    const [half, none, all] = [ago(3), ago(4), null].map((acknowledgedAt) => {
      const [lane] = lanesOf([alert({ acknowledgedAt })], to, spanMs);
      return lane!.periods[0]!.unknown;
    });
    expect(half).toBeCloseTo(0.5);
    expect(none).toBeCloseTo(0);
    expect(all).toBe(1);
  });

  it('keep alerts together whose rule has been removed, by what they watched', () => {
    const lanes = lanesOf([alert({ rule: null }), alert({ rule: null }), alert({ rule: null, kind: 'NO_ACTIVITY' })], to, spanMs); // prettier-ignore
    expect(lanes.map(({ rule, periods }) => [rule, periods.length])).toEqual([
      [null, 2],
      [null, 1],
    ]);
  });
});

describe('what is typed about alerts', () => {
  it('is a whole number of at least one, or none', () => {
    expect([' 15 ', '1', '0', '-3', '1.5', 'ten', '', '10000000'].map((text) => wholeOf(text))).toEqual([15, 1, null, null, null, null, null, null]); // prettier-ignore
    expect([wholeOf('0', 0), wholeOf('-1', 0), wholeOf('', 0)]).toEqual([0, null, null]);
  });

  it('are addresses one a line or with commas between them, each once', () => {
    expect(addressesOf(' a@example.com\nb@example.com, a@example.com;\n\n')).toEqual([
      'a@example.com',
      'b@example.com',
    ]);
    expect(addressesOf('  \n')).toEqual([]);
  });
});
