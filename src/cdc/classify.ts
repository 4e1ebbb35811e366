/** Sorts the changes of a batch by what has to be done with each. Pure. */
import { makeByRecord } from '../canonical/identity.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import type { Change } from '../log/envelope.js';
import type { LogPlace } from '../store/parked.js';

/** A change from the log; `place` is null when the log no longer has it. */
export interface Incoming {
  readonly change: Change;
  readonly traceId: string;
  readonly place: LogPlace | null;
}

export interface Placed {
  readonly incoming: Incoming;
  readonly entity: CanonicalEntity;
  readonly externalId: string;
}

/** The last document of a record that was taken over. */
export interface Taken {
  readonly hash: string | null;
  readonly version: bigint | null;
  /** Of the record after our last write to it; null when there is none, or its system does not tell. */
  readonly written?: bigint | null;
}

export type Comparison = 'unchanged' | 'stale' | 'fresh';

/** Older versions never overwrite newer ones; the same document is not looked at again, unless a write of ours has come in between. */
export function compare(incoming: Incoming, taken: Taken | undefined, force: boolean): Comparison {
  if (taken === undefined) return 'fresh';
  const { version: last, hash, written = null } = taken;
  const version = BigInt(incoming.change.version);
  if (last !== null && version < last) return 'stale';
  const isPutBack = last !== null && written !== null && written >= last && version > written;
  return hash === incoming.change.hash && !force && !isPutBack ? 'unchanged' : 'fresh';
}

/** Leaves out what stands in the references already. A record that comes several times is judged again when it is decided. */
export function sift(
  placed: readonly Placed[],
  taken: (placed: Placed) => Taken | undefined,
  force: boolean,
  settled: (placed: Placed, as: 'unchanged' | 'stale') => void,
): readonly Placed[] {
  const fresh: Placed[] = [];
  const seen = makeByRecord<true>();
  for (const item of placed) {
    const as = seen.has(item.entity, item.externalId) ? 'fresh' : compare(item.incoming, taken(item), force);
    if (as === 'fresh') {
      fresh.push(item);
      seen.set(item.entity, item.externalId, true);
    } else settled(item, as);
  }
  return fresh;
}

export const place = (incoming: Incoming, entity: CanonicalEntity): Placed => ({
  incoming,
  entity,
  externalId: incoming.change.externalId,
});
