/** What is known of one environment variable, and the ways to say it. */
import { z } from 'zod';

export interface Variable<T> {
  readonly schema: z.ZodType<T, string>;
  /** As it would be written in the environment; undefined when there is none. */
  readonly standard: string | undefined;
  readonly expected: string;
  readonly example: string;
  readonly meaning: string;
  /** Never shown. */
  readonly isSecret?: boolean;
}

export const define = <T>(variable: Variable<T>): Variable<T> => variable;

function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most);
}

export function numberVariable(standard: number, least: number, most: number, meaning: string): Variable<number> {
  const expected = `a whole number from ${least} to ${most}`;
  return { schema: wholeNumber(least, most), standard: String(standard), expected, example: String(standard), meaning };
}

export const portVariable = (standard: number, meaning: string): Variable<number> =>
  numberVariable(standard, 1, 65_535, meaning);

/** Where this machine reaches itself. */
export const hereByDefault = '127.0.0.1';

export const hostVariable = (expected: string, example: string, meaning: string): Variable<string> => ({
  schema: z.string().regex(/^[A-Za-z0-9.:_-]{1,253}$/),
  standard: hereByDefault,
  expected,
  example,
  meaning,
});

/** Milliseconds of an ISO 8601 duration of days and smaller; NaN when it is none. */
export function durationOf(text: string): number {
  const parts = /^P(?=.)(?:(\d{1,4})D)?(?:T(?=.)(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/.exec(text);
  if (parts === null) return Number.NaN;
  const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? '0'));
  return (((days! * 24 + hours!) * 60 + minutes!) * 60 + seconds!) * 1000;
}
