/** /problems: what waits for a person, by cause or one by one, in tabs by how it stands. */
import { Anchor, Button, Group, SegmentedControl, Tabs, Text } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useRefresh } from '../../api/hooks.ts';
import { useLive } from '../../api/live.ts';
import {
  ProblemCausesDocument,
  ProblemListDocument,
  ProblemNewsDocument,
  ProblemTabsDocument,
} from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { Nothing } from '../../parts/nothing.tsx';
import { Page } from '../../parts/page.tsx';
import { argumentsOf, Pager } from '../../parts/pager.tsx';
import { meantOf } from '../../parts/record-table.tsx';
import { beginningWithDefault, Views } from '../../parts/views.tsx';
import { ExportList } from '../data-export/export-list.tsx';
import { Causes, rowsOf, type CauseRow } from './causes.tsx';
import { ProblemFilters } from './filter-bar.tsx';
import { filterOf, isFiltered, tabs, type ProblemSearch, type Tab } from './filters.ts';
import { FixDialog } from './fix-dialog.tsx';
import { ProblemTable } from './list.tsx';
import { ProblemActions } from './selection-actions.tsx';
import { ReplayDialog } from './replay-dialog.tsx';
import { problemsById, problemsOfCauses, type Targets } from './targets.ts';

const route = getRouteApi('/inside/problems');

export const ProblemsPage = beginningWithDefault('PROBLEMS', ProblemsList);

function ProblemsList() {
  const { t } = useTranslation('problems');
  const { t: common } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const tab = search.status ?? 'open';
  const { status: _, ...withoutStatus } = filterOf(search);
  const refresh = useRefresh([ProblemCausesDocument, ProblemListDocument, ProblemTabsDocument]);
  useLive(ProblemNewsDocument, { filter: withoutStatus }, { onNews: refresh, onResume: refresh });
  const go = (change: Partial<ProblemSearch>): void =>
    void navigate({ search: ({ after: _after, before: _before, ...rest }) => ({ ...rest, ...change }) });
  return (
    <Page
      title={common('pageProblems')}
      about={t('about')}
      actions={
        <>
          <Views list="PROBLEMS" />
          <ExportList
            list={{ entityType: 'DEAD_LETTER', filter: filterOf(search), search: search.search ?? null }}
            title={common('pageProblems')}
          />
          <SegmentedControl
            aria-label={t('view')}
            value={search.view ?? 'causes'}
            onChange={(view) => go({ view: view === 'list' ? 'list' : undefined })}
            data={[
              { value: 'causes', label: t('byCause') },
              { value: 'list', label: t('oneByOne') },
            ]}
          />
        </>
      }
    >
      <ProblemFilters search={search} onChange={go} />
      <Tabs value={tab} onChange={(next) => go({ status: next === 'open' ? undefined : (next as Tab) })}>
        <TabList search={search} />
        <Tabs.Panel value={tab} pt="sm">
          {search.view === 'list' ? (
            <OneByOne key={tab} search={search} onMove={go} />
          ) : (
            // Causes that another filter counts are not shown: they would be acted on under this one.
            <ByCause key={JSON.stringify(filterOf(search))} search={search} />
          )}
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function TabList({ search }: { readonly search: ProblemSearch }) {
  const { t } = useTranslation('problems');
  const formats = useFormats();
  const { data } = useAsk(ProblemTabsDocument, {
    open: filterOf(search, 'open'),
    retrying: filterOf(search, 'retrying'),
    ended: filterOf(search, 'ended'),
  });
  return (
    <Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Tab key={tab} value={tab}>
          {t(`tab.${tab}`)} {data === undefined ? '' : formats.number(data[tab].totalCount.value)}
        </Tabs.Tab>
      ))}
    </Tabs.List>
  );
}

