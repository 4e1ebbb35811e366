/** /categories/$recordId: where the category is, its place in the tree, its products. */
import { Anchor, Stack, Text } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { CategoryDetailDocument, type CategoryDetailQuery, type SyncShapeFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { useFeedStart, useRecordEvents } from '../records/changes.ts';
import { PageOfOne } from '../../parts/page-of-one.tsx';
import { RecordPage } from '../records/record-page.tsx';
import { Facts, Part } from '../records/shown.tsx';
import { SyncCells } from '../records/sync-cells.tsx';

type Category = Extract<CategoryDetailQuery['node'], { __typename: 'Category' }>;

const route = getRouteApi('/inside/categories/$recordId');

/** What is asked again when something happens to the record. */
const shown = [CategoryDetailDocument];

export function CategoryPage() {
  const { t } = useTranslation();
  const { recordId } = route.useParams();
  const start = useFeedStart(shown);
  const asked = useAsk(CategoryDetailDocument, { id: recordId }, { isOff: !start.isKnown });
  useRecordEvents([recordId], shown, start);
  return (
    <PageOfOne
      of={asked}
      pick={({ node }) => (node?.__typename === 'Category' ? node : null)}
      kind={t('pageCategories')}
      list={{ path: '/categories' }}
    >
      {(category) => <Found category={category} />}
    </PageOfOne>
  );
}

function Found({ category }: { readonly category: Category }) {
  const { t, i18n } = useTranslation('categories');
  const formats = useFormats();
  const { id, name, slug, position, ancestors, children, products, nameNl, nameFr, nameEn, nameDe } = category;
  const languages = new Intl.DisplayNames(i18n.language, { type: 'language' });
  const names = { nl: nameNl, fr: nameFr, en: nameEn, de: nameDe };
  return (
    <RecordPage
      title={name}
      label={name}
      record={category}
      about={
        ancestors.length === 0
          ? t('top')
          : ancestors.map((each, i) => (
              <span key={each.id}>
                {i > 0 && ' › '}
                <Anchor component={Link} to={`/categories/${each.id}`} size="sm">
                  {each.name}
                </Anchor>
              </span>
            ))
      }
    >
      <Part title={t('children')}>
        {children.nodes.length === 0 ? (
          <Text size="sm" className="muted">
            {t('childrenNone')}
          </Text>
        ) : (
          <Members rows={children.nodes} folder="categories" />
        )}
      </Part>
      <Part title={children.nodes.length === 0 ? t('products') : t('productsWithin')}>
        {products.nodes.length === 0 ? (
          <Text size="sm" className="muted">
            {t('productsNone')}
          </Text>
        ) : (
          <Members rows={products.nodes} folder="products" />
        )}
        {products.totalCount.value > 0 && (
          <Anchor component={Link} to={`/products?category=${id}`} size="sm">
            {t('allProducts', { number: formats.number(products.totalCount.value) })}
          </Anchor>
        )}
      </Part>
      <Part title={t('particulars')}>
        <Facts
          of={[
            ...Object.entries(names)
              .filter(([, one]) => one !== name)
              .map(([language, one]) => [languages.of(language) ?? language, one] as const),
            [t('slug'), slug],
            [t('position'), formats.number(position), 'position'],
          ]}
        />
      </Part>
    </RecordPage>
  );
}

interface Member {
  readonly id: string;
  readonly name: string;
  readonly syncStatuses: readonly SyncShapeFragment[];
}

function Members({ rows, folder }: { readonly rows: readonly Member[]; readonly folder: 'categories' | 'products' }) {
  return (
    <Stack gap={2} component="ul" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {rows.map(({ id, name, syncStatuses }) => (
        <li key={id} className="tree-name">
          <SyncCells statuses={syncStatuses} />
          <Anchor component={Link} to={`/${folder}/${id}`} size="sm">
            {name}
          </Anchor>
        </li>
      ))}
    </Stack>
  );
}
