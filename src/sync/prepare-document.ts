/**
 * The document that an outbound mapping reads: the canonical one with the settings of the flow and what follows from them.
 * Pure. In: the canonical document, its flow and target. Out: the document, or why there is none.
 */
import type { Document } from '../base/document.js';
import type { ErrorCode } from '../base/error-codes.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import { optionAxes } from '../canonical/option-axes.js';
import { stockQuantity, type StockFigures } from '../canonical/stock.js';
import type { Configuration, Flow, FlowSettings } from './configuration.js';
import { amountsInOtherCurrency } from './one-currency.js';
import { toOrderDocument, type OrderInput, type OrderOutcome } from './order-document.js';

export interface PrepareInput extends OrderInput {
  readonly entity: ProjectedEntity;
  /** Whether a system counts the stock of a location itself. */
  readonly counts: (system: string, location: string) => boolean;
}

export function prepareDocument(input: PrepareInput): OrderOutcome {
  const { entity, source, flow } = input;
  const made: OrderOutcome =
    entity === 'order' ? toOrderDocument(input)
    : entity === 'stock' ? toStockDocument(input)
    : entity === 'product' ? { type: 'document', document: withOptionAxes(source.document) }
    : { type: 'document', document: source.document }; // prettier-ignore
  if (made.type === 'excluded') return made;
  const error = amountsInOtherCurrency(input);
  if (error !== undefined) return { type: 'refused', error, trace: [] };
  if (made.type !== 'document') return made;
  return { type: 'document', document: { ...made.document, settings: settingsOf(flow.settings) } };
}

/** What other flows of orders from the same source mean for this one. */
export function amongFlows(
  { flows }: Pick<Configuration, 'flows'>,
  { key, source, target }: Flow,
): { takesOrders: boolean; readsPast: boolean } {
  const beside = flows.filter((each) => each.isInUse && each.entity === 'order' && each.source === source);
  return {
    takesOrders: beside.some((each) => each.target === target && each.settings.order.types.includes('ORDER')),
    readsPast: beside.some((each) => each.key !== key && each.settings.startFrom !== 'now'),
  };
}

/** What it means that a mapping needs a setting of the flow that is empty. */
export const missingSettings: Readonly<Record<string, ErrorCode>> = {
  'settings.shippingArticle': 'SHIPPING_ARTICLE_MISSING',
};

/** Settings as mappings read them; what names a record of the target is said as its own id. */
function settingsOf({ country, currency, order }: FlowSettings): Document {
  const { employee, branch, entryBranch, workplace, orderCategory, documentType } = order;
  return {
    country, currency, employee, branch, entryBranch, workplace, orderCategory, documentType,
    shippingArticle: literal(order.shippingArticle),
    roundingArticle: literal(order.roundingArticle),
    defaultCustomer: literal(order.defaultCustomer),
  }; // prettier-ignore
}

const literal = (id: string | null): string | null => (id === null ? null : `=${id}`);

/** A product whose variants say their colour and size apart from their other options. */
function withOptionAxes(product: Document): Document {
  const variants = ((product['variants'] ?? []) as readonly Document[]).map((variant): Document => ({
    ...variant,
    ...optionAxes(variant['options']),
  }));
  return { ...product, variants };
}

/**
 * Stock with the result of the flow's calculation. What the target counts itself is not told to it, nor what another system
 * was told itself: that would come back to where it was counted.
 */
function toStockDocument({ source, flow, system, counts }: PrepareInput): OrderOutcome {
  const levels = (source.document['levels'] as readonly Document[]).filter((level, index) => {
    const origin = source.originOf(`levels.${index}`);
    return origin !== system.key && (origin == null || counts(origin, String(level['locationCode'])));
  });
  if (levels.length === 0) return { type: 'excluded', reason: 'No other system counts stock of it.' };
  const counted = levels.map((level) => {
    const quantity = stockQuantity(flow.settings.stockCalculation, level as unknown as StockFigures);
    return { ...level, quantity };
  });
  return { type: 'document', document: { ...source.document, levels: counted } };
}
