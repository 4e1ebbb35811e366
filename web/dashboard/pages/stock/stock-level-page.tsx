/** /stock/$recordId: stock of one variant at one location, how old it is, and who was told of it. */
import { Anchor, Box } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { StockDetailDocument, type StockDetailQuery } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { useFeedStart, useRecordEvents } from '../records/changes.ts';
import { PageOfOne } from '../../parts/page-of-one.tsx';
import { RecordPage } from '../records/record-page.tsx';
import { Facts, Part } from '../records/shown.tsx';
import { StockBar } from '../records/stock-bar.tsx';

type Level = Extract<StockDetailQuery['node'], { __typename: 'StockLevel' }>;

const route = getRouteApi('/inside/stock/$recordId');

/** What is asked again when something happens to the record. */
const shown = [StockDetailDocument];

export function StockLevelPage() {
  const { t } = useTranslation();
  const { recordId } = route.useParams();
  const start = useFeedStart(shown);
  const asked = useAsk(StockDetailDocument, { id: recordId }, { isOff: !start.isKnown });
  useRecordEvents([recordId], shown, start);
  return (
    <PageOfOne
      of={asked}
      pick={({ node }) => (node?.__typename === 'StockLevel' ? node : null)}
      kind={t('pageStock')}
      list={{ path: '/stock' }}
    >
      {(level) => <Found level={level} />}
    </PageOfOne>
  );
}

function Found({ level }: { readonly level: Level }) {
  const { t } = useTranslation('stock');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const { variant, location, asOf, onHand, reserved, incoming, safetyStock, available } = level;
  const title = t('of', { name: variant?.name ?? common('unknown'), location: location?.name ?? common('unknown') });
  return (
    <RecordPage
      title={title}
      label={title}
      record={level}
      hasLinks={false}
      about={
        <>
          {variant != null && (
            <Anchor component={Link} to={`/products/${variant.id}`} size="sm">
              {variant.sku}
            </Anchor>
          )}
          {' · '}
          {t('statedAt')} <Moment at={asOf} />
        </>
      }
    >
      <Part title={t('figures')}>
        <Box mb="sm">
          <StockBar of={{ onHand, reserved, incoming, available }} />
        </Box>
        <Facts
          of={[
            [t('available'), formats.number(available)],
            [t('onHand'), formats.number(onHand), 'onHand'],
            [t('reserved'), formats.number(reserved), 'reserved'],
            [t('safety'), formats.number(safetyStock), 'safetyStock'],
            [t('incoming'), formats.number(incoming), 'incoming'],
            [t('location'), location == null ? null : `${location.name} (${location.code})`],
            [t('statedOn'), <Moment key="at" at={asOf} isExact />],
          ]}
        />
      </Part>
    </RecordPage>
  );
}
