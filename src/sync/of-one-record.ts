/** Tells what is wrong with one record from what is wrong with everything. Pure. */
import { asKoppelError, KoppelError } from '../base/errors.js';
import { isValueRefused } from '../base/refused-value.js';
import { cleanError } from './clean-outcome.js';

/** Whether an error may be that of one of the records that were worked on together: a value that the database refuses, or a bug. */
export function isOfOneRecord(error: unknown): boolean {
  if (error instanceof KoppelError) return error.class === 'data' || error.code === 'UNEXPECTED';
  return isValueRefused(error) || error instanceof TypeError || error instanceof RangeError;
}

/** The same as what people are told of the record. */
export function asRecordError(error: unknown): KoppelError {
  if (!isValueRefused(error)) return cleanError(asKoppelError(error));
  return cleanError(new KoppelError('RECORD_UNSTORABLE', { what: (error as Error).message }, { cause: error }));
}

/** What a calculation throws is an error of ours: it is never taken for one of the connection to the database. */
export function calculated<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw asKoppelError(thrown);
  }
}
