/** What a failed transaction of ingest means. Pure. */
import { KoppelError } from '../base/errors.js';
import { sqlStateOf } from '../base/refused-value.js';

/** Another transaction was first: by our own guards, or by a unique index. */
export function wasOvertaken(error: unknown): boolean {
  return (error instanceof KoppelError && error.code === 'WRITE_RACED') || sqlStateOf(error) === '23505';
}
