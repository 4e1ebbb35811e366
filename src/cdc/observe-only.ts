/** Records of a system that is only a target: nothing is taken over, they are compared with what it should hold. */
import type { Draft } from '../canonical/identity.js';
import type { Batch, Observe } from './batch.js';
import type { Placed } from './classify.js';
import type { LookUps } from './look-up.js';
import { duplicate, markedBy } from './marks.js';
import { failureOf, translate } from './translate.js';

type ObserveDeps = Pick<LookUps, 'reservations'> & { readonly observe: Observe };

export async function observeAll(deps: ObserveDeps, batch: Batch, shown: readonly Placed[]): Promise<void> {
  const placed = await withoutDuplicates(deps, batch, shown);
  if (placed.length === 0) return;
  const observations = placed.map(({ incoming: { change }, entity }) => ({
    system: batch.system,
    record: change.record,
    entity,
    externalId: change.externalId,
    document: change.document,
  }));
  const results = await deps.observe(batch.tx, observations);
  const byKey = new Map(results.map(({ entity, externalId, result }) => [`${entity} ${externalId}`, result]));
  for (const item of placed) batch.outcome.observe(item, byKey.get(`${item.entity} ${item.externalId}`) ?? 'unknown');
}

/** Parks records that carry the mark of a record of the hub which is another one in the system; returns the others. */
async function withoutDuplicates(
  deps: ObserveDeps,
  batch: Batch,
  placed: readonly Placed[],
): Promise<readonly Placed[]> {
  const { configuration, system, known } = batch;
  const marks = new Map<Placed, Draft>();
  for (const item of placed) {
    const { entity, externalId, incoming } = item;
    if ((entity !== 'customer' && entity !== 'order') || known.has(entity, externalId)) continue;
    const mapping = configuration.inbound(system, incoming.change.record);
    const result = mapping && translate(incoming.change, entity, batch.connected.connector, mapping, 'create');
    if (result?.type === 'drafts' && result.main.hubId !== undefined) marks.set(item, result.main);
  }
  const marked = await markedBy(deps, batch, [...marks.values()]);
  return placed.filter((item) => {
    const other = marked.get(marks.get(item)?.hubId ?? '') ?? item.externalId;
    if (other !== item.externalId)
      batch.outcome.park(item, failureOf(duplicate(batch, item.externalId, other)), 'ingest');
    return other === item.externalId;
  });
}
