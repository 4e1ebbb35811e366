/**
 * Products with all their variants, as outbound mappings read them (outboundCatalogue.product), in bulk: for targets that
 * take a product as one document. Variants stand in the order of their positions. A record that is gone from every
 * source reads as inactive, never as absent.
 */
import type { Document } from '../base/document.js';
import { isContested } from '../base/contested.js';
import type { CanonicalRecord } from '../canonical/record.js';
import type { Query } from './database.js';
import { contestedIn, originIn, type OriginOf } from './origins.js';
import { loadRows, loadVariantsOf } from './rows.js';

export interface ProductDocument {
  readonly id: string;
  readonly isDeleted: boolean;
  readonly document: Document;
  /** Of a field of the variants the one that all of them have it from. */
  readonly originOf: OriginOf;
  /** True for a field of the variants when it is contested of one of them. */
  readonly isContested?: (path: string) => boolean;
}

export async function loadProductDocuments(
  query: Query,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ProductDocument>> {
  const [products, all] = await Promise.all([loadRows(query, 'product', ids), loadVariantsOf(query, ids)]);
  const variants = new Map<string, CanonicalRecord[]>();
  for (const variant of all) {
    const product = String(variant.fields['product']);
    const group = variants.get(product);
    if (group === undefined) variants.set(product, [variant]);
    else group.push(variant);
  }
  return new Map(products.map((product) => [product.id, toDocument(product, variants.get(product.id) ?? [])]));
}

function toDocument(product: CanonicalRecord, variants: readonly CanonicalRecord[]): ProductDocument {
  const { id, isDeleted, fields } = product;
  const document = {
    id,
    ...fields,
    ...(isDeleted ? goneProduct : {}),
    variants: [...variants].sort(byPosition).map(variantOf),
  };
  const originOf: OriginOf = (path) => {
    if (path !== 'variants' && !path.startsWith('variants.')) return originIn(product, path, goneProduct);
    const field = path === 'variants' ? '*' : computedFrom(path.slice('variants.'.length));
    const origins = new Set(variants.map((variant) => originIn(variant, field, goneVariant)));
    return origins.size === 1 ? [...origins][0] : undefined;
  };
  const isContestedAt = (path: string): boolean =>
    path.startsWith('variants.')
      ? variants.some((variant) => contestedIn(variant)(computedFrom(path.slice('variants.'.length))))
      : contestedIn(product)(path);
  const isAbout = [product, ...variants].some(isContested);
  return { id, isDeleted, document, originOf, ...(isAbout ? { isContested: isContestedAt } : {}) };
}

const goneProduct = { status: 'ARCHIVED' };
const goneVariant = { isActive: false };

const computed: Readonly<Record<string, string>> = {
  colour: 'options',
  size: 'options',
  number: 'sku',
  otherSku: 'sku',
};
const computedFrom = (path: string): string => computed[path] ?? path;

function byPosition(a: CanonicalRecord, b: CanonicalRecord): number {
  const difference = Number(a.fields['position'] ?? 0) - Number(b.fields['position'] ?? 0);
  return difference === 0 ? (a.id < b.id ? -1 : 1) : difference;
}

function variantOf({ id, fields, isDeleted }: CanonicalRecord): Document {
  return { id, ...fields, ...(isDeleted ? goneVariant : {}) };
}
