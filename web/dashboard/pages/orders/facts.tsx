/** What else belongs to an order: payments, addresses, conditions, documents beside it, remarks, and what each system says of its states. */
import { Anchor, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { PostalAddress } from '../records/postal-address.tsx';
import { Amount, Facts, Part, Shown } from '../records/shown.tsx';
import type { Order } from './order.ts';

export function Payments({ order: { payments } }: { readonly order: Order }) {
  const { t } = useTranslation('orders');
  const { t: common } = useTranslation();
  if (payments.length === 0) return null;
  return (
    <Part title={t('payments')} path="payments">
      <Table aria-label={t('payments')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{common('when')}</Table.Th>
            <Table.Th scope="col">{t('method')}</Table.Th>
            <Table.Th scope="col" visibleFrom="xs">
              {t('reference')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t('amount')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {payments.map(({ id, paidAt, method, reference, amount }) => (
            <Table.Tr key={id}>
              <Table.Td>{paidAt == null ? '–' : <Moment at={paidAt} />}</Table.Td>
              <Table.Td>{method?.name ?? '–'}</Table.Td>
              <Table.Td visibleFrom="xs">
                <Shown text={reference} />
              </Table.Td>
              <Table.Td ta="right">
                <Amount of={amount} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Part>
  );
}

export function Addresses({ order: { billingAddress, shippingAddress } }: { readonly order: Order }) {
  const { t } = useTranslation('orders');
  if (billingAddress == null && shippingAddress == null) return null;
  return (
    <Part title={t('addresses')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {billingAddress != null && (
          <PostalAddress title={t('billing')} address={billingAddress} path="billingAddress" />
        )}
        {shippingAddress != null && (
          <PostalAddress title={t('shippingTo')} address={shippingAddress} path="shippingAddress" />
        )}
      </SimpleGrid>
    </Part>
  );
}

export function Conditions({ order }: { readonly order: Order }) {
  const { t } = useTranslation('orders');
  const formats = useFormats();
  const day = (at: string | null | undefined): string | null => (at == null ? null : formats.day(at));
  const { customerSnapshot: buyer } = order;
  const text = (value: string | null | undefined): ReactNode => (value == null ? null : <Shown text={value} />);
  return (
    <Part title={t('conditions')}>
      <Facts
        of={[
          [t('reference'), text(order.reference), 'reference'],
          [t('documentDate'), day(order.documentDate), 'documentDate'],
          [t('dueDate'), day(order.dueDate), 'dueDate'],
          [t('deliveryDate'), day(order.deliveryDate), 'deliveryDate'],
          [t('paymentMethod'), order.paymentMethod?.name ?? null, 'paymentMethod'],
          [t('paymentTerm'), order.paymentTerm?.name ?? null, 'paymentTerm'],
          [t('shippingMethod'), order.shippingMethod?.name ?? null, 'shippingMethod'],
          [t('location'), order.location?.name ?? null, 'location'],
          [t('taxMethodName'), t(`taxMethod.${order.taxMethod}`), 'taxMethod'],
          [t('taxCountry'), order.taxCountry == null ? null : formats.country(order.taxCountry), 'taxCountry'],
          [t('buyer'), text(buyer?.displayName), 'customerSnapshot'],
          [t('email'), text(buyer?.email), 'customerSnapshot'],
          [t('phone'), text(buyer?.phone), 'customerSnapshot'],
          [t('vatNumber'), text(buyer?.vatNumber), 'customerSnapshot'],
        ]}
      />
    </Part>
  );
}

export function Related({ order: { relatedOrders } }: { readonly order: Order }) {
  const { t } = useTranslation('orders');
  if (relatedOrders.length === 0) return null;
  return (
    <Part title={t('related')}>
      <Stack gap={4}>
        {relatedOrders.map(({ relation, order }) => (
          <Text key={`${relation}${order.id}`} size="sm">
            {t(`relation.${relation}`)}{' '}
            <Anchor component={Link} to={`/orders/${order.id}`}>
              {t(`type.${order.type}`)} {order.number ?? ''}
            </Anchor>
          </Text>
        ))}
      </Stack>
    </Part>
  );
}

export function Notes({ order: { notes } }: { readonly order: Order }) {
  const { t } = useTranslation('orders');
  if (notes.length === 0) return null;
  return (
    <Part title={t('notes')} path="note">
      {notes.map(({ text }, i) => (
        <Text key={i} size="sm" style={{ whiteSpace: 'pre-wrap' }}>
          <Shown text={text} />
        </Text>
      ))}
    </Part>
  );
}

export function SaidBySystems({ order: { sourceStatuses } }: { readonly order: Order }) {
  const { t } = useTranslation('orders');
  const { t: common } = useTranslation();
  if (sourceStatuses.length === 0) return null;
  return (
    <Part title={t('said')}>
      <Table.ScrollContainer minWidth={0} type="native">
        <Table aria-label={t('said')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{common('system')}</Table.Th>
              <Table.Th scope="col">{t('axis')}</Table.Th>
              <Table.Th scope="col">{t('meaning')}</Table.Th>
              <Table.Th scope="col" visibleFrom="sm">
                {t('theirWord')}
              </Table.Th>
              <Table.Th scope="col" visibleFrom="xs">
                {common('when')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sourceStatuses.map(({ system, axis, meaning, value, label, observedAt }, i) => (
              <Table.Tr key={i}>
                <Table.Td>{system?.name ?? common('unknown')}</Table.Td>
                <Table.Td>{t(`axes.${axis}`)}</Table.Td>
                <Table.Td>{t(`${wordsOf[axis]}.${meaning}` as never, { defaultValue: meaning })}</Table.Td>
                <Table.Td visibleFrom="sm" className="muted" style={{ overflowWrap: 'anywhere' }}>
                  <span title={value ?? undefined}>{label ?? value ?? '–'}</span>
                </Table.Td>
                <Table.Td visibleFrom="xs">
                  <Moment at={observedAt} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Part>
  );
}

const wordsOf = { DOCUMENT: 'document', PAYMENT: 'payment', FULFILLMENT: 'fulfillment' } as const;
