/** What a batch needs to know from the database: references, records with the same natural key, rows. One statement each. */
import { newId } from '../base/ids.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import {
  eachMention,
  identify,
  naturalKeyOf,
  type ByRecord,
  type Draft,
  type Identities,
} from '../canonical/identity.js';
import type { CanonicalRecord } from '../canonical/record.js';
import type { Tx } from '../store/database.js';
import type { Reference } from '../store/references.js';

export interface LookUps {
  readonly references: Pick<
    typeof import('../store/references.js'),
    'findReferences' | 'variantsBySku' | 'locationsByCode' | 'lockMatching'
  >;
  readonly rows: Pick<typeof import('../store/rows.js'), 'loadRows' | 'loadVariantsOf'>;
}

/** Stored references; grows as a batch finds out what else it needs. */
export type KnownReferences = ByRecord<Reference>;

/** Adds the stored references of external ids that are not known yet. */
export async function addReferences(
  deps: LookUps,
  tx: Tx,
  system: string,
  wanted: ReadonlyMap<CanonicalEntity, ReadonlySet<string>>,
  known: KnownReferences,
): Promise<void> {
  for (const [entity, externalIds] of wanted) {
    const missing = [...externalIds].filter((id) => !known.has(entity, id));
    for (const [id, reference] of await deps.references.findReferences(tx, system, entity, missing)) {
      known.set(entity, id, reference);
    }
  }
}

/** Says for every record of the drafts, and every record they mention, which canonical record it is. */
export async function identifyDrafts(
  deps: LookUps,
  tx: Tx,
  input: {
    readonly system: string;
    readonly drafts: readonly Draft[];
    readonly known: KnownReferences;
    /** True when another system makes records of the entity too. */
    readonly hasSeveralSources: (entity: CanonicalEntity) => boolean;
  },
): Promise<Identities> {
  const { system, drafts, known } = input;
  const wanted = new Map<CanonicalEntity, Set<string>>();
  const want = (entity: CanonicalEntity, externalId: string): void => {
    const ids = wanted.get(entity);
    if (ids === undefined) wanted.set(entity, new Set([externalId]));
    else ids.add(externalId);
  };
  for (const draft of drafts) {
    want(draft.entity, draft.externalId);
    eachMention(draft, want);
  }
  await addReferences(deps, tx, system, wanted, known);

  const unknownKeys = (entity: CanonicalEntity): readonly string[] => {
    const keys = new Set<string>();
    for (const draft of drafts) {
      if (draft.entity !== entity || known.has(entity, draft.externalId)) continue;
      const key = naturalKeyOf(entity, draft.fields);
      if (key !== null) keys.add(key);
    }
    return [...keys];
  };
  const skus = unknownKeys('variant');
  const codes = unknownKeys('stock_location');
  if (skus.length > 0 && input.hasSeveralSources('variant')) await deps.references.lockMatching(tx, 'variant');
  if (codes.length > 0 && input.hasSeveralSources('stock_location')) {
    await deps.references.lockMatching(tx, 'stock_location');
  }
  return identify({
    drafts,
    known,
    candidates: {
      variant: await deps.references.variantsBySku(tx, system, skus),
      stock_location: await deps.references.locationsByCode(tx, system, codes),
    },
    newId,
  });
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
    // What is new and matched nothing has no row.
    if (identity.isNew && identity.origin !== 'MATCHED') continue;
    const ids = wanted.get(draft.entity);
    if (ids === undefined) wanted.set(draft.entity, new Set([identity.canonicalId]));
    else ids.add(identity.canonicalId);
  }
  const records: CanonicalRecord[] = [];
  for (const [entity, ids] of wanted) {
    if (entity === 'variant') continue;
    records.push(...(await deps.rows.loadRows(tx, entity, [...ids])));
  }
  const products = records.filter((record) => record.entity === 'product').map((record) => record.id);
  const variants = await deps.rows.loadVariantsOf(tx, products);
  const loaded = new Set(variants.map((variant) => variant.id));
  const elsewhere = [...(wanted.get('variant') ?? [])].filter((id) => !loaded.has(id));
  records.push(...variants, ...(await deps.rows.loadRows(tx, 'variant', elsewhere)));
  return records;
}
