/** /categories: the tree; while something is looked for, a list of what was found. */
import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { CategoryListDocument, type CategoryListQuery } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { Page } from '../../parts/page.tsx';
import { argumentsOf, placeOf } from '../../parts/pager.tsx';
import type { Column } from '../../parts/record-table.tsx';
import { syncFilterOf, useAddress, type Address, type ListKey } from '../records/address.ts';
import { pageSize } from '../records/asked-list.ts';
import { ListFilters } from '../records/filters.tsx';
import { RecordList } from '../records/record-list.tsx';
import { SyncCells, Troubles } from '../records/sync-cells.tsx';
import { CategoryTree } from './tree.tsx';
import '../records/records.css';

export function CategoriesPage() {
  const { t } = useTranslation('categories');
  const { t: common } = useTranslation();
  const address = useAddress<ListKey>();
  const { search, system, state } = address.texts;
  const isLooking = search !== undefined || system !== undefined || state !== undefined;
  return (
    <Page title={common('pageCategories')} about={t('about')}>
      <ListFilters address={address} searchLabel={t('search')} hasWithin={false} />
      {isLooking ? <Found address={address} /> : <CategoryTree />}
    </Page>
  );
}

type Row = CategoryListQuery['categories']['nodes'][number];

function Found({ address }: { readonly address: Address<ListKey> }) {
  const { t } = useTranslation('categories');
  const { t: common } = useTranslation();
  const { t: records } = useTranslation('records');
  const formats = useFormats();
  const { texts } = address;
  const wanted = { filter: syncFilterOf(texts), search: texts.search ?? null };
  const asked = useAsk(
    CategoryListDocument,
    { ...argumentsOf(placeOf(texts), pageSize), ...wanted },
    { everyMs: 30_000 },
  );
  const columns: readonly Column<Row>[] = [
    { key: 'name', title: common('name'), show: (category) => <Name category={category} /> },
    { key: 'systems', title: records('inSystems'), show: ({ syncStatuses }) => <SyncCells statuses={syncStatuses} /> },
    {
      key: 'products',
      title: t('products'),
      from: 'xs',
      isFigure: true,
      show: ({ id, products }) => (
        <Anchor component={Link} to={`/categories/${id}`} size="sm">
          {formats.number(products.totalCount.value)}
        </Anchor>
      ),
    },
  ];
  return (
    <RecordList
      asked={asked}
      listOf={({ categories }) => categories}
      label={common('pageCategories')}
      columns={columns}
      pathOf={({ id }) => `/categories/${id}`}
      nameOf={({ name }) => name}
      address={address}
      emptyWords={t('noneYet')}
    />
  );
}

function Name({ category: { id, name, ancestors, syncStatuses } }: { readonly category: Row }) {
  return (
    <>
      <Anchor component={Link} to={`/categories/${id}`} fw={600} size="sm" className="record-name">
        {name}
      </Anchor>
      {ancestors.length > 0 && (
        <Text size="xs" className="muted">
          {ancestors.map((each) => each.name).join(' › ')}
        </Text>
      )}
      <Troubles statuses={syncStatuses} />
    </>
  );
}
