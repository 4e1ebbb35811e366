/**
 * Numbers of variants for targets that know numbers only. In: product documents that are about to be planned, the references
 * that exist in the target, the flow's setting. Out: each document with the number of every variant, or why it has none.
 *
 * A variant's number is the one it has there already, else its SKU when that is nothing but digits, else one that the hub
 * allocates for ever (when the flow says so), else the product is parked, naming the SKU; so it is when the hub has given that
 * number to another variant. A SKU is never cut or
 * changed: `0017` is not 17, because the target would give it back as another SKU.
 */
import type { Document } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import type { CanonicalDocument } from '../store/canonical-documents.js';
import type { Tx } from '../store/database.js';
import type { Projection } from '../store/projections.js';
import type { TargetReference } from '../store/target-references.js';
import type { ConnectedSystem, Flow, FlowSettings } from './configuration.js';

export interface NumberStores {
  readonly numbers: Pick<
    typeof import('../store/allocated-numbers.js'),
    'findNumbers' | 'ownersOfNumbers' | 'allocateNumbers'
  >;
  readonly references: Pick<typeof import('../store/target-references.js'), 'loadTargetReferences'>;
}

interface ToNumber {
  readonly canonicalId: string;
  readonly document: Document;
  readonly setting: FlowSettings['articleNumbers'];
  /** The number that was tried last belongs to somebody else in the target. */
  readonly isTaken: boolean;
}

type Numbered = { readonly document: Document } | { readonly error: KoppelError };

export interface NumberedDocuments {
  readonly documents: ReadonlyMap<string, CanonicalDocument>;
  /** Products that have a variant without a number, by canonical id. */
  readonly refused: ReadonlyMap<string, KoppelError>;
}

/** The documents of rows with the numbers of their variants, when the target's record needs them; else as they are. */
export async function withNumbers(
  stores: NumberStores,
  tx: Tx,
  {
    flows,
    system,
    rows,
  }: { readonly flows: readonly Flow[]; readonly system: ConnectedSystem; readonly rows: readonly Projection[] },
  documents: ReadonlyMap<string, CanonicalDocument>,
): Promise<NumberedDocuments> {
  const entity = rows[0]?.entity;
  const record = system.connector.targets.find((each) => each.entity === entity);
  if (record?.numbersParts !== true) return { documents, refused: new Map() };
  const products = rows.flatMap((row): readonly ToNumber[] => {
    const document = documents.get(row.canonicalId)?.document;
    const flow = flows.find((each) => each.key === row.flow);
    if (document === undefined || flow === undefined) return [];
    const { articleNumbers: setting } = flow.settings;
    return [{ canonicalId: row.canonicalId, document, setting, isTaken: row.reasonCode === 'STALE' }];
  });
  const made = new Map(documents);
  const refused = new Map<string, KoppelError>();
  for (const [id, result] of await numberVariants(stores, tx, system, products)) {
    const source = documents.get(id);
    if ('error' in result) refused.set(id, result.error);
    else if (source !== undefined) made.set(id, { ...source, document: result.document });
  }
  return { documents: made, refused };
}

/** A SKU that a target which knows numbers only can hold as it is. */
export const isNumber = (sku: string): boolean => /^[1-9]\d{0,17}$/.test(sku);

interface Variant {
  readonly id: string;
  readonly sku: string;
  readonly document: Document;
}

const variantsOf = ({ document }: ToNumber): readonly Variant[] =>
  ((document['variants'] ?? []) as readonly Document[]).map((variant) => ({
    id: String(variant['id']),
    sku: String(variant['sku'] ?? ''),
    document: variant,
  }));

/** Numbers the variants of all documents, by canonical id of the product. Allocates inside the transaction. */
async function numberVariants(
  { numbers, references: links }: NumberStores,
  tx: Tx,
  system: Pick<ConnectedSystem, 'key' | 'name'>,
  products: readonly ToNumber[],
): Promise<ReadonlyMap<string, Numbered>> {
  const variants = products.flatMap(variantsOf);
  const ids = variants.map(({ id }) => id);
  const references = await links.loadTargetReferences(tx, system.key, ids);
  const given = new Map(await numbers.findNumbers(tx, system.key, 'variant', ids));
  const skus = [...new Set(variants.map(({ sku }) => sku))].filter(isNumber);
  const owners = await numbers.ownersOfNumbers(tx, system.key, 'variant', skus);
  const own = (variant: Variant): string | undefined => ownNumber(variant, references, owners);

  const lacking = new Map<string, Set<string>>();
  for (const product of products) {
    const { setting } = product;
    if (setting.mode !== 'allocate') continue;
    for (const variant of variantsOf(product)) {
      const isNew = own(variant) === undefined;
      if (!isNew || (given.has(variant.id) && !product.isTaken)) continue;
      lacking.set(setting.from, (lacking.get(setting.from) ?? new Set()).add(variant.id));
    }
  }
  for (const [from, wanted] of lacking) {
    for (const [id, number] of await numbers.allocateNumbers(tx, system.key, 'variant', [...wanted], from))
      given.set(id, number);
  }
  return new Map(
    products.map((product) => [
      product.canonicalId,
      numbered(product, system.name, (variant) => own(variant) ?? given.get(variant.id)),
    ]),
  );
}

/** What the variant is known by without an allocation. */
function ownNumber(
  { id, sku }: Variant,
  references: ReadonlyMap<string, TargetReference>,
  owners: ReadonlyMap<string, string>,
): string | undefined {
  const reference = references.get(`variant:${id}`);
  if (reference !== undefined) return reference.externalId;
  const owner = owners.get(sku);
  // The hub has given that number to another variant.
  return isNumber(sku) && (owner === undefined || owner === id) ? sku : undefined;
}

function numbered(product: ToNumber, system: string, numberOf: (variant: Variant) => string | undefined): Numbered {
  const variants = variantsOf(product);
  const without = variants.filter((variant) => numberOf(variant) === undefined);
  if (without.length > 0) {
    // A number that is not usable as it is belongs to another variant.
    const others = without.filter(({ sku }) => !isNumber(sku));
    const code = others.length > 0 ? 'SKU_NOT_NUMERIC' : 'ARTICLE_NUMBER_TAKEN';
    const skus = (others.length > 0 ? others : without).map(({ sku }) => sku).join(', ');
    return { error: new KoppelError(code, { system, skus }, { path: 'variants', original: skus }) };
  }
  const list = variants.map((variant): Document => {
    const number = numberOf(variant) ?? '';
    return { ...variant.document, number, otherSku: number === variant.sku ? null : variant.sku };
  });
  return { document: { ...product.document, variants: list } };
}
