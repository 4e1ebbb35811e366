/** Marks: ids of the hub that records of a system carry. By them the hub recognises its own records, and a second copy of one. */
import { KoppelError } from '../base/errors.js';
import type { Draft } from '../canonical/identity.js';
import type { Batch } from './batch.js';
import type { LookUps } from './look-up.js';

/** The records of the hub whose marks the drafts carry, with the external id by which the system knows each. */
export async function markedBy(
  deps: Pick<LookUps, 'reservations'>,
  { tx, system }: Batch,
  drafts: readonly Draft[],
): Promise<ReadonlyMap<string, string | null>> {
  const marked = new Map<string, string | null>();
  for (const entity of ['customer', 'order'] as const) {
    const ids = drafts.flatMap((draft) => (draft.entity === entity && draft.hubId !== undefined ? [draft.hubId] : []));
    for (const [id, externalId] of await deps.reservations.markedRecords(tx, system, entity, ids)) {
      marked.set(id, externalId);
    }
  }
  return marked;
}

export const duplicate = ({ connected }: Batch, externalId: string, other: string): KoppelError =>
  new KoppelError('DUPLICATE_IN_SYSTEM', { system: connected.name, first: other, second: externalId });
