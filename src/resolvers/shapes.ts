/** Stored fields in the shapes of the graph. Pure: in a record, out what the client sees. */
import type { AttributeAssignment, Barcode, ProductOption, SelectedOption } from '../schema/attribute.js';
import type { Category } from '../schema/category.js';
import { moneyText, taxedMoney, type Money, type ProductPrice } from '../schema/money.js';
import type { CodeAndValue } from '../schema/product.js';
import type { ProductVariant } from '../schema/product-variant.js';
import type { StockSummary } from '../schema/stock-level.js';

const valueOf = (value: string) => ({ code: null, value });

/** Characteristics with all their values, in their order; only those of the codes when codes are given. */
export function assignmentsOf(pairs: readonly CodeAndValue[], codes: readonly string[] | null): AttributeAssignment[] {
  const found = new Map<string, AttributeAssignment>();
  for (const { code, value, unit } of pairs) {
    if (codes && !codes.includes(code)) continue;
    const known = found.get(code);
    if (known !== undefined) known.values.push(valueOf(value));
    else
      found.set(code, {
        attribute: { code, role: 'CHARACTERISTIC', unitCode: unit ?? null },
        values: [valueOf(value)],
      });
  }
  return [...found.values()];
}

export function optionOf(
  { code, values }: { code: string; values: readonly string[] },
  position: number,
): ProductOption {
  return { attribute: { code, role: 'OPTION', unitCode: null }, values: values.map(valueOf), position };
}

export const selectedOptionsOf = (options: readonly CodeAndValue[]): SelectedOption[] =>
  options.map(({ code, value }) => ({ attribute: { code, role: 'OPTION', unitCode: null }, value: valueOf(value) }));

export const barcodesOf = (variant: ProductVariant): Barcode[] => [
  ...(variant.gtin === null ? [] : [{ value: variant.gtin, isValidGtin: true }]),
  ...variant.barcodes.map((value) => ({ value, isValidGtin: false })),
];

export const moneyOf = (amount: string | null, currency: string | null): Money | null =>
  amount === null || currency === null ? null : { amount: moneyText(amount), currency };

/** Both sides of the price; null when the amount or the VAT rate is not known, because then one side would be invented. */
export function priceOf(variant: ProductVariant): ProductPrice | null {
  const { priceAmount, priceCurrency, priceIncludesTax, taxRate, taxClass } = variant;
  if (priceAmount === null || priceCurrency === null || taxRate === null) return null;
  return {
    kind: 'LIST',
    priceList: 'default',
    price: taxedMoney(priceAmount, priceCurrency, taxRate, priceIncludesTax ?? true),
    taxClass: taxClass === null ? null : { code: taxClass, ratePercent: taxRate },
    minimumQuantity: '1',
    validFrom: null,
    validTo: null,
  };
}

export const emptySummary: StockSummary = {
  onHand: '0',
  reserved: '0',
  available: '0',
  incoming: '0',
  locationCount: 0,
  oldestAsOf: null,
};

export const slugOf = (category: Category): string => category.code ?? category.id;
