/**
 * The document that an outbound mapping reads: the canonical one with the settings of the flow and what follows from them.
 * Pure. In: the canonical document, its flow and target. Out: the document, or why there is none.
 */
import type { Document, Json } from '../base/document.js';
import type { ErrorCode } from '../base/error-codes.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import { optionAxes } from '../canonical/option-axes.js';
import { stockQuantity, type StockFigures } from '../canonical/stock.js';
import type { CanonicalDocument } from '../store/canonical-documents.js';
import type { Flow, FlowSettings } from './configuration.js';
import { toOrderDocument, type OrderInput, type OrderOutcome } from './order-document.js';

export function prepareDocument(input: OrderInput & { readonly entity: ProjectedEntity }): OrderOutcome {
  const { entity, source, flow, system } = input;
  const made: OrderOutcome =
    entity === 'order' ? toOrderDocument(input)
    : entity === 'stock' ? toStockDocument(source, flow, system.key)
    : entity === 'product' ? { type: 'document', document: withOptionAxes(source.document) }
    : { type: 'document', document: source.document }; // prettier-ignore
  if (made.type !== 'document') return made;
  return { type: 'document', document: { ...made.document, settings: settingsOf(flow.settings) } };
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

/** Stock with the result of the flow's calculation; what the target keeps itself is not told to it. */
function toStockDocument(source: CanonicalDocument, flow: Flow, target: string): OrderOutcome {
  const levels = (source.document['levels'] as readonly Json[]).filter(
    (_, index) => source.originOf(`levels.${index}`) !== target,
  );
  if (levels.length === 0) return { type: 'excluded', reason: 'All of its stock is kept by the target itself.' };
  const counted = levels.map((level) => {
    const quantity = stockQuantity(flow.settings.stockCalculation, level as unknown as StockFigures);
    return { ...(level as Document), quantity };
  });
  return { type: 'document', document: { ...source.document, levels: counted } };
}
