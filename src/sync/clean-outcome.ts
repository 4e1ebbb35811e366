/** What a target said when something went wrong, so that it can be stored: pure. Where there is nothing to clean it is the same object. */
import { KoppelError } from '../base/errors.js';
import { cleanJson, cleanText } from '../canonical/clean-text.js';
import type { Outcome } from './planned-write.js';

export function cleanOutcome(outcome: Outcome): Outcome {
  return 'error' in outcome ? { ...outcome, error: cleanError(outcome.error) } : outcome;
}

export function cleanError(error: KoppelError): KoppelError {
  const { code, values, original, path, sourcePath, value, list, retryAfterMs } = error;
  const cleaned = Object.fromEntries(
    Object.entries(values).map(([name, each]) => [name, typeof each === 'string' ? cleanText(each) : each]),
  );
  const optional = { original, path, sourcePath, list };
  const isClean = (text: string | undefined): boolean => text === undefined || cleanText(text) === text;
  const hasCleanValue = value === undefined || cleanJson(value) === value;
  if (cleanText(error.message) === error.message && hasCleanValue && Object.values(optional).every(isClean))
    return error;
  const texts = Object.fromEntries(
    Object.entries(optional).flatMap(([name, text]) => (text === undefined ? [] : [[name, cleanText(text)]])),
  );
  return new KoppelError(code, cleaned, {
    cause: error.cause,
    ...texts,
    ...(value === undefined ? {} : { value: cleanJson(value) }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
