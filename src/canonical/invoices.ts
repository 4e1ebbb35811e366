/**
 * What an invoice is of. One that names orders is the money side of these orders: a state of theirs and no sale of its own, so
 * a target gets the orders or the invoice and never both. An invoice that names no order (a sale at the counter) stands for
 * itself. In: what is known of the other documents. Out: why this one is not made in the target, as a sentence. Pure.
 */

/** An order that an invoice names; it may not have been read yet. */
export interface SettledOrder {
  readonly number: string | null;
  /** The system that the order came from; null as long as that is not known. */
  readonly origin: string | null;
  /** The target has it. */
  readonly isThere: boolean;
}

/** How a document stands to the other ones around it, as a target sees them. */
export interface OrderSituation {
  /** When the hub got to know the document. */
  readonly knownSince: string;
  readonly settles: readonly SettledOrder[];
  /** An invoice of it that the target has: its number, empty when it has none; null without such an invoice. */
  readonly invoicedThereAs: string | null;
}

export interface ToWhom {
  readonly key: string;
  readonly name: string;
  /** Flows to the target take orders from where the document came from. */
  readonly takesOrders: boolean;
}

/** For a document that the target does not have: why it is not made there; undefined when it may be. */
export function whyNoSecondSale(
  type: string,
  { settles, invoicedThereAs }: OrderSituation,
  { key, name, takesOrders }: ToWhom,
): string | undefined {
  if (type === 'ORDER' && invoicedThereAs !== null) return `${name} has its invoice${spaced(invoicedThereAs)} already.`;
  if (type !== 'INVOICE') return undefined;
  const own = settles.find(({ origin }) => origin === key);
  if (own !== undefined) return `${isOf(own)}, which came from ${name} itself.`;
  const there = settles.find(({ isThere }) => isThere);
  if (there !== undefined) return `${isOf(there)}, which ${name} has.`;
  const [first] = settles;
  return first === undefined || !takesOrders ? undefined : `${isOf(first)}, and ${name} gets the orders themselves.`;
}

const isOf = ({ number }: SettledOrder): string => `It is the invoice of order${spaced(number ?? '')}`;
const spaced = (number: string): string => (number === '' ? '' : ` ${number}`);
