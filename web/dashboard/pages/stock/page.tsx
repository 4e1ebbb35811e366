/** /stock: variants by locations, with what is low or below zero; says so when a system has not been heard of for half an hour. */
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { StockByLevelDocument, StockByVariantDocument, StockChangedDocument, StockPlacesDocument, type StockLevelFilter, type StockPlaceFragment, type StockRowFragment } from '../../graph/graphql.ts'; // prettier-ignore
import { Answer, Lines } from '../../parts/answer.tsx';
import { Nothing } from '../../parts/nothing.tsx';
import { Page } from '../../parts/page.tsx';
import { argumentsOf, Pager, placeOf } from '../../parts/pager.tsx';
import { beginningWithDefault, Views } from '../../parts/views.tsx';
import { ExportList } from '../data-export/export-list.tsx';
import { namedIn, useAddress, type Address, type ListKey, type Texts } from '../records/address.ts';
import { useChanges, useFeedStart, type FeedStart } from '../records/changes.ts';
import { ChangedNotice, Choice, ListFilters } from '../records/filters.tsx';
import type { ConnectionOf } from '../records/record-list.tsx';
import { Grid } from './grid.tsx';
import { OldFigures } from './old-figures.tsx';
import '../records/records.css';

type Key = ListKey | 'level' | 'location';

/** What is looked for: how much is available. */
const levels = { negative: { lt: '0' }, none: { lte: '0' }, low: { lt: '5' } } as const;
const levelNames = ['negative', 'none', 'low'] as const;
const rowsOnPage = 25;

export const StockPage = beginningWithDefault('STOCK', StockList);

function StockList() {
  const { t } = useTranslation('stock');
  const { t: common } = useTranslation();
  const address = useAddress<Key>();
  const places = useAsk(StockPlacesDocument, {}, { everyMs: 60_000 });
  const start = useFeedStart([StockByLevelDocument, StockByVariantDocument]);
  const { asked, list, key, wanted } = useRows(address, start);
  const changes = useChanges(StockChangedDocument, list, key, start);
  const locations = places.data?.stockLocations.nodes ?? [];
  return (
    <Page
      title={common('pageStock')}
      about={t('about')}
      actions={
        <>
          <Views list="STOCK" />
          <ExportList list={{ entityType: 'STOCK_LEVEL', ...wanted }} title={common('pageStock')} />
        </>
      }
    >
      {places.data !== undefined && <OldFigures places={places.data} />}
      <ListFilters address={address} searchLabel={t('search')} hasSync={false} hasWithin={false}>
        <Choice
          label={t('anyLevel')}
          address={address}
          of="level"
          options={levelNames.map((value) => ({ value, label: t(`level.${value}`) }))}
        />
        <Choice
          label={t('anyLocation')}
          address={address}
          of="location"
          options={locations.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </ListFilters>
      <ChangedNotice {...changes} onShow={changes.show} />
      <Answer of={asked} skeleton={<Lines count={12} height={36} />}>
        {(rows) => <Rows rows={rows} locations={locations} address={address} />}
      </Answer>
    </Page>
  );
}

function Rows({
  rows: { nodes, pageInfo, totalCount },
  locations,
  address: { texts, change },
}: {
  readonly rows: ConnectionOf<StockRowFragment>;
  readonly locations: readonly StockPlaceFragment[];
  readonly address: Address<Key>;
}) {
  const { t } = useTranslation('stock');
  const { t: common } = useTranslation();
  if (nodes.length === 0) {
    const isLooking = texts.search !== undefined || texts.level !== undefined || texts.location !== undefined;
    if (texts.level !== undefined && texts.search === undefined && texts.location === undefined)
      return <Nothing kind="well" title={t('wellStocked')} />;
    return (
      <Nothing kind={isLooking ? 'matches' : 'yet'} title={common(isLooking ? 'nothingMatches' : 'nothingYet')}>
        {isLooking ? (
          <Button
            size="xs"
            variant="default"
            onClick={() => change({ search: undefined, level: undefined, location: undefined })}
          >
            {common('clearFilters')}
          </Button>
        ) : (
          <Text size="sm">{t('noneYet')}</Text>
        )}
      </Nothing>
    );
  }
  const used = new Set(nodes.flatMap(({ stockLevels }) => stockLevels.nodes.map(({ location }) => location?.id)));
  const shown = locations.filter(
    ({ id, isActive }) => (texts.location === undefined ? isActive : id === texts.location) && used.has(id),
  );
  return (
    <>
      <Grid rows={nodes} locations={shown} />
      <Group justify="space-between">
        <Text size="xs" className="muted">
          {t('legend')}
        </Text>
      </Group>
      <Pager
        info={pageInfo}
        count={totalCount}
        onMove={(place) => change({ after: undefined, before: undefined, ...place })}
      />
    </>
  );
}

const isByLevel = ({ level, location }: Texts<Key>): boolean => level !== undefined || location !== undefined;

function levelFilterOf(texts: Texts<Key>): StockLevelFilter {
  const [level] = namedIn(texts.level, levelNames) ?? [];
  return {
    ...(level === undefined ? {} : { available: levels[level] }),
    ...(texts.location === undefined ? {} : { locationId: { eq: texts.location } }),
    ...(texts.search === undefined ? {} : { sku: { contains: texts.search } }),
  };
}

/** Variants by their name or code; with a level or location the variants of the stock that is so, the lowest first. */
function useRows({ texts }: Address<Key>, { isKnown }: FeedStart) {
  const byLevel = isByLevel(texts);
  const place = argumentsOf(placeOf(texts), rowsOnPage);
  const ofLevels = {
    ...place,
    filter: levelFilterOf(texts),
    sort: { field: 'AVAILABLE' as const, direction: 'ASC' as const },
  };
  const ofVariants = { ...place, search: texts.search ?? null };
  const levelsFound = useAsk(StockByLevelDocument, ofLevels, { isOff: !isKnown || !byLevel });
  const variantsFound = useAsk(StockByVariantDocument, ofVariants, { isOff: !isKnown || byLevel });
  const asked = byLevel ? levelsFound : variantsFound;
  const data = byLevel
    ? levelsFound.data && withVariantsOf(levelsFound.data.stockLevels)
    : variantsFound.data?.productVariants;
  return {
    asked: { data, error: asked.error, refetch: asked.refetch, dataUpdatedAt: asked.dataUpdatedAt },
    list: byLevel ? StockByLevelDocument : StockByVariantDocument,
    key: JSON.stringify(byLevel ? ofLevels : ofVariants),
    wanted: byLevel ? { filter: ofLevels.filter } : { search: ofVariants.search },
  };
}

function withVariantsOf({
  nodes,
  ...rest
}: ConnectionOf<{ readonly id: string; readonly variant?: StockRowFragment | null }>): ConnectionOf<StockRowFragment> {
  const variants = new Map(nodes.flatMap(({ variant }) => (variant == null ? [] : [[variant.id, variant] as const])));
  return { ...rest, nodes: [...variants.values()] };
}
