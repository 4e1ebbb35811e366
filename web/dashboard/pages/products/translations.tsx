/** The texts of a product, language by language; one text for all languages is shown once. */
import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductWholeFragment } from '../../graph/graphql.ts';
import { Facts, Part } from '../records/shown.tsx';

interface Texts {
  readonly name: string;
  readonly short: string | null | undefined;
  readonly long: string | null | undefined;
}

const textsIn = (product: ProductWholeFragment): Readonly<Record<string, Texts>> => ({
  nl: { name: product.nameNl, short: product.shortNl, long: product.descriptionNl },
  fr: { name: product.nameFr, short: product.shortFr, long: product.descriptionFr },
  en: { name: product.nameEn, short: product.shortEn, long: product.descriptionEn },
  de: { name: product.nameDe, short: product.shortDe, long: product.descriptionDe },
});

export function Translations({ product }: { readonly product: ProductWholeFragment }) {
  const { t, i18n } = useTranslation('products');
  const texts = textsIn(product);
  const names = new Intl.DisplayNames(i18n.language, { type: 'language' });
  const isOne = new Set(Object.values(texts).map((each) => JSON.stringify(each))).size === 1;
  const [chosen, setChosen] = useState(i18n.language in texts ? i18n.language : 'nl');
  const shown = texts[chosen]!;
  return (
    <Part title={t('texts')}>
      <Stack gap="xs" align="flex-start">
        {isOne ? (
          <Text size="sm" className="muted">
            {t('oneText')}
          </Text>
        ) : (
          <SegmentedControl
            aria-label={t('texts')}
            value={chosen}
            onChange={setChosen}
            data={Object.keys(texts).map((language) => ({ value: language, label: names.of(language) ?? language }))}
          />
        )}
        <Facts
          of={[
            [t('name'), shown.name, 'name'],
            [t('short'), shown.short ?? null, 'shortDescription'],
            [
              t('long'),
              shown.long == null ? null : <span style={{ whiteSpace: 'pre-wrap' }}>{shown.long}</span>,
              'description',
            ],
          ]}
        />
      </Stack>
    </Part>
  );
}
