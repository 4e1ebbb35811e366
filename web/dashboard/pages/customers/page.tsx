/** /customers: people and companies, with what is odd about them and how they stand with each system. */
import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CustomerListDocument, CustomersChangedDocument, type CustomerFilter, type CustomerRowFragment } from '../../graph/graphql.ts'; // prettier-ignore
import type { CustomerKind } from '../../graph/kinds.ts';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/record-table.tsx';
import { beginningWithDefault, Views } from '../../parts/views.tsx';
import { ExportList } from '../data-export/export-list.tsx';
import { namedIn, type Address, type ListKey, type Sorting, type Texts } from '../records/address.ts';
import { useRecordList } from '../records/asked-list.ts';
import { ChangedNotice, Choice, ListFilters } from '../records/filters.tsx';
import { RecordList } from '../records/record-list.tsx';
import { Shown } from '../records/shown.tsx';
import { SyncCells, Troubles } from '../records/sync-cells.tsx';
import '../records/records.css';
import './merge.css';

type Key = 'kind' | 'issues' | 'same';
const sortFields = ['NAME', 'NUMBER', 'CREATED_AT', 'UPDATED_AT'] as const;
const customerKinds: readonly CustomerKind[] = ['COMPANY', 'PERSON'];

export const CustomersPage = beginningWithDefault('CUSTOMERS', CustomersList);

function CustomersList() {
  const { t } = useTranslation('customers');
  const { t: common } = useTranslation();
  const { address, sorting, asked, changes, wanted } = useRecordList({
    list: CustomerListDocument,
    changed: CustomersChangedDocument,
    sortFields,
    filterOf,
  });
  const columns = useColumns(sorting);
  return (
    <Page
      title={common('pageCustomers')}
      about={t('about')}
      actions={
        <>
          <Views list="CUSTOMERS" />
          <ExportList
            list={{ entityType: 'CUSTOMER', ...wanted }}
            title={common('pageCustomers')}
            count={asked.data?.customers.totalCount}
          />
        </>
      }
    >
      <Filters address={address} />
      <ChangedNotice {...changes} onShow={changes.show} />
      <RecordList
        asked={asked}
        listOf={({ customers }) => customers}
        label={common('pageCustomers')}
        columns={columns}
        pathOf={({ id }) => `/customers/${id}`}
        nameOf={({ displayName }) => displayName}
        address={address}
        emptyWords={t('noneYet')}
      />
    </Page>
  );
}

function Filters({ address }: { readonly address: Address<ListKey | Key> }) {
  const { t } = useTranslation('customers');
  return (
    <ListFilters address={address} searchLabel={t('search')}>
      <Choice
        label={t('anyKind')}
        address={address}
        of="kind"
        options={customerKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
      />
      <Choice
        label={t('anyIssues')}
        address={address}
        of="issues"
        options={[{ value: 'yes', label: t('withIssues') }]}
      />
      <Choice
        label={t('anySame')}
        address={address}
        of="same"
        options={[
          { value: 'duplicates', label: t('withDuplicates') },
          { value: 'merged', label: t('onlyMerged') },
        ]}
      />
    </ListFilters>
  );
}

function filterOf(texts: Texts<Key>): CustomerFilter {
  const [kind] = namedIn(texts.kind, customerKinds) ?? [];
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(texts.issues === 'yes' ? { hasIssues: true } : {}),
    ...(texts.same === 'duplicates' ? { hasPossibleDuplicates: true } : {}),
    ...(texts.same === 'merged' ? { isMerged: true } : {}),
  };
}

function useColumns(sorting: Sorting<(typeof sortFields)[number]>): readonly Column<CustomerRowFragment>[] {
  const { t } = useTranslation('customers');
  const { t: common } = useTranslation();
  const { t: records } = useTranslation('records');
  return [
    { key: 'name', title: common('name'), ...sorting.by('NAME'), show: (customer) => <Name customer={customer} /> },
    { key: 'systems', title: records('inSystems'), show: ({ syncStatuses }) => <SyncCells statuses={syncStatuses} /> },
    {
      key: 'number',
      title: t('number'),
      from: 'sm',
      ...sorting.by('NUMBER'),
      show: ({ number }) => <Shown text={number} />,
    },
    { key: 'kind', title: t('kindOf'), from: 'md', show: ({ kind }) => t(`kind.${kind}`) },
    { key: 'place', title: t('place'), from: 'sm', show: ({ addresses }) => <Place addresses={addresses} /> },
    { key: 'vat', title: t('vatNumber'), from: 'lg', show: ({ company }) => <Shown text={company?.vatNumber} /> },
    {
      key: 'updated',
      title: records('updated'),
      from: 'lg',
      ...sorting.by('UPDATED_AT', 'DESC'),
      show: ({ updatedAt }) => <Moment at={updatedAt} />,
    },
  ];
}

function Place({ addresses }: { readonly addresses: CustomerRowFragment['addresses'] }) {
  const formats = useFormats();
  const found = addresses.find(({ address }) => address.city != null)?.address;
  if (found === undefined) return <Shown text={null} />;
  return (
    <span title={found.country == null ? undefined : formats.country(found.country)}>
      <Shown text={found.city} />
      {found.country != null && <span className="muted"> {found.country}</span>}
    </span>
  );
}

function Name({ customer }: { readonly customer: CustomerRowFragment }) {
  const { t } = useTranslation('customers');
  const { id, displayName, email, issues, isBlocked, isActive, isDefaultDebtor, erasedAt, mergedInto, syncStatuses } = customer; // prettier-ignore
  return (
    <>
      <Group gap={6}>
        <Anchor component={Link} to={`/customers/${id}`} fw={600} size="sm" className="record-name">
          {erasedAt == null ? <Shown text={displayName} /> : t('erasedName')}
        </Anchor>
        {isDefaultDebtor && (
          <Badge size="xs" tt="none">
            {t('isDefault')}
          </Badge>
        )}
        {isBlocked && (
          <Badge size="xs" tt="none" color="red">
            {t('isBlocked')}
          </Badge>
        )}
        {!isActive && erasedAt == null && (
          <Badge size="xs" tt="none" color="gray">
            {t('isInactive')}
          </Badge>
        )}
      </Group>
      {mergedInto != null && (
        <Text size="xs" className="muted">
          {t('mergedTitle')}{' '}
          <Anchor component={Link} to={`/customers/${mergedInto.id}`} size="xs" className="record-name merged-name">
            <Shown text={mergedInto.displayName} />
          </Anchor>
        </Text>
      )}
      {erasedAt != null && (
        <Text size="xs" className="muted">
          {t('erasedOn')} <Moment at={erasedAt} />
        </Text>
      )}
      {email != null && email !== '' && (
        <Text size="xs" className="muted">
          <Shown text={email} />
        </Text>
      )}
      {issues.map(({ code, message }) => (
        <Text key={code} size="xs" className="tone-retrying" lineClamp={2}>
          {message}
        </Text>
      ))}
      <Troubles statuses={syncStatuses} />
    </>
  );
}
