/**
 * Saying that several customers are one. Pure. In: the customer that survives, those that it stands for from then on, and the records that
 * systems have of each. Out: why one of them cannot be merged, else what becomes of every record. And: which of two customers that
 * are one, or were, an order names in a system.
 */

/** A record that a system has of a customer. */
export interface MergedRecord {
  readonly system: string;
  readonly externalId: string;
  /** By which people know it there. */
  readonly key: string | null;
  /** The customer that writes it: another one when it stands for both. */
  readonly ownerId: string;
}

export interface MergingCustomer {
  readonly id: string;
  readonly kind: string;
  /** No system has it any more. */
  readonly isGone: boolean;
  /** It was erased, or is being erased. */
  readonly isErased: boolean;
  /** The customer that stands for it already. */
  readonly mergedIntoId: string | null;
  /** It stands for other ones already. */
  readonly standsForOthers: boolean;
  /** A flow gives orders without a buyer to it. */
  readonly isDefault: boolean;
  readonly records: readonly MergedRecord[];
}

/** Codes of errors: each has its sentence. */
export type MergeRefusal =
  | 'MERGE_WITH_ITSELF'
  | 'MERGE_ERASED'
  | 'MERGE_INTO_MERGED'
  | 'MERGE_ALREADY'
  | 'MERGE_STANDS_FOR_OTHERS'
  | 'MERGE_GONE'
  | 'MERGE_KINDS_DIFFER'
  | 'MERGE_DEFAULT_CUSTOMER';

/**
 * MOVES: it becomes the survivor's, who has none in that system. STAYS: both have one, so it is left as it is. SAME: it is the survivor's
 * already. SHARED: it belongs to a third customer and goes on standing for both.
 */
export type RecordFate = 'MOVES' | 'STAYS' | 'SAME' | 'SHARED';

export interface FatedRecord extends MergedRecord {
  readonly fate: RecordFate;
}

export interface MergeItem {
  readonly customerId: string;
  readonly refusal: MergeRefusal | null;
  /** Empty when it is refused. */
  readonly records: readonly FatedRecord[];
}

/** Why these two are not made one; null when they may be. */
function refusalOf(survivor: MergingCustomer, duplicate: MergingCustomer): MergeRefusal | null {
  if (duplicate.id === survivor.id) return 'MERGE_WITH_ITSELF';
  if (survivor.isErased || duplicate.isErased) return 'MERGE_ERASED';
  if (survivor.mergedIntoId !== null) return 'MERGE_INTO_MERGED';
  if (duplicate.mergedIntoId !== null) return 'MERGE_ALREADY';
  // Taking the outer one apart would have to say what becomes of the inner ones.
  if (duplicate.standsForOthers) return 'MERGE_STANDS_FOR_OTHERS';
  if (survivor.isGone) return 'MERGE_GONE';
  if (survivor.kind !== duplicate.kind) return 'MERGE_KINDS_DIFFER';
  // Orders of nobody in particular would become those of a person.
  return survivor.isDefault || duplicate.isDefault ? 'MERGE_DEFAULT_CUSTOMER' : null;
}

/** One item for each duplicate, in their order: of two that have a record where the survivor has none, the first one's moves. */
export function planMerge(survivor: MergingCustomer, duplicates: readonly MergingCustomer[]): readonly MergeItem[] {
  const taking = new Set(duplicates.filter((each) => refusalOf(survivor, each) === null).map(({ id }) => id));
  const among = (id: string): boolean => id === survivor.id || taking.has(id);
  // A record that stands for the survivor counts as his, unless it comes to him with this merge.
  const taken = new Set(survivor.records.filter(({ ownerId }) => !taking.has(ownerId)).map(({ system }) => system));
  const moved = new Set<string>();
  const fateOf = (duplicate: MergingCustomer, { system, externalId, ownerId }: MergedRecord): RecordFate => {
    const name = `${system} ${externalId}`;
    if (ownerId !== duplicate.id) return ownerId === survivor.id || moved.has(name) ? 'SAME' : among(ownerId) ? 'STAYS' : 'SHARED'; // prettier-ignore
    if (taken.has(system)) return 'STAYS';
    taken.add(system);
    moved.add(name);
    return 'MOVES';
  };
  return duplicates.map((duplicate) => {
    const refusal = refusalOf(survivor, duplicate);
    const records = refusal === null ? duplicate.records : [];
    return {
      customerId: duplicate.id,
      refusal,
      records: records.map((record) => ({ ...record, fate: fateOf(duplicate, record) })),
    };
  });
}

/** A customer, and whether the system that is told of the order has a record of it. */
export interface NamedCustomer {
  readonly id: string;
  readonly isThere: boolean;
}

/** A time in which another customer stood for the buyer of an order. */
export interface StoodFor {
  readonly survivor: NamedCustomer;
  /** The order came to the system in that time, or would come now. */
  readonly coversOrder: boolean;
  readonly isOver: boolean;
}

/**
 * Whom an order names in a system: whoever stood for its buyer when it came there, because what is booked is not booked
 * anew for a merge or the end of one. When that one has no record there (it moved to the other) the other is the same record.
 */
export function namedBuyer(buyer: NamedCustomer, times: readonly StoodFor[]): string {
  const then = times.find(({ coversOrder }) => coversOrder)?.survivor;
  const now = times.find(({ isOver }) => !isOver)?.survivor;
  const inTurn = [then ?? buyer, buyer, ...(now === undefined ? [] : [now])];
  return (inTurn.find(({ isThere }) => isThere) ?? now ?? buyer).id;
}
