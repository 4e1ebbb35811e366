/**
 * What targets are told of customers for whom another one stands. In: canonical documents of one kind. Out: of the customer himself nothing, and
 * his orders name whoever stood for him when they came to the target (canonical/customer-merges.ts).
 */
import type { ProjectedEntity } from '../canonical/entities.js';
import { namedBuyer, type StoodFor } from '../canonical/customer-merges.js';
import type { CanonicalDocument } from '../store/canonical-documents.js';
import type { BuyerRow } from '../store/customer-merges.js';
import type { Query } from '../store/database.js';

export type MergeReads = Pick<
  typeof import('../store/customer-merges.js'),
  'mergedAmong' | 'buyersOfOrders' | 'survivingRecords'
>;

/** The reason of a customer that is left out because another one is written instead, and its code. */
export const mergedCode = 'MERGED_RECORD';
export const mergedState = 'It was merged into another customer, which is written instead.';

export interface MergedDocuments {
  readonly documents: ReadonlyMap<string, CanonicalDocument>;
  /** Customers of which nothing is written. */
  readonly merged: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

export async function withMerged(
  store: MergeReads,
  query: Query,
  system: string,
  entity: ProjectedEntity,
  documents: ReadonlyMap<string, CanonicalDocument>,
): Promise<MergedDocuments> {
  const ids = [...documents.keys()];
  if (entity === 'customer' || entity === 'contact') return { documents, merged: await store.mergedAmong(query, ids) };
  if (entity !== 'order') return { documents, merged: none };
  const found = await store.buyersOfOrders(query, system, ids);
  if (found.length === 0) return { documents, merged: none };
  const named = [...documents].map(([id, made]): [string, CanonicalDocument] => [
    id,
    naming(made, found.filter(({ orderId }) => orderId === id)),
  ]); // prettier-ignore
  return { documents: new Map(named), merged: none };
}

function naming(made: CanonicalDocument, rows: readonly BuyerRow[]): CanonicalDocument {
  const [first] = rows;
  if (first === undefined) return made;
  const customer = namedBuyer(first.buyer, rows satisfies readonly StoodFor[]);
  const other = rows.find(({ survivor }) => survivor.id === customer)?.survivor;
  if (other === undefined) return made;
  return { ...made, document: { ...made.document, customer, customerIsCompany: other.hasContact } };
}
