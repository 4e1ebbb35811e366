/** What is there of a variant as a bar: free, promised to customers, on its way; with the same in words beside it. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { isZero } from './amounts.ts';

export interface Quantities {
  readonly onHand: string;
  readonly reserved: string;
  readonly incoming: string;
  readonly available: string;
}

const [width, height] = [120, 10];

export function StockBar({ of: { onHand, reserved, incoming, available } }: { readonly of: Quantities }) {
  const { t } = useTranslation('records');
  const formats = useFormats();
  // Widths of a drawing may be inexact; the figures beside it are the texts themselves.
  const [held, promised, coming] = [onHand, reserved, incoming].map((quantity) => Math.max(Number(quantity), 0));
  const total = Math.max(held!, promised!) + coming!;
  const scale = total === 0 ? 0 : width / total;
  const free = Math.max(held! - promised!, 0) * scale;
  const kept = promised! * scale;
  const parts = [
    t('onHand', { number: formats.number(onHand) }),
    isZero(reserved) ? null : t('reserved', { number: formats.number(reserved) }),
    isZero(incoming) ? null : t('incoming', { number: formats.number(incoming) }),
  ];
  return (
    <div>
      <Text span size="sm" fw={600} className={available.startsWith('-') ? 'tone-failed' : undefined}>
        {formats.number(available)}
      </Text>{' '}
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" className="stock-bar">
        <rect width={width} height={height} rx="3" className="stock-empty" />
        <rect width={free} height={height} className="stock-free" />
        <rect x={free} width={kept} height={height} className="stock-kept" />
        <rect x={free + kept} width={coming! * scale} height={height} className="stock-coming" />
      </svg>
      <Text size="xs" className="muted">
        {parts.filter(Boolean).join(' · ')}
      </Text>
    </div>
  );
}
