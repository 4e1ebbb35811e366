/** /products: name, code, price, stock, how each system stands with it, and what is wrong. */
import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProductListDocument, ProductsChangedDocument, type ProductFilter, type ProductRowFragment } from '../../graph/graphql.ts'; // prettier-ignore
import type { ProductStatus } from '../../graph/kinds.ts';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/record-table.tsx';
import { beginningWithDefault, Views } from '../../parts/views.tsx';
import { ExportList } from '../data-export/export-list.tsx';
import { namedIn, type Sorting, type Texts } from '../records/address.ts';
import { useRecordList } from '../records/asked-list.ts';
import { ChangedNotice, Choice, ListFilters, Narrowed } from '../records/filters.tsx';
import { RecordList } from '../records/record-list.tsx';
import { Amount, Pill } from '../records/shown.tsx';
import { SyncCells, Troubles } from '../records/sync-cells.tsx';
import '../records/records.css';

type Key = 'status' | 'category';
const sortFields = ['NAME', 'SKU', 'CREATED_AT', 'UPDATED_AT'] as const;
const statuses: readonly ProductStatus[] = ['ACTIVE', 'ARCHIVED', 'DISCONTINUED'];

export const ProductsPage = beginningWithDefault('PRODUCTS', ProductsList);

function ProductsList() {
  const { t } = useTranslation('products');
  const { t: common } = useTranslation();
  const { address, sorting, asked, changes, wanted } = useRecordList({
    list: ProductListDocument,
    changed: ProductsChangedDocument,
    sortFields,
    filterOf,
  });
  const columns = useColumns(sorting);
  return (
    <Page
      title={common('pageProducts')}
      about={t('about')}
      actions={
        <>
          <Views list="PRODUCTS" />
          <ExportList
            list={{ entityType: 'PRODUCT', ...wanted }}
            title={common('pageProducts')}
            count={asked.data?.products.totalCount}
          />
        </>
      }
    >
      <ListFilters address={address} searchLabel={t('search')}>
        <Choice
          label={t('anyStatus')}
          address={address}
          of="status"
          options={statuses.map((value) => ({ value, label: t(`status.${value}`) }))}
        />
        <Narrowed address={address} of="category" />
      </ListFilters>
      <ChangedNotice {...changes} onShow={changes.show} />
      <RecordList
        asked={asked}
        listOf={({ products }) => products}
        label={common('pageProducts')}
        columns={columns}
        pathOf={({ id }) => `/products/${id}`}
        nameOf={({ name }) => name}
        address={address}
        emptyWords={t('noneYet')}
      />
    </Page>
  );
}

function filterOf(texts: Texts<Key>): ProductFilter {
  const status = namedIn(texts.status, statuses);
  return {
    ...(status === undefined ? {} : { status }),
    ...(texts.category === undefined ? {} : { withinCategoryId: texts.category }),
  };
}

function useColumns(sorting: Sorting<(typeof sortFields)[number]>): readonly Column<ProductRowFragment>[] {
  const { t } = useTranslation('products');
  const { t: common } = useTranslation();
  const { t: records } = useTranslation('records');
  const formats = useFormats();
  return [
    { key: 'name', title: common('name'), ...sorting.by('NAME'), show: (product) => <Name product={product} /> },
    { key: 'systems', title: records('inSystems'), show: ({ syncStatuses }) => <SyncCells statuses={syncStatuses} /> },
    {
      key: 'code',
      title: t('code'),
      from: 'sm',
      ...sorting.by('SKU'),
      show: ({ defaultVariant }) => defaultVariant?.sku ?? '–',
    },
    {
      key: 'price',
      title: t('price'),
      from: 'xs',
      isFigure: true,
      show: ({ defaultVariant }) => <Amount of={defaultVariant?.price?.price.gross} />,
    },
    {
      key: 'stock',
      title: t('stock'),
      from: 'sm',
      isFigure: true,
      show: ({ defaultVariant }) =>
        defaultVariant == null ? (
          '–'
        ) : (
          <Anchor
            component={Link}
            to={`/stock?search=${encodeURIComponent(defaultVariant.sku)}`}
            size="sm"
            c={defaultVariant.stock.available.startsWith('-') ? undefined : 'inherit'}
            className={defaultVariant.stock.available.startsWith('-') ? 'tone-failed' : undefined}
          >
            {formats.number(defaultVariant.stock.available)}
          </Anchor>
        ),
    },
    {
      key: 'updated',
      title: records('updated'),
      from: 'lg',
      ...sorting.by('UPDATED_AT', 'DESC'),
      show: ({ updatedAt }) => <Moment at={updatedAt} />,
    },
  ];
}

function Name({ product: { id, name, type, status, brand, syncStatuses } }: { readonly product: ProductRowFragment }) {
  const { t } = useTranslation('products');
  const about = [brand, type === 'CONFIGURABLE' ? t('type.CONFIGURABLE') : null].filter(Boolean).join(' · ');
  return (
    <>
      <Group gap={8}>
        <Anchor component={Link} to={`/products/${id}`} fw={600} size="sm" className="record-name">
          {name}
        </Anchor>
        {status !== 'ACTIVE' && (
          <Text span size="xs">
            <Pill tone="paused" word={t(`status.${status}`)} />
          </Text>
        )}
      </Group>
      {about !== '' && (
        <Text size="xs" className="muted">
          {about}
        </Text>
      )}
      <Troubles statuses={syncStatuses} />
    </>
  );
}
