/** How far an order has got: placed, paid, delivered; and whether the document itself is over. */
import { Text, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../parts/moment.tsx';
import { Shape, type Tone } from '../../parts/status.tsx';
import { Why } from '../records/why.tsx';
import type { Order } from './order.ts';
import { documentTones, fulfillmentTones, paymentTones } from './states.tsx';

interface Stop {
  readonly key: string;
  readonly name: string;
  readonly tone: Tone;
  readonly word: ReactNode;
  /** The field of the order. */
  readonly path: string;
}

export function Rail({ order }: { readonly order: Order }) {
  const { t } = useTranslation('orders');
  const { status, paymentStatus, fulfillmentStatus, placedAt } = order;
  const stops: readonly Stop[] = [
    { key: 'placed', name: t('placed'), tone: 'ok', word: <Moment at={placedAt} />, path: 'placedAt' },
    {
      key: 'paid',
      name: t('paidState'),
      tone: paymentTones[paymentStatus],
      word: t(`payment.${paymentStatus}`),
      path: 'paymentStatus',
    },
    {
      key: 'delivered',
      name: t('deliveredState'),
      tone: fulfillmentTones[fulfillmentStatus],
      word: t(`fulfillment.${fulfillmentStatus}`),
      path: 'fulfillmentStatus',
    },
    { key: 'document', name: t('state'), tone: documentTones[status], word: t(`document.${status}`), path: 'status' },
  ];
  return (
    <ol className="rail" aria-label={t('howFar')}>
      {stops.map(({ key, name, tone, word, path }) => (
        <li key={key} data-done={tone === 'ok' || undefined}>
          <Shape tone={tone} size={20} />
          <Text size="xs" className="muted">
            {name}
            <VisuallyHidden>:</VisuallyHidden>
          </Text>
          <Text size="sm" fw={600}>
            {word} <Why path={path} name={name} value={word} />
          </Text>
        </li>
      ))}
    </ol>
  );
}
