/** A value of a held change as people read it: stock in its unit, a price in its currency. */
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { HeldUnitsDocument, type HeldHoldFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';

/** In what a record is sold. */
export interface Unit {
  readonly unitCode: string;
  readonly currency: string | undefined;
}

/** By the ids of the records, as soon as the hub has said. */
export function useUnits(samples: HeldHoldFragment['samples']): ReadonlyMap<string, Unit> {
  const ids = [...new Set(samples.map(({ entityId }) => entityId))];
  const { data } = useAsk(HeldUnitsDocument, { ids }, { isOff: ids.length === 0 });
  return new Map(
    (data?.nodes ?? []).flatMap((node) => {
      const variant =
        node?.__typename === 'ProductVariant' ? node : node?.__typename === 'Product' ? node.defaultVariant : null;
      if (node == null || variant == null) return [];
      return [[node.id, { unitCode: variant.unitCode, currency: variant.price?.price.gross.currency }] as const];
    }),
  );
}

/** Units of UN/ECE and as shops write them, by what Intl calls them; other ones are said as they are. */
const intlUnits: Readonly<Record<string, string>> = {
  ...{ KGM: 'kilogram', kg: 'kilogram', GRM: 'gram', g: 'gram' },
  ...{ LTR: 'liter', l: 'liter', MTR: 'meter', m: 'meter' },
};
const pieces: ReadonlySet<string> = new Set(['C62', 'stuk', 'stuks', 'st', 'pce', 'piece', 'pièce']);
const decimal = /^-?\d{1,15}(\.\d{1,9})?$/;

interface Props {
  readonly value: unknown;
  readonly kind: string;
  readonly unit: Unit | undefined;
}

export function HeldValue({ value, kind, unit }: Props) {
  const { t, i18n } = useTranslation('held');
  const { t: common } = useTranslation();
  const formats = useFormats();
  if (typeof value === 'boolean') return common(value ? 'yes' : 'no');
  if (value == null || value === '' || (Array.isArray(value) && value.length === 0))
    return <span className="muted">{t('empty')}</span>;
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value as string | number);
  if (!decimal.test(text)) return text;
  if (kind === 'REPRICED')
    return unit?.currency === undefined
      ? formats.number(text)
      : formats.money({ amount: text, currency: unit.currency });
  // A text that was emptied can be of digits only.
  if (kind !== 'ZEROED') return text;
  const named = unit === undefined ? undefined : intlUnits[unit.unitCode];
  if (named !== undefined)
    return new Intl.NumberFormat(i18n.language, { style: 'unit', unit: named, maximumFractionDigits: 6 }).format(
      text as unknown as number,
    );
  const number = formats.number(text);
  if (unit === undefined) return number;
  return pieces.has(unit.unitCode) ? t('pieces', { count: Number(text), number }) : `${number} ${unit.unitCode}`;
}
