/** Customers of orders that cannot be named in a target. In: documents of orders. Out: their customers without a record there. */
import type { ProjectedEntity } from '../canonical/entities.js';
import type { CanonicalDocument } from '../store/canonical-documents.js';
import type { Tx } from '../store/database.js';
import type { ConnectedSystem } from './configuration.js';
import type { ProjectorStores } from './projector-deps.js';

export interface UnusableCustomers {
  /** Customers that the target has no record of and cannot get one. */
  readonly unusable: ReadonlySet<string>;
  /** Customers whose contact is such a record. */
  readonly withoutContact: ReadonlySet<string>;
}

/** Which customers of orders a target has no record of and cannot get one. */
export async function unusableOf(
  stores: Pick<ProjectorStores, 'references'>,
  tx: Tx,
  system: ConnectedSystem,
  entity: ProjectedEntity,
  documents: ReadonlyMap<string, CanonicalDocument>,
): Promise<UnusableCustomers> {
  if (entity !== 'order') return { unusable: new Set(), withoutContact: new Set() };
  const customers = [...documents.values()].flatMap(({ document: { customer } }) =>
    typeof customer === 'string' ? [customer] : [],
  );
  const ids = [...new Set(customers)];
  const [unusable, withoutContact] = await Promise.all([
    stores.references.unusableCustomers(tx, system.key, ids),
    stores.references.unusableCustomers(tx, system.key, ids, 'contact'),
  ]);
  return { unusable, withoutContact };
}
