/**
 * Looks for the record of a target that stands for one of the hub: by the mark that it carries before anything else, then by
 * what it may be matched by. In: the document that is to be written. Out: what was found and how, or null. What a system
 * finds by a part of a value is refused.
 */
import type { Target } from '../systems/system.js';
import { agrees } from './match-key.js';
import { isOneOf } from './other-person.js';
import type { FoundRecord, PlannedWrite } from './planned-write.js';

/** Nothing aborts a call that is under way: its connector's time-outs end it, and stopping waits for that. */
export const unending = (): AbortSignal => new AbortController().signal;

export async function findRecord(
  target: Target,
  { row, record, matchBy, others = [], request: { document } }: Pick<PlannedWrite, 'row' | 'record' | 'matchBy' | 'others' | 'request'>, // prettier-ignore
): Promise<FoundRecord | null> {
  const { mark } = record;
  if (mark !== undefined) {
    const marked = await target.find(row.entity, { externalId: null, document, by: 'mark' }, unending());
    if (marked !== null) return { held: marked, by: 'mark' };
    if (matchBy.length === 0) return null;
  }
  const found = await target.find(row.entity, { externalId: null, document, by: 'match' }, unending());
  if (found === null || !agrees(record, matchBy, document, found.document)) return null;
  if (isOneOf(record, found.document, document, others)) return null;
  return { held: found, by: 'match' };
}
