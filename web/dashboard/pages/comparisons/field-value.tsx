/** A value of a field as one side holds it. In: JSON of that side. Out: a text; long ones stay folded, so that fields stay in sight. */
import { useTranslation } from 'react-i18next';

const longLength = 80;

export function FieldValue({ value }: { readonly value: unknown }) {
  const { t } = useTranslation();
  if (value == null || value === '') return '–';
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text.length <= longLength) return text;
  return (
    <details>
      <summary>{text.slice(0, longLength)}…</summary>
      {text}
    </details>
  );
}
