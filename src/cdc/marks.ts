/**
 * Marks: ids of the hub that records of a system carry. By them the hub recognises its own records, and a second copy of one.
 * In a system that flows write to, a mark that the hub does not know may be its own from before a restore: such a record waits
 * for the one that it is a copy of, and never becomes a record of its own by itself.
 */
import { KoppelError } from '../base/errors.js';
import type { Draft } from '../canonical/identity.js';
import type { Batch } from './batch.js';
import { idOfNew, type LookUps } from './look-up.js';
import { mayBearMarks } from './sources.js';
import { failureOf, type Translation } from './translate.js';

/** The records of the hub whose marks some drafts carry. */
export interface Marked {
  /** By which the system knows each; null while the hub knows of none. */
  readonly externalIds: ReadonlyMap<string, string | null>;
  /** Those that are just being written there. */
  readonly underWay: ReadonlySet<string>;
}

export async function markedBy(
  deps: Pick<LookUps, 'reservations'>,
  { tx, system }: Batch,
  drafts: readonly Draft[],
): Promise<Marked> {
  const externalIds = new Map<string, string | null>();
  const underWay = new Set<string>();
  for (const entity of ['customer', 'order'] as const) {
    const ids = drafts.flatMap((draft) => (draft.entity === entity && draft.hubId !== undefined ? [draft.hubId] : []));
    for (const [id, { externalId, isUnderWay }] of await deps.reservations.markedRecords(tx, system, entity, ids)) {
      externalIds.set(id, externalId);
      if (isUnderWay) underWay.add(id);
    }
  }
  return { externalIds, underWay };
}

export const duplicate = ({ connected }: Batch, externalId: string, other: string): KoppelError =>
  new KoppelError('DUPLICATE_IN_SYSTEM', { system: connected.name, first: other, second: externalId });

/**
 * A record whose mark the hub does not know becomes a problem that ends when the record with that id appears; as one of its
 * own when a person has said so. One that is known by its reference, or whose id the mark is anyway, is what it is.
 */
export function recognise(batch: Batch, entity: Draft['entity'], result: Translation, marked: Marked): Translation {
  const { configuration, system, known, connected, asOwn } = batch;
  if (result.type !== 'drafts' || !mayBearMarks(configuration, system, entity)) return result;
  const { hubId, ...main } = result.main;
  if (hubId === undefined || marked.externalIds.has(hubId) || hubId === idOfNew(system)(entity, main.externalId))
    return result;
  if ((known.get(entity, main.externalId)?.origin ?? 'MENTIONED') !== 'MENTIONED') return result;
  if (asOwn) return { ...result, main };
  const error = new KoppelError(
    'MARK_UNKNOWN',
    { system: connected.name, mark: hubId },
    { path: 'hubId', original: hubId },
  );
  return { type: 'failed', failure: failureOf(error) };
}
