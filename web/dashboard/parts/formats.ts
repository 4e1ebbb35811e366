/** Numbers, money, moments and names in the language of the page; all by Intl. */
import { useTranslation } from 'react-i18next';
import { useMemo } from 'react';

/** As a heading begins. */
export const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

export interface Formats {
  /** A whole or broken number, given as number or decimal text. */
  number(value: number | string): string;
  /** An exact amount. */
  money(value: { readonly amount: string; readonly currency: string }): string;
  percent(ratio: number): string;
  /** With seconds. */
  moment(at: string | number): string;
  day(at: string | number): string;
  time(at: string | number): string;
  /** "3 minutes ago", "in 2 hours". */
  relative(at: string | number, now: number): string;
  /** Milliseconds in the largest unit that fits. */
  duration(ms: number): string;
  list(items: readonly string[]): string;
  /** Between a name and what it is: French wants a space before it. */
  readonly colon: string;
  country(code: string): string;
}

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** A unit as Intl names it, with the language's own word. */
const unit = (language: string, name: string, digits = 0): Intl.NumberFormat =>
  new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits });

export function makeFormats(language: string): Formats {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 6 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const list = new Intl.ListFormat(language);
  const countries = new Intl.DisplayNames(language, { type: 'region' });
  const currencies = new Map<string, Intl.NumberFormat>();
  return {
    number: (value) => number.format(value as number),
    money({ amount, currency }) {
      let format = currencies.get(currency);
      format ??= new Intl.NumberFormat(language, { style: 'currency', currency });
      currencies.set(currency, format);
      // Intl takes decimal text as it is, without a binary number in between.
      return format.format(amount as unknown as number);
    },
    percent: (ratio) => percent.format(ratio),
    moment: (at) => moment.format(new Date(at)),
    day: (at) => day.format(new Date(at)),
    time: (at) => time.format(new Date(at)),
    relative(at, now) {
      const ms = new Date(at).getTime() - now;
      // The clock of the pages is exact to ten seconds: what happened since its last step did not happen in the future.
      if (Math.abs(ms) < 10_000) return relative.format(0, 'second');
      const [name, size] = units.find(([, each]) => Math.abs(ms) >= each) ?? ['second', 1_000];
      return relative.format(Math.round(ms / size), name);
    },
    duration(ms) {
      if (ms < 1_000) return unit(language, 'millisecond').format(Math.round(ms));
      if (ms < 60_000) return unit(language, 'second', 1).format(ms / 1_000);
      if (ms < 3_600_000) return unit(language, 'minute', 1).format(ms / 60_000);
      if (ms < 86_400_000) return unit(language, 'hour', 1).format(ms / 3_600_000);
      return unit(language, 'day', 1).format(ms / 86_400_000);
    },
    list: (items) => list.format(items),
    colon: language === 'fr' ? '\u00a0: ' : ': ',
    country: (code) => countries.of(code) ?? code,
  };
}

export function useFormats(): Formats {
  const { i18n } = useTranslation();
  return useMemo(() => makeFormats(i18n.language), [i18n.language]);
}
