/** What a batch needs to know from the database: references and rows. One statement per entity. */
import { derivedId, newId } from '../base/ids.js';
import { isContested } from '../base/contested.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import type { ByRecord, Draft, Identities } from '../canonical/identity.js';
import type { CanonicalRecord } from '../canonical/record.js';
import type { Tx } from '../store/database.js';
import type { Reference } from '../store/references.js';

export interface LookUps {
  readonly references: Pick<
    typeof import('../store/references.js'),
    'findReferences' | 'variantsBySku' | 'locationsByCode' | 'productsOfVariants' | 'levelsAt' | 'lockMatching'
  >;
  readonly reservations: Pick<
    typeof import('../store/reservations.js'),
    'referencesByKey' | 'recordsByKey' | 'reservationsFor' | 'mentioning' | 'markedRecords' | 'lockReservations'
  >;
  readonly rows: Pick<typeof import('../store/rows.js'), 'loadRows' | 'loadVariantsOf'>;
  readonly conflicts: Pick<typeof import('../store/field-conflicts.js'), 'openContests'>;
}

/** Stored references; grows as a batch finds out what else it needs. */
export type KnownReferences = ByRecord<Reference>;

/** Adds the stored references of external ids that are not known yet. */
export async function addReferences(
  deps: Pick<LookUps, 'references'>,
  tx: Tx,
  system: string,
  wanted: ReadonlyMap<CanonicalEntity, ReadonlySet<string>>,
  known: KnownReferences,
): Promise<void> {
  await Promise.all(
    [...wanted].map(async ([entity, externalIds]) => {
      const missing = [...externalIds].filter((id) => !known.has(entity, id));
      const found = await deps.references.findReferences(tx, system, entity, missing);
      for (const [id, reference] of found) known.set(entity, id, reference);
    }),
  );
}

/** The rows that the drafts may change; for products with their variants also those that are no longer listed. */
export async function loadRecords(
  deps: LookUps,
  tx: Tx,
  drafts: readonly Draft[],
  identities: Identities,
): Promise<readonly CanonicalRecord[]> {
  const wanted = new Map<CanonicalEntity, Set<string>>();
  for (const draft of drafts) {
    const identity = identities.of(draft.entity, draft.externalId);
    // What is new and matched nothing has no row, unless its id says that the reference was lost.
    if (identity.isNew && identity.origin !== 'MATCHED' && !hasDerivedId(draft.entity)) continue;
    const ids = wanted.get(draft.entity);
    if (ids === undefined) wanted.set(draft.entity, new Set([identity.canonicalId]));
    else ids.add(identity.canonicalId);
  }
  const merged = identities.merges.map(({ from }) => from);
  for (const { entity, id } of await deps.reservations.mentioning(tx, merged)) {
    wanted.set(entity, (wanted.get(entity) ?? new Set()).add(id));
  }
  const [variants, ...others] = await Promise.all([
    deps.rows.loadVariantsOf(tx, [...(wanted.get('product') ?? [])]),
    ...[...wanted]
      .filter(([entity]) => entity !== 'variant')
      .map(([entity, ids]) => deps.rows.loadRows(tx, entity, [...ids])),
  ]);
  const records = others.flat();
  const loaded = new Set(variants.map((variant) => variant.id));
  const elsewhere = [...(wanted.get('variant') ?? [])].filter((id) => !loaded.has(id));
  records.push(...variants, ...(await deps.rows.loadRows(tx, 'variant', elsewhere)));
  return withContests(deps, tx, records);
}

/** With what is contested of them: only records that say so are asked for. */
async function withContests(
  deps: Pick<LookUps, 'conflicts'>,
  tx: Tx,
  records: readonly CanonicalRecord[],
): Promise<readonly CanonicalRecord[]> {
  const contested = records.filter(isContested);
  if (contested.length === 0) return records;
  const found = await deps.conflicts.openContests(
    tx,
    contested.map(({ id }) => id),
  );
  return records.map((record) => {
    const contests = found.get(record.id);
    return contests === undefined ? record : { ...record, contests };
  });
}

/** Entities whose records get the same id again after a restore, so that what targets know them by still fits. */
const hasDerivedId = (entity: CanonicalEntity): boolean => entity === 'customer' || entity === 'order';

/** The id of a record that is new. */
export const idOfNew =
  (system: string) =>
  (entity: CanonicalEntity, externalId: string): string =>
    hasDerivedId(entity) ? derivedId(entity, system, externalId) : newId(entity);
