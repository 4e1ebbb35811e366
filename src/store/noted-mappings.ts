/**
 * Which mappings, in which version, translated a record on its way, as the journal notes it: with what was taken over, and with
 * what was about to be written. In: events of one change, oldest first. Out: one for each direction and system, the last one. Pure.
 */
import type { EventMapping } from '../schema/event-mapping.js';
import type { SyncEvent } from '../schema/sync-event.js';

/** Of events up to and with the one at `until`; what came of an event later is no part of why it happened, unless nothing is noted before. */
export function notedMappings(events: readonly SyncEvent[], until: string): EventMapping[] {
  const last = BigInt(until);
  const noted = events.flatMap((event) => {
    const found = notedIn(event);
    return found === null ? [] : [{ ...found, isLater: BigInt(event.position) > last }];
  });
  const kinds = new Map<string, (typeof noted)[number]>();
  for (const each of noted) {
    const kind = `${each.isInbound ? 'in' : 'out'} ${each.systemKey}`;
    if (!each.isLater || !kinds.has(kind)) kinds.set(kind, each);
  }
  return [...kinds.values()].map(({ mappingKey, version, systemKey }) => ({ mappingKey, version, systemKey }));
}

function notedIn({ detail, systemKey }: SyncEvent): (EventMapping & { readonly isInbound: boolean }) | null {
  const mapping = detail?.['mapping'];
  if (typeof mapping === 'string') {
    const [, mappingKey, version] = /^(.+)@(\d{1,9})$/.exec(mapping) ?? [];
    return mappingKey === undefined ? null : { mappingKey, version: Number(version), systemKey, isInbound: true };
  }
  const mappingKey = detail?.['mappingKey'];
  if (typeof mapping !== 'number' || typeof mappingKey !== 'string') return null;
  return { mappingKey, version: mapping, systemKey, isInbound: false };
}
