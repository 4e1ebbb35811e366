/** What a comparison has found, by how it stands: a tab for each, with what it means and what to do, and the records. */
import { Group, Tabs, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { ComparisonItemsDocument } from '../../graph/graphql.ts';
import type { ReconciliationState } from '../../graph/kinds.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { argumentsOf, Pager, type Place } from '../../parts/pager.tsx';
import { Shape } from '../../parts/status.tsx';
import { ExportList } from '../data-export/export-list.tsx';
import { useStateName } from './balance.tsx';
import { ItemList } from './item-list.tsx';
import type { ComparisonSearch } from './search.ts';
import type { ShownComparison } from './shown-comparison.ts';
import { countOf, itemStates, looks, statesIn } from './verdict.ts';

const route = getRouteApi('/inside/comparisons/$comparisonId');
const pageSize = 25;
const all = 'all';

/** `onRepair`: a repair was asked for. */
export function ItemTabs({ comparison, onRepair }: { readonly comparison: ShownComparison; onRepair(): void }) {
  const { t } = useTranslation('comparisons');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const { state, repair, ...place } = route.useSearch();
  const navigate = route.useNavigate();
  const { counts, source, target } = comparison;
  const sides = { source: source?.name ?? common('unknown'), target: target?.name ?? common('unknown') };
  const nameOf = useStateName(sides);
  const go = (next: { readonly state?: ReconciliationState | undefined; readonly repair?: string | undefined } & Place): void =>
    void navigate({ search: { repair, ...next } as ComparisonSearch, resetScroll: false }); // prettier-ignore
  const isThere = useRef(true);
  useEffect(() => {
    isThere.current = true;
    return () => void (isThere.current = false);
  }, []);
  const repaired = (jobId: string): void => {
    // Whoever looks at another comparison by now is left there.
    if (isThere.current) go({ state, ...place, repair: jobId });
    onRepair();
  };
  const states = statesIn(counts);
  const total = states.reduce((sum, each) => sum + countOf(counts, each), 0);
  return (
    <Tabs value={state ?? all} onChange={(next) => go({ state: itemStates.find((each) => each === next) })}>
      <Tabs.List>
        <Tabs.Tab value={all}>
          {t('allFound')} {formats.number(total)}
        </Tabs.Tab>
        {itemStates
          .filter((each) => states.includes(each) || each === state)
          .map((each) => (
            <Tabs.Tab key={each} value={each} leftSection={<Shape tone={looks[each].tone} />}>
              {nameOf(each, countOf(counts, each))} {formats.number(countOf(counts, each))}
            </Tabs.Tab>
          ))}
      </Tabs.List>
      <Tabs.Panel value={state ?? all} pt="sm">
        <Text size="sm" maw={760} mb="xs">
          {state === undefined ? t('allFoundMeans') : t(`meansOf.${state}`, sides)}
        </Text>
        <Items
          key={state ?? all}
          {...{ comparison, state, place, sides }}
          onMove={(next) => go({ state, ...next })}
          onRepair={repaired}
        />
      </Tabs.Panel>
    </Tabs>
  );
}

function Items({
  comparison,
  state,
  place,
  sides,
  onMove,
  onRepair,
}: {
  readonly comparison: ShownComparison;
  readonly state: ReconciliationState | undefined;
  readonly place: Place;
  readonly sides: { readonly source: string; readonly target: string };
  onMove(place: Place): void;
  onRepair(jobId: string): void;
}) {
  const { t } = useTranslation('comparisons');
  const asked = useAsk(ComparisonItemsDocument, {
    id: comparison.id,
    states: state === undefined ? null : [state],
    ...argumentsOf(place, pageSize),
  });
  return (
    <Answer of={asked} skeleton={<Lines count={4} height={60} />}>
      {({ reconciliation }) => {
        if (reconciliation == null) return null;
        const { nodes, pageInfo, totalCount } = reconciliation.items;
        if (nodes.length === 0) return <Text size="sm">{t('noneOfThese')}</Text>;
        return (
          <>
            <Group justify="flex-end">
              <ExportList
                size="xs"
                list={{
                  entityType: 'RECONCILIATION_ITEM',
                  reconciliationId: comparison.id,
                  filter: state === undefined ? {} : { states: [state] },
                }}
                title={comparison.flow?.name ?? t('allFound')}
                count={totalCount}
              />
            </Group>
            <ItemList {...{ comparison, state, sides }} rows={nodes} onRepair={onRepair} />
            <Pager info={pageInfo} count={totalCount} onMove={onMove} />
          </>
        );
      }}
    </Answer>
  );
}
