/** /orders/$recordId: where the order is and why, then what it is. */
import { Anchor } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { OrderDetailDocument, OrderLinesDocument } from '../../graph/graphql.ts';
import { Moment } from '../../parts/moment.tsx';
import { useFeedStart, useRecordEvents } from '../records/changes.ts';
import { PageOfOne } from '../../parts/page-of-one.tsx';
import { RecordPage } from '../records/record-page.tsx';
import { Amount, Shown } from '../records/shown.tsx';
import { Addresses, Conditions, Notes, Payments, Related, SaidBySystems } from './facts.tsx';
import { Lines } from './lines.tsx';
import type { Order } from './order.ts';
import { Rail } from './rail.tsx';
import { Totals } from './totals.tsx';

const route = getRouteApi('/inside/orders/$recordId');

/** What is asked again when something happens to the record. */
const shown = [OrderDetailDocument, OrderLinesDocument];

export function OrderPage() {
  const { t } = useTranslation();
  const { recordId } = route.useParams();
  const start = useFeedStart(shown);
  const asked = useAsk(OrderDetailDocument, { id: recordId }, { isOff: !start.isKnown });
  useRecordEvents([recordId], shown, start);
  return (
    <PageOfOne
      of={asked}
      pick={({ node }) => (node?.__typename === 'Order' ? node : null)}
      kind={t('pageOrders')}
      list={{ path: '/orders' }}
    >
      {(order) => <Found order={order} />}
    </PageOfOne>
  );
}

function Found({ order }: { readonly order: Order }) {
  const { t } = useTranslation('orders');
  const { number, type, customer, customerSnapshot, placedAt, total } = order;
  const title = `${t(`type.${type}`)} ${number ?? ''}`.trim();
  return (
    <RecordPage
      title={title}
      label={title}
      record={order}
      about={
        <>
          {customer == null ? (
            <Shown text={customerSnapshot?.displayName ?? t('guest')} />
          ) : (
            <Anchor component={Link} to={`/customers/${customer.id}`} size="sm">
              <Shown text={customer.displayName} />
            </Anchor>
          )}
          {' · '}
          <Moment at={placedAt} isExact />
          {' · '}
          <Amount of={total?.gross} />
        </>
      }
      aboveTabs={<Rail order={order} />}
    >
      <Lines id={order.id} />
      <Totals order={order} />
      <Payments order={order} />
      <Addresses order={order} />
      <Conditions order={order} />
      <Related order={order} />
      <Notes order={order} />
      <SaidBySystems order={order} />
    </RecordPage>
  );
}
