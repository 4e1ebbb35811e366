/**
 * What targets are told of customers who were erased. In: canonical documents of one kind. Out: while targets are being told, a
 * placeholder instead of the customer; afterwards nothing of him, and of his orders nothing that says who he was.
 */
import { erasedName, placeholderOf } from '../canonical/erasure.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import { worker } from '../canonical/ownership.js';
import type { CanonicalDocument } from '../store/canonical-documents.js';
import type { Query } from '../store/database.js';
import type { PersonalWords } from '../systems/system.js';
import type { Prepared } from './plan.js';

export type ErasureReads = Pick<typeof import('../store/erasures.js'), 'erasedCustomers' | 'erasedOrders'>;

export interface ErasedDocuments {
  readonly documents: ReadonlyMap<string, CanonicalDocument>;
  /** Records of which nothing is told any more. */
  readonly gone: ReadonlySet<string>;
  /** Customers of whom targets that have them are told a placeholder. */
  readonly told: ReadonlySet<string>;
  /** Orders whose personal fields stay as the target has them. */
  readonly orders: ReadonlySet<string>;
}

/** The reason of records that are left alone, and its code. */
export const erasedCode = 'ERASED';
export const erasedState = 'The customer was erased; what systems hold of him is no matter of the hub any more.';

const none: ReadonlySet<string> = new Set();

export async function withErased(
  store: ErasureReads,
  query: Query,
  entity: ProjectedEntity,
  documents: ReadonlyMap<string, CanonicalDocument>,
): Promise<ErasedDocuments> {
  const ids = [...documents.keys()];
  if (entity === 'order') return { documents, gone: none, told: none, orders: await store.erasedOrders(query, ids) };
  if (entity !== 'customer' && entity !== 'contact') return { documents, gone: none, told: none, orders: none };
  const erased = await store.erasedCustomers(query, ids);
  if (erased.size === 0) return { documents, gone: none, told: none, orders: none };
  const placed = [...documents].map(([id, made]): [string, CanonicalDocument] => {
    if (erased.get(id) !== 'told') return [id, made];
    // The hub speaks for itself: the systems that have said who he is are told, too.
    const originOf = (): string => worker;
    const document = entity === 'customer' ? placeholderOf(made.document) : contactPlaceholder(made.document);
    return [id, { id, isDeleted: made.isDeleted, document, originOf }];
  });
  const those = (wanted: string) => new Set([...erased].filter(([, as]) => as === wanted).map(([id]) => id));
  return { documents: new Map(placed), gone: those('gone'), told: those('told'), orders: none };
}

/** Whether a target is told nothing of a record: what it does not have is not made there for a placeholder. */
export const isSilentAbout = ({ gone, told }: ErasedDocuments, id: string, isThere: boolean): boolean =>
  gone.has(id) || (told.has(id) && !isThere);

/** A contact keeps its place under its company. */
const contactPlaceholder = ({ id, customer, kind }: CanonicalDocument['document']): CanonicalDocument['document'] => ({
  id: id ?? null,
  customer: customer ?? null,
  kind: kind ?? null,
  fullName: erasedName,
  lastName: erasedName,
});

/**
 * What a target is told: of an erased customer also what has to be empty from now on, of his orders nothing that says who he was;
 * what it holds of him there stays as it is.
 */
export function toldOfErased(
  { told, orders }: ErasedDocuments,
  id: string,
  record: string,
  { emptied, withoutPerson }: PersonalWords,
  made: Prepared,
): Prepared {
  if (made.type !== 'mapped') return made;
  if (told.has(id)) return { ...made, document: { ...made.document, ...emptied[record] } };
  return orders.has(id) ? { ...made, document: withoutPerson(record, made.document) } : made;
}
