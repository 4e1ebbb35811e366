/** A value of a field as one side holds it. In: JSON of that side. Out: a text; long ones stay folded, so that fields stay in sight. */
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';

const longLength = 80;

/** An amount as systems say it. */
interface Price {
  readonly amount: string;
  readonly currency: string;
  readonly taxIncluded?: unknown;
}

const isPrice = (value: unknown): value is Price =>
  typeof value === 'object' &&
  value !== null &&
  'amount' in value &&
  'currency' in value &&
  typeof value.amount === 'string' &&
  typeof value.currency === 'string' &&
  /^[A-Z]{3}$/.test(value.currency);

export function FieldValue({ value }: { readonly value: unknown }) {
  const { t } = useTranslation();
  const { t: comparisons } = useTranslation('comparisons');
  const formats = useFormats();
  if (value == null || value === '') return '–';
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (isPrice(value)) {
    const { taxIncluded } = value;
    const money = formats.money(value);
    return typeof taxIncluded === 'boolean' ? comparisons(taxIncluded ? 'withVat' : 'withoutVat', { money }) : money;
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text.length <= longLength) return text;
  return (
    <details>
      <summary>{text.slice(0, longLength)}…</summary>
      {text}
    </details>
  );
}
