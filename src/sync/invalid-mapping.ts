/** That a mapping cannot be used, said once for saving, choosing and analysing. In: its key and what is wrong with it. Out: the error. Pure. */
import { KoppelError } from '../base/errors.js';
import type { MappingProblem } from '../mapping/mapping.js';

/** More would be read by nobody. */
const mostNamed = 10;

/** Names the first problems; within one sentence they have lost their points. */
export function invalidMapping(key: string, problems: readonly Pick<MappingProblem, 'at' | 'message'>[]): KoppelError {
  const named = problems.slice(0, mostNamed).map(({ at, message }) => `${at}: ${message.replace(/\.$/, '')}`);
  return new KoppelError('MAPPING_INVALID', { key, problems: named.join('; ') });
}
