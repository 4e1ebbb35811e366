import { describe, expect, it } from '@jest/globals';
import { fromInstant, toInstant } from './shop-time.js';

const wall = (mon: number, day: number, hour: number, min = 0, isdst = false): Parameters<typeof toInstant>[0] => ({
  sec: 0,
  min,
  hour,
  day,
  mon,
  year: 2026,
  isdst,
});

describe('the time of the shop', () => {
  it('is one hour ahead in winter and two in summer, whatever the sender says about it', () => {
    expect(toInstant(wall(1, 15, 12, 0, true))).toBe('2026-01-15T11:00:00.000Z');
    expect(toInstant(wall(7, 15, 12, 0, false))).toBe('2026-07-15T10:00:00.000Z');
  });

  it('moves on in the hour that does not exist and tells the two equal hours apart', () => {
    expect(toInstant(wall(3, 29, 1, 59))).toBe('2026-03-29T00:59:00.000Z');
    expect(toInstant(wall(3, 29, 2, 30))).toBe('2026-03-29T01:30:00.000Z');
    expect(toInstant(wall(10, 25, 2, 30, true))).toBe('2026-10-25T00:30:00.000Z');
    expect(toInstant(wall(10, 25, 2, 30, false))).toBe('2026-10-25T01:30:00.000Z');
  });

  it('agrees with the time zone data of the platform through a whole year, in both directions', () => {
    const zone = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Amsterdam',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2027, 0, 1); ms += 47 * 60_000) {
      const instant = new Date(ms).toISOString();
      const w = fromInstant(instant);
      const two = (value: number): string => String(value).padStart(2, '0');
      expect(`${two(w.day)}/${two(w.mon)}/${w.year}, ${two(w.hour)}:${two(w.min)}:${two(w.sec)}`).toBe(zone.format(ms));
      expect(toInstant(w)).toBe(instant);
    }
  });
});
