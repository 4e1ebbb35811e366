/** /orders: every order, invoice and credit note, with its three states and how it stands with each system. */
import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { OrderListDocument, OrdersChangedDocument, type OrderRowFragment } from '../../graph/graphql.ts';
import type { OrderFilter } from '../../graph/graphql.ts';
import { Moment } from '../../parts/moment.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/record-table.tsx';
import { beginningWithDefault, Views } from '../../parts/views.tsx';
import { ExportList } from '../data-export/export-list.tsx';
import { namedIn, type Address, type ListKey, type Sorting, type Texts } from '../records/address.ts';
import { useRecordList } from '../records/asked-list.ts';
import { ChangedNotice, Choice, ListFilters, Narrowed } from '../records/filters.tsx';
import { RecordList } from '../records/record-list.tsx';
import '../records/records.css';
import { Amount, Shown } from '../records/shown.tsx';
import { SyncCells, Troubles } from '../records/sync-cells.tsx';
import { DocumentPill, documentTones, FulfillmentPill, fulfillmentTones, keysOf, orderTypes, PaymentPill, paymentTones } from './states.tsx'; // prettier-ignore

type Key = 'type' | 'status' | 'payment' | 'fulfillment' | 'customer';
const sortFields = ['NUMBER', 'PLACED_AT', 'TOTAL', 'UPDATED_AT'] as const;

export const OrdersPage = beginningWithDefault('ORDERS', OrdersList);

function OrdersList() {
  const { t } = useTranslation('orders');
  const { t: common } = useTranslation();
  const { address, sorting, asked, changes, wanted } = useRecordList({
    list: OrderListDocument,
    changed: OrdersChangedDocument,
    sortFields,
    filterOf,
  });
  const columns = useColumns(sorting);
  return (
    <Page
      title={common('pageOrders')}
      about={t('about')}
      actions={
        <>
          <Views list="ORDERS" />
          <ExportList
            list={{ entityType: 'ORDER', ...wanted }}
            title={common('pageOrders')}
            count={asked.data?.orders.totalCount}
          />
        </>
      }
    >
      <Filters address={address} />
      <ChangedNotice {...changes} onShow={changes.show} />
      <RecordList
        asked={asked}
        listOf={({ orders }) => orders}
        label={common('pageOrders')}
        columns={columns}
        pathOf={({ id }) => `/orders/${id}`}
        nameOf={({ number, id }) => number ?? id}
        address={address}
        emptyWords={t('noneYet')}
      />
    </Page>
  );
}

function filterOf(texts: Texts<Key>): OrderFilter {
  const [type, status, payment, fulfillment] = [
    namedIn(texts.type, orderTypes),
    namedIn(texts.status, keysOf(documentTones)),
    namedIn(texts.payment, keysOf(paymentTones)),
    namedIn(texts.fulfillment, keysOf(fulfillmentTones)),
  ];
  return {
    ...(type === undefined ? {} : { type }),
    ...(status === undefined ? {} : { status }),
    ...(payment === undefined ? {} : { paymentStatus: payment }),
    ...(fulfillment === undefined ? {} : { fulfillmentStatus: fulfillment }),
    ...(texts.customer === undefined ? {} : { customerId: { eq: texts.customer } }),
  };
}

function Filters({ address }: { readonly address: Address<ListKey | Key> }) {
  const { t } = useTranslation('orders');
  return (
    <ListFilters address={address} searchLabel={t('search')}>
      <Choice
        label={t('anyType')}
        address={address}
        of="type"
        options={orderTypes.map((value) => ({ value, label: t(`type.${value}`) }))}
      />
      <Choice
        label={t('anyDocument')}
        address={address}
        of="status"
        options={keysOf(documentTones).map((value) => ({ value, label: t(`document.${value}`) }))}
      />
      <Choice
        label={t('anyPayment')}
        address={address}
        of="payment"
        options={keysOf(paymentTones).map((value) => ({ value, label: t(`payment.${value}`) }))}
      />
      <Choice
        label={t('anyFulfillment')}
        address={address}
        of="fulfillment"
        options={keysOf(fulfillmentTones).map((value) => ({ value, label: t(`fulfillment.${value}`) }))}
      />
      <Narrowed address={address} of="customer" />
    </ListFilters>
  );
}

function useColumns(sorting: Sorting<(typeof sortFields)[number]>): readonly Column<OrderRowFragment>[] {
  const { t } = useTranslation('orders');
  const { t: records } = useTranslation('records');
  return [
    { key: 'number', title: t('number'), ...sorting.by('NUMBER'), show: (order) => <Name order={order} /> },
    { key: 'systems', title: records('inSystems'), show: ({ syncStatuses }) => <SyncCells statuses={syncStatuses} /> },
    { key: 'document', title: t('state'), from: 'sm', show: ({ status }) => <DocumentPill state={status} /> },
    {
      key: 'payment',
      title: t('paidState'),
      from: 'md',
      show: ({ paymentStatus }) => <PaymentPill state={paymentStatus} />,
    },
    {
      key: 'fulfillment',
      title: t('deliveredState'),
      from: 'lg',
      show: ({ fulfillmentStatus }) => <FulfillmentPill state={fulfillmentStatus} />,
    },
    {
      key: 'customer',
      title: t('customer'),
      from: 'lg',
      show: ({ customer, customerSnapshot }) =>
        customer == null ? (
          <Shown text={customerSnapshot?.displayName} />
        ) : (
          <Anchor component={Link} to={`/customers/${customer.id}`} c="inherit" size="sm">
            <Shown text={customer.displayName} />
          </Anchor>
        ),
    },
    {
      key: 'placed',
      title: t('placed'),
      from: 'xs',
      ...sorting.by('PLACED_AT', 'DESC'),
      show: ({ placedAt }) => <Moment at={placedAt} />,
    },
    {
      key: 'total',
      title: t('total'),
      isFigure: true,
      ...sorting.by('TOTAL', 'DESC'),
      show: ({ total }) => <Amount of={total?.gross} />,
    },
  ];
}

function Name({ order: { id, number, type, syncStatuses } }: { readonly order: OrderRowFragment }) {
  const { t } = useTranslation('orders');
  return (
    <>
      <Anchor component={Link} to={`/orders/${id}`} fw={600} size="sm" className="whole">
        {number ?? t('numberless')}
      </Anchor>
      {type !== 'ORDER' && (
        <Text size="xs" className="muted">
          {t(`type.${type}`)}
        </Text>
      )}
      <Troubles statuses={syncStatuses} />
    </>
  );
}
