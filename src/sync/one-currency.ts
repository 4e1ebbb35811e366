/**
 * Amounts for a target whose records name no currency: all of its own are in one, so that 100 dollars would be booked there as 100
 * euros. Pure. In: the canonical record and the target. Out: why it cannot be written; undefined when it can, or says no amounts.
 */
import type { Document } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import type { OrderInput } from './order-document.js';

interface Input extends Pick<OrderInput, 'source' | 'system' | 'flow' | 'isThere'> {
  readonly entity: ProjectedEntity;
}

export function amountsInOtherCurrency(input: Input): KoppelError | undefined {
  const { source, system } = input;
  const accepted = system.connector.amountsIn?.(system.settings);
  if (accepted === undefined || isLeftAlone(input)) return undefined;
  const [stated] = statedCurrencies(input).filter(({ currency }) => currency !== accepted);
  if (stated === undefined) return undefined;
  const { currency, path } = stated;
  const name = source.document[input.entity === 'order' ? 'number' : 'name'];
  const values = { system: system.name, accepted, currency, record: typeof name === 'string' ? name : source.id };
  return new KoppelError('CURRENCY_DIFFERS', values, { path, sourcePath: path, value: currency });
}

/** Whatever it says, it is not written: it came from there or is gone, or the flow updates nothing. */
function isLeftAlone({ source, system, flow, isThere }: Input): boolean {
  if (isThere) return !flow.settings.updateExisting;
  return source.isDeleted || source.originOf('*') === system.key;
}

interface Stated {
  readonly currency: string;
  readonly path: string;
}

/** The currencies of its amounts, without those that the target has said itself. */
function statedCurrencies({ entity, source, system }: Input): readonly Stated[] {
  const { document, originOf } = source;
  const isOwn = (path: string): boolean => originOf(path) === system.key;
  switch (entity) {
    case 'order':
      return isOwn('currency') ? [] : currencyAt(document, 'currency', '');
    case 'variant':
      return currencyOfPrices(document, '', (field) => isOwn(field));
    case 'product':
      return ((document['variants'] ?? []) as readonly Document[]).flatMap((variant, index) =>
        currencyOfPrices(variant, `variants.${index}.`, (field) => isOwn(`variants.${field}`)),
      );
    default:
      return [];
  }
}

function currencyOfPrices(variant: Document, before: string, isOwn: (field: string) => boolean): readonly Stated[] {
  const hasPrice = ['priceAmount', 'purchasePrice'].some((field) => (variant[field] ?? null) !== null && !isOwn(field));
  return hasPrice ? currencyAt(variant, 'priceCurrency', before) : [];
}

function currencyAt(document: Document, field: string, before: string): readonly Stated[] {
  const currency = document[field];
  return typeof currency === 'string' && currency !== '' ? [{ currency, path: `${before}${field}` }] : [];
}
