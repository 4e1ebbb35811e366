/** Values of contested fields on the page: amounts with their currency, records by their names, lists one item a line. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { ConflictNamesDocument, type ConflictRowFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { linesOf, referencesIn } from './values.ts';

export type Row = ConflictRowFragment;

/** Names of the records that values of these conflicts are about. */
export function useNames(rows: readonly Row[]): ReadonlyMap<string, string> {
  const ids = referencesIn(rows);
  const { data } = useAsk(ConflictNamesDocument, { ids: [...ids] }, { isOff: ids.length === 0 });
  const nodes = ids.length === 0 ? [] : (data?.nodes ?? []);
  return new Map(
    nodes.flatMap((node) =>
      node?.__typename === 'Product' || node?.__typename === 'Category' ? [[node.id, node.name] as const] : [],
    ),
  );
}

const amounts: readonly string[] = ['priceAmount', 'purchasePrice'];

/** A value of the field of a conflict as texts, one an item. */
export function useLines(names: ReadonlyMap<string, string>): (conflict: Row, value: unknown) => readonly string[] {
  const { t } = useTranslation('conflicts');
  const { t: common } = useTranslation();
  const { t: products } = useTranslation('products');
  const { t: customers } = useTranslation('customers');
  const formats = useFormats();
  return ({ entity, path, field }, value) => {
    const currency = entity?.__typename === 'ProductVariant' ? entity.price?.price.gross.currency : undefined;
    return linesOf(value, field, {
      empty: t('empty'),
      yes: common('yes'),
      no: common('no'),
      number: (text) =>
        currency !== undefined && amounts.includes(path)
          ? formats.money({ amount: String(text), currency })
          : formats.number(text),
      wordOf(one) {
        if (path === 'status' || path === 'type') return products(`${path}.${one}` as 'status.ACTIVE');
        return path === 'kind' ? customers(`kind.${one}` as 'kind.PERSON') : undefined;
      },
      nameOf: (id) => names.get(id),
    });
  };
}

/** The texts of a value below each other. */
export function Lines({
  of: lines,
  isStrong = false,
}: {
  readonly of: readonly string[];
  readonly isStrong?: boolean;
}) {
  return lines.map((line, i) => (
    <Text key={i} className="conflict-value" fw={isStrong ? 650 : undefined} size={lines.length > 1 ? 'sm' : undefined}>
      {line}
    </Text>
  ));
}
