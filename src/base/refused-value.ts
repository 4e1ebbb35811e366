/** Whether the database refused a statement because of a value in it: then it is a matter of one record, and not of its time. Pure. */
import { KoppelError } from './errors.js';

/** Class 22: a value of the wrong kind. 23502 and 23514: a value that a column does not take. 54000: a value that is too large. */
export function isValueRefused(error: unknown): boolean {
  const code = sqlStateOf(error);
  return !(error instanceof KoppelError) && (/^22...$/.test(code) || ['23502', '23514', '54000'].includes(code));
}

/** The SQLSTATE of an error of the database; empty for others. */
export const sqlStateOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');
