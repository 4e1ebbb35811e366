/** The variables that say how long is kept what would otherwise grow for ever. */
import { z } from 'zod';
import { define, durationOf } from './variable.js';

/** How long what is kept in Postgres, in milliseconds. */
export interface RetentionConfig {
  /** What happened: the journal, canonical events, runs, jobs, problems and conflicts that are over. */
  readonly eventsMs: number;
  /** Records as systems showed them; the last of each stays. */
  readonly payloadsMs: number;
  readonly auditMs: number;
}

const dayMs = 86_400_000;
/** A year is never counted too short. */
const yearMs = 366 * dayMs;
const most = 'P100Y';

/** Milliseconds of days and smaller, or of years; NaN when it is neither. */
function spanOf(text: string): number {
  const years = /^P(\d{1,3})Y$/.exec(text)?.[1];
  return years === undefined ? durationOf(text) : Number(years) * yearMs;
}

const span = (standard: string, least: string, meaning: string) =>
  define({
    schema: z
      .string()
      .transform(spanOf)
      .refine((ms) => ms >= spanOf(least) && ms <= spanOf(most)),
    standard,
    expected: `an ISO 8601 duration in days or in years from ${least} to ${most}`,
    example: standard,
    meaning,
  });

export const retentionVariables = {
  KOPPEL_RETENTION_EVENTS: span(
    'P180D',
    'P7D',
    'how long what happened is kept: the log, values before and after, runs, jobs, problems and conflicts that are over',
  ),
  KOPPEL_RETENTION_PAYLOADS: span(
    'P30D',
    'P1D',
    'how long records as systems showed them are kept; the last of each record stays',
  ),
  KOPPEL_RETENTION_AUDIT: span('P7Y', 'P30D', 'how long it is kept who did what'),
} as const;
