/** /customers/$recordId: where the customer is known, who it is, and what was ordered. */
import { Alert, Anchor, List, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { CustomerDetailDocument, type CustomerDetailQuery } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { DocumentPill, PaymentPill } from '../orders/states.tsx';
import { PersonActions } from './erase.tsx';
import { MergeButton, MergedCustomers, SameCustomers } from './merged.tsx';
import { useFeedStart, useRecordEvents } from '../records/changes.ts';
import { PostalAddress } from '../records/postal-address.tsx';
import { PageOfOne } from '../../parts/page-of-one.tsx';
import { RecordPage } from '../records/record-page.tsx';
import { Amount, Facts, Part, Shown } from '../records/shown.tsx';
import { SyncCells } from '../records/sync-cells.tsx';

type Customer = Extract<CustomerDetailQuery['node'], { __typename: 'Customer' }>;

const route = getRouteApi('/inside/customers/$recordId');

/** What is asked again when something happens to the record. */
const shown = [CustomerDetailDocument];

export function CustomerPage() {
  const { t } = useTranslation();
  const { recordId } = route.useParams();
  const start = useFeedStart(shown);
  const asked = useAsk(CustomerDetailDocument, { id: recordId }, { isOff: !start.isKnown });
  useRecordEvents([recordId], shown, start);
  return (
    <PageOfOne
      of={asked}
      pick={({ node }) => (node?.__typename === 'Customer' ? node : null)}
      kind={t('pageCustomers')}
      list={{ path: '/customers' }}
    >
      {(customer) => <Found customer={customer} />}
    </PageOfOne>
  );
}

function Found({ customer }: { readonly customer: Customer }) {
  const { t } = useTranslation('customers');
  const { displayName, number, kind, company, isDefaultDebtor, isBlocked, isActive, erasedAt } = customer;
  const about = [
    t(`kind.${kind}`),
    number,
    company?.vatNumber,
    isDefaultDebtor ? t('isDefault') : null,
    isBlocked ? t('isBlocked') : null,
    isActive || erasedAt != null ? null : t('isInactive'),
  ];
  return (
    <RecordPage
      title={erasedAt == null ? displayName : t('erasedName')}
      label={displayName}
      actions={
        <>
          <MergeButton customer={customer} />
          <PersonActions customer={customer} />
        </>
      }
      record={customer}
      about={about.filter(Boolean).join(' · ')}
      aboveTabs={
        <>
          <SameCustomers customer={customer} />
          <About customer={customer} />
        </>
      }
    >
      <Particulars customer={customer} />
      <Contacts customer={customer} />
      <Addresses customer={customer} />
      <MergedCustomers customer={customer} />
      <Orders customer={customer} />
    </RecordPage>
  );
}

/** That the customer was erased, or what is odd about the data. */
function About({ customer: { erasedAt, issues } }: { readonly customer: Customer }) {
  const { t } = useTranslation('customers');
  if (erasedAt != null) {
    return (
      <Alert color="gray" title={t('erasedTitle')}>
        {t('erasedOn')} <Moment at={erasedAt} isExact />. {t('erasedMeans')}
      </Alert>
    );
  }
  if (issues.length === 0) return null;
  return (
    <Alert color="yellow" title={t('oddities')}>
      <List size="sm">
        {issues.map(({ code, path, message }) => (
          <List.Item key={`${code}${path}`}>{message}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

function Particulars({ customer }: { readonly customer: Customer }) {
  const { t } = useTranslation('customers');
  const text = (value: string | null | undefined): ReactNode =>
    value == null || value === '' ? null : <Shown text={value} />;
  return (
    <Part title={t('particulars')}>
      <Facts
        of={[
          [t('kindOf'), t(`kind.${customer.kind}`), 'kind'],
          [t('number'), text(customer.number), 'number'],
          [t('legalName'), text(customer.company?.legalName), 'companyName'],
          [t('person'), text(customer.person?.fullName), 'fullName'],
          [t('vatNumber'), text(customer.company?.vatNumber), 'vatNumber'],
          [t('registration'), text(customer.company?.registrationNumber), 'registrationNumber'],
          [t('email'), text(customer.email), 'email'],
          [t('phone'), text(customer.phone), 'phone'],
          [t('mobile'), text(customer.mobile), 'mobile'],
          [t('website'), text(customer.website), 'website'],
          [t('language'), text(customer.language), 'language'],
          [t('paymentTerm'), customer.paymentTerm?.name ?? null, 'paymentTerm'],
          [t('priceList'), text(customer.priceList), 'priceList'],
        ]}
      />
    </Part>
  );
}

function Contacts({ customer: { contacts } }: { readonly customer: Customer }) {
  const { t } = useTranslation('customers');
  if (contacts.length === 0) return null;
  return (
    <Part title={t('contacts')} path="contacts">
      <Stack gap={4}>
        {contacts.map(({ person, jobTitle, email, phone, mobile, isPrimary }, i) => (
          <Text key={i} size="sm">
            <b>
              <Shown text={person.fullName} />
            </b>
            {[jobTitle, email, phone, mobile].map((each, k) =>
              each == null || each === '' ? null : (
                <span key={k}>
                  {' · '}
                  <Shown text={each} />
                </span>
              ),
            )}
            {isPrimary && <span className="muted"> ({t('primary')})</span>}
          </Text>
        ))}
      </Stack>
    </Part>
  );
}

function Addresses({ customer: { addresses } }: { readonly customer: Customer }) {
  const { t } = useTranslation('customers');
  const formats = useFormats();
  if (addresses.length === 0) return null;
  return (
    <Part title={t('addresses')} path="addresses">
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {addresses.map(({ roles, address }, i) => (
          <PostalAddress key={i} title={formats.list(roles.map((role) => t(`role.${role}`)))} address={address} />
        ))}
      </SimpleGrid>
    </Part>
  );
}

function Orders({ customer: { id, orders } }: { readonly customer: Customer }) {
  const { t } = useTranslation('customers');
  const { t: words } = useTranslation('orders');
  const { t: records } = useTranslation('records');
  const formats = useFormats();
  if (orders.nodes.length === 0) {
    return (
      <Part title={t('orders')}>
        <Text size="sm" className="muted">
          {t('ordersNone')}
        </Text>
      </Part>
    );
  }
  return (
    <Part title={t('orders')}>
      <Table.ScrollContainer minWidth={0} type="native">
        <Table aria-label={t('orders')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{words('number')}</Table.Th>
              <Table.Th scope="col">{records('inSystems')}</Table.Th>
              <Table.Th scope="col" visibleFrom="sm">
                {words('state')}
              </Table.Th>
              <Table.Th scope="col" visibleFrom="sm">
                {words('paidState')}
              </Table.Th>
              <Table.Th scope="col" visibleFrom="xs">
                {words('placed')}
              </Table.Th>
              <Table.Th scope="col" ta="right">
                {words('total')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {orders.nodes.map((order) => (
              <Table.Tr key={order.id}>
                <Table.Td>
                  <Anchor component={Link} to={`/orders/${order.id}`} size="sm" className="whole">
                    {order.number ?? words('numberless')}
                  </Anchor>
                </Table.Td>
                <Table.Td>
                  <SyncCells statuses={order.syncStatuses} />
                </Table.Td>
                <Table.Td visibleFrom="sm">
                  <DocumentPill state={order.status} />
                </Table.Td>
                <Table.Td visibleFrom="sm">
                  <PaymentPill state={order.paymentStatus} />
                </Table.Td>
                <Table.Td visibleFrom="xs">
                  <Moment at={order.placedAt} />
                </Table.Td>
                <Table.Td ta="right">
                  <Amount of={order.total?.gross} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Anchor component={Link} to={`/orders?customer=${id}`} size="sm">
        {t('allOrders', { number: formats.number(orders.totalCount.value) })}
      </Anchor>
    </Part>
  );
}
