/** What a failed transaction of ingest means. Pure. */
import { KoppelError } from '../base/errors.js';

/** Another transaction was first: by our own guards, or by a unique index. */
export function wasOvertaken(error: unknown): boolean {
  return (error instanceof KoppelError && error.code === 'WRITE_RACED') || codeOf(error) === '23505';
}

/** Class 22: a value of the wrong kind. 23502 and 23514: a value that a column does not take. 54000: a value that is too large. */
export function isValueRefused(error: unknown): boolean {
  const code = codeOf(error);
  return !(error instanceof KoppelError) && (/^22...$/.test(code) || ['23502', '23514', '54000'].includes(code));
}

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');
