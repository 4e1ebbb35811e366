/**
 * Wall-clock times of the shop (Europe/Amsterdam) and instants. Reading trusts the wall clock, because clients send other
 * values as `timezone` than they mean; writing gives wall clock and real offset. Summer time follows the rule that holds
 * in the EU since 1996: from the last Sunday of March to the last Sunday of October, 01:00 UTC.
 */
export interface WallClock {
  readonly sec: number;
  readonly min: number;
  readonly hour: number;
  readonly day: number;
  readonly mon: number;
  readonly year: number;
  readonly isdst: boolean;
}

const hour = 3_600_000;

/** True for a day that exists in the calendar. */
export function validDate(year: number, mon: number, day: number): boolean {
  if (!Number.isInteger(year) || year < 1 || year > 9999 || mon < 1 || mon > 12 || day < 1) return false;
  return day <= daysIn(year, mon);
}

function daysIn(year: number, mon: number): number {
  if (mon === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(mon) ? 30 : 31;
}

/** Instant as ISO text. In the hour that exists twice, `isdst` tells which one; in the one that does not, time moves on. */
export function toInstant(wall: WallClock): string {
  const asUtc = Date.UTC(wall.year, wall.mon - 1, wall.day, wall.hour, wall.min, wall.sec);
  const summer = asUtc - 2 * hour;
  const winter = asUtc - hour;
  const summerFits = isSummer(summer);
  const winterFits = !isSummer(winter);
  const instant = summerFits && (!winterFits || wall.isdst) ? summer : winter;
  return isoText(instant);
}

/** The structure in the vendor's order; all zero for null. */
export function fromInstant(instant: string | null): WallClock & { readonly timezone: number } {
  if (instant === null) return { sec: 0, min: 0, hour: 0, day: 0, mon: 0, year: 0, isdst: false, timezone: 0 };
  const ms = Date.parse(instant);
  const isdst = isSummer(ms);
  const local = new Date(ms + (isdst ? 2 : 1) * hour);
  return {
    sec: local.getUTCSeconds(),
    min: local.getUTCMinutes(),
    hour: local.getUTCHours(),
    day: local.getUTCDate(),
    mon: local.getUTCMonth() + 1,
    year: local.getUTCFullYear(),
    isdst,
    timezone: isdst ? 120 : 60,
  };
}

/** The same moment as people in the shop read it: `2026-10-25T02:30:00+02:00`. */
export function localText(instant: string): string | null {
  if (Number.isNaN(Date.parse(instant))) return null;
  const { year, mon, day, hour: hours, min, sec, timezone } = fromInstant(instant);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${String(year).padStart(4, '0')}-${two(mon)}-${two(day)}`;
  return `${date}T${two(hours)}:${two(min)}:${two(sec)}+${two(timezone / 60)}:00`;
}

function isSummer(ms: number): boolean {
  const year = new Date(ms).getUTCFullYear();
  return ms >= lastSunday(year, 3) && ms < lastSunday(year, 10);
}

const changes = new Map<number, number>();

/** 01:00 UTC of the last Sunday of a month with 31 days. */
function lastSunday(year: number, mon: number): number {
  const key = year * 100 + mon;
  let at = changes.get(key);
  if (at === undefined) {
    const last = Date.UTC(year, mon - 1, 31, 1);
    at = last - new Date(last).getUTCDay() * 24 * hour;
    changes.set(key, at);
  }
  return at;
}

const isoText = (ms: number): string => new Date(ms).toISOString();
