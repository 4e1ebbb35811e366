/** What records and causes are called. Pure, but for the words. */
import { useTranslation } from 'react-i18next';
import type { ProblemEntityFragment, ProblemPageQuery } from '../../graph/graphql.ts';
import type { EntityType } from '../../graph/kinds.ts';

/** A problem as its own page shows it. */
export type ShownProblem = NonNullable<ProblemPageQuery['deadLetter']>;

/** The name by which people know a record; null when it has none. */
export function nameOfRecord(record: ProblemEntityFragment | null | undefined): string | null {
  switch (record?.__typename) {
    case 'Product':
    case 'Category':
      return record.name;
    case 'ProductVariant':
      return record.name ?? record.sku;
    case 'Customer':
      return record.displayName;
    case 'Order':
      return record.number ?? null;
    case 'StockLevel':
      return record.variant?.sku ?? null;
    default:
      return null;
  }
}

const types: Readonly<Record<string, EntityType>> = {
  Product: 'PRODUCT',
  ProductVariant: 'PRODUCT_VARIANT',
  Category: 'CATEGORY',
  Customer: 'CUSTOMER',
  Order: 'ORDER',
  StockLevel: 'STOCK_LEVEL',
};
export const typeOfRecord = (record: ProblemEntityFragment): EntityType => types[record.__typename] ?? 'PRODUCT';

interface NamedProblem {
  readonly id: string;
  readonly entityType?: EntityType | null;
  readonly externalId?: string | null;
  readonly entity?: ProblemEntityFragment | null;
}

/** "order 1183": the kind of record and its name, else what a system calls it. */
export function useProblemName(): (problem: NamedProblem) => string {
  const { t } = useTranslation();
  const { t: kinds } = useTranslation('kinds');
  return ({ entity, entityType, externalId }) => {
    const name = nameOfRecord(entity) ?? externalId ?? '';
    const kind = entityType == null ? t('unknown') : kinds(`entity.${entityType}`);
    return `${kind} ${name}`.trim();
  };
}

/** A code with its second code, as it stands in a value list. */
export const codeName = ({
  value,
  secondKey,
}: {
  readonly value: string;
  readonly secondKey?: string | null;
}): string => (secondKey == null ? value : `${value} · ${secondKey}`);

interface NamedCause {
  readonly title: string;
  /** Codes that a value list lacks. */
  readonly missingEntries: readonly {
    readonly value: string;
    readonly secondKey?: string | null;
    readonly valueMap: { readonly name: string };
  }[];
}

/** What the problems of a cause have in common, in words. */
export function useCauseTitle(): (cause: NamedCause) => string {
  const { t } = useTranslation();
  return ({ title, missingEntries: [first, ...others] }) => {
    if (first === undefined) return title;
    const named = t('causeUnmapped', { code: codeName(first), list: first.valueMap.name });
    return others.length === 0 ? named : `${named} ${t('causeMore', { count: others.length })}`;
  };
}
