/**
 * What systems show of customers who were erased. In: changes of one system, inside the transaction that keeps or takes them in.
 * Out: the same changes; those of an erased customer say nothing any more, those of his orders nothing of him. The hold on the
 * erasures is kept until COMMIT, so that an erasure that begins meanwhile waits, and finds what was written.
 */
import type { Document } from '../base/document.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import type { Change } from '../log/envelope.js';
import type { Tx } from '../store/database.js';
import type { Connector } from '../systems/system.js';

export type ErasedStore = Pick<typeof import('../store/erasures.js'), 'holdErasures' | 'erasedAmong'>;

/** Why a change of an erased customer is not taken in. */
export const erasedReason = 'The customer was erased from the hub.';

export interface WithoutErased {
  readonly changes: readonly Change[];
  /** The change is of the erased customer's own record. */
  isErased(change: Change): boolean;
}

export async function withoutErased(
  tx: Tx,
  store: ErasedStore,
  system: string,
  { streams, personal }: Pick<Connector, 'streams' | 'personal'>,
  changes: readonly Change[],
): Promise<WithoutErased> {
  const entityOf = ({ stream, record }: Change): CanonicalEntity | undefined => {
    const found = streams.find(({ name }) => name === stream);
    return found?.others?.[record] ?? found?.entity;
  };
  const customerOf = (change: Change): string | undefined =>
    entityOf(change) === 'customer' ? change.externalId : personal.customerOf(change.record, change.document);
  const sales = changes.filter((change) => entityOf(change) === 'order');
  const customers = changes.map(customerOf).filter((id) => id !== undefined);
  if (sales.length === 0 && customers.length === 0) return { changes, isErased: () => false };
  await store.holdErasures(tx);
  const ids = { customer: [...new Set(customers)], order: [...new Set(sales.map(({ externalId }) => externalId))] };
  const erased = await store.erasedAmong(tx, system, ids);
  if (erased.customer.size === 0 && erased.order.size === 0) return { changes, isErased: () => false };
  const isErased = (change: Change): boolean =>
    entityOf(change) === 'customer' && erased.customer.has(change.externalId);
  const isHis = (change: Change): boolean =>
    (entityOf(change) === 'order' && erased.order.has(change.externalId)) ||
    erased.customer.has(customerOf(change) ?? '');
  const shown = changes.map((change) =>
    isErased(change)
      ? blank(change, {})
      : isHis(change)
        ? blank(change, personal.withoutPerson(change.record, change.document))
        : change,
  );
  return { changes: shown, isErased };
}

/** The hash stays that of what was shown, so that the same is known to be the same. What was said to be wrong may quote the record. */
function blank({ problem, ...change }: Change, document: Document): Change {
  const said = problem === undefined ? {} : { problem: { code: problem.code, message: 'It cannot be read.' } };
  return { ...change, document, ...(Object.keys(document).length === 0 ? {} : said) };
}