function ByCause({ search }: { readonly search: ProblemSearch }) {
  const tab = search.status ?? 'open';
  const asked = useAsk(ProblemCausesDocument, { filter: filterOf(search), last: filterOf(search, 'ended') });
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [fixed, fix] = useState<string | null>(null);
  const [replayed, replay] = useState<Targets | null>(null);
  const rows = rowsOf(asked.data?.deadLetterGroups.nodes ?? []);
  const meant = meantOf(rows, chosen);
  const targetsOf = (causes: readonly CauseRow[]): Targets => problemsOfCauses(causes, filterOf(search));
  return (
    <>
      {tab === 'open' && (
        <ProblemActions
          chosen={meant}
          isEmpty={rows.length === 0}
          targetsOf={(ids) => targetsOf(rows.filter(({ id }) => ids.includes(id)))}
          onDone={() => choose(new Set())}
        />
      )}
      <Answer of={asked}>
        {({ last }) =>
          rows.length === 0 ? (
            <Empty search={search} last={last.nodes[0]} />
          ) : (
            <Causes
              rows={rows}
              tab={tab}
              chosen={meant}
              onChoose={choose}
              onFix={({ fingerprint }) => fix(fingerprint)}
              onReplay={(cause) => replay(targetsOf([cause]))}
            />
          )
        }
      </Answer>
      <FixDialog fingerprint={fixed} onClose={() => fix(null)} />
      <ReplayDialog targets={replayed} onClose={() => replay(null)} />
    </>
  );
}

const pageSize = 50;

function OneByOne({ search, onMove }: { readonly search: ProblemSearch; onMove(place: Partial<ProblemSearch>): void }) {
  const tab = search.status ?? 'open';
  const asked = useAsk(ProblemListDocument, {
    filter: filterOf(search),
    search: search.search ?? null,
    sort: null,
    ...argumentsOf(search, pageSize),
  });
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const meant = meantOf(asked.data?.deadLetters.nodes ?? [], chosen);
  return (
    <>
      {tab !== 'ended' && (
        <ProblemActions
          chosen={meant}
          isEmpty={asked.data?.deadLetters.nodes.length === 0}
          targetsOf={problemsById}
          onDone={() => choose(new Set())}
        />
      )}
      <Answer of={asked}>
        {({ deadLetters: { nodes, pageInfo, totalCount } }) =>
          nodes.length === 0 ? (
            <Empty search={search} last={undefined} />
          ) : (
            <>
              <ProblemTable rows={nodes} tab={tab} chosen={meant} onChoose={choose} />
              <Pager info={pageInfo} count={totalCount} onMove={onMove} />
            </>
          )
        }
      </Answer>
    </>
  );
}

/** Nothing matches, or all is well. */
function Empty({
  search,
  last,
}: {
  readonly search: ProblemSearch;
  readonly last:
    { readonly id: string; readonly lastFailedAt: string; readonly resolvedAt?: string | null } | undefined;
}) {
  const { t } = useTranslation('problems');
  const { t: common } = useTranslation();
  if (isFiltered(search)) {
    return (
      <Nothing kind="matches" title={common('nothingMatches')}>
        <Button component={Link} to="/problems" variant="default">
          {common('clearFilters')}
        </Button>
      </Nothing>
    );
  }
  if (search.status !== undefined) return <Nothing kind="yet" title={t(`none.${search.status}`)} />;
  return (
    <Nothing kind="well" title={t('allWell')}>
      {last === undefined ? (
        <Text size="sm">{t('neverAny')}</Text>
      ) : (
        <Text size="sm" component="div">
          <Group gap={4} justify="center">
            {t('lastFailure')} <Moment at={last.lastFailedAt} />
            {last.resolvedAt != null && (
              <>
                · {t('lastEnded')} <Moment at={last.resolvedAt} />
              </>
            )}
          </Group>
          <Anchor component={Link} to={`/problems/${last.id}`} size="sm">
            {t('openExample')}
          </Anchor>
        </Text>
      )}
    </Nothing>
  );
}
