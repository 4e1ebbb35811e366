/** /products/$recordId: where the product is and what it is called there, its variants, what it is, in which languages. */
import { Anchor, Text } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { ProductDetailDocument, type ProductDetailQuery, type ProductWholeFragment } from '../../graph/graphql.ts';
import { useFeedStart, useRecordEvents } from '../records/changes.ts';
import { PageOfOne } from '../../parts/page-of-one.tsx';
import { RecordPage } from '../records/record-page.tsx';
import { Facts, Part } from '../records/shown.tsx';
import { Translations } from './translations.tsx';
import { Variants } from './variants.tsx';

const route = getRouteApi('/inside/products/$recordId');

const productIn = ({ node }: ProductDetailQuery): ProductWholeFragment | null => {
  if (node?.__typename === 'Product') return node;
  return node?.__typename === 'ProductVariant' ? (node.product ?? null) : null;
};

/** What is asked again when something happens to the record. */
const shown = [ProductDetailDocument];

export function ProductPage() {
  const { t } = useTranslation();
  const { recordId } = route.useParams();
  const start = useFeedStart(shown);
  const asked = useAsk(ProductDetailDocument, { id: recordId }, { isOff: !start.isKnown });
  const product = asked.data === undefined ? null : productIn(asked.data);
  const ids = product === null ? [] : [product.id, ...product.variants.nodes.map(({ id }) => id)];
  useRecordEvents(ids, shown, start);
  return (
    <PageOfOne of={asked} pick={productIn} kind={t('pageProducts')} list={{ path: '/products' }}>
      {(found) => <Found product={found} shownVariant={recordId} />}
    </PageOfOne>
  );
}

function Found({
  product,
  shownVariant,
}: {
  readonly product: ProductWholeFragment;
  /** The variant that the address names, when it names one. */
  readonly shownVariant: string;
}) {
  const { t } = useTranslation('products');
  const { name, brand, type, status, isVisibleInWebshop, variants } = product;
  const about = [
    t(`type.${type}`),
    brand,
    type === 'SIMPLE' ? variants.nodes[0]?.sku : null,
    t(`status.${status}`),
    isVisibleInWebshop ? null : t('notInShop'),
  ];
  return (
    <RecordPage
      title={name}
      label={t('theProduct')}
      record={product}
      parts={variants.nodes.map(({ id, sku, externalReferences }) => ({
        id,
        label: t('variantNamed', { sku }),
        identities: externalReferences,
      }))}
      about={about.filter(Boolean).join(' · ')}
    >
      <Variants product={product} shown={shownVariant} />
      <Particulars product={product} />
      <Attributes product={product} />
      <Categories product={product} />
      <Translations product={product} />
    </RecordPage>
  );
}

function Particulars({
  product: { brand, type, status, isVisibleInWebshop },
}: {
  readonly product: ProductWholeFragment;
}) {
  const { t } = useTranslation('products');
  const { t: common } = useTranslation();
  return (
    <Part title={t('particulars')}>
      <Facts
        of={[
          [t('kind'), t(`type.${type}`), 'type'],
          [t('state'), t(`status.${status}`), 'status'],
          [t('brand'), brand ?? null, 'brand'],
          [t('inShop'), isVisibleInWebshop ? common('yes') : common('no'), 'isVisibleInWebshop'],
        ]}
      />
    </Part>
  );
}

function Attributes({ product: { attributes } }: { readonly product: ProductWholeFragment }) {
  const { t } = useTranslation('products');
  if (attributes.length === 0) return null;
  return (
    <Part title={t('attributes')} path="attributes">
      <Facts
        of={attributes.map(({ attribute, values }) => [
          attribute.label,
          `${values.map(({ value }) => String(value)).join(', ')}${attribute.unitCode == null ? '' : ` ${attribute.unitCode}`}`,
        ])}
      />
    </Part>
  );
}

function Categories({ product: { categories } }: { readonly product: ProductWholeFragment }) {
  const { t } = useTranslation('products');
  return (
    <Part title={t('categories')} path="categories">
      {categories.length === 0 && (
        <Text size="sm" className="muted">
          {t('categoriesNone')}
        </Text>
      )}
      {categories.map(({ id, name, ancestors }) => (
        <Text key={id} size="sm">
          {[...ancestors, { id, name }].map((each, i) => (
            <span key={each.id}>
              {i > 0 && <span className="muted"> › </span>}
              <Anchor component={Link} to={`/categories/${each.id}`}>
                {each.name}
              </Anchor>
            </span>
          ))}
        </Text>
      ))}
    </Part>
  );
}
