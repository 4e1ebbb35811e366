/** /conflicts: fields about which the systems do not agree and a person decides, those that are over, and who decides about which field. */
import { Button, Group, NativeSelect, Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk, useRefresh } from '../../api/hooks.ts';
import { ConflictsDocument, ConflictTabsDocument, OpenProblemsDocument } from '../../graph/graphql.ts';
import type { EntityType } from '../../graph/kinds.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Page } from '../../parts/page.tsx';
import { argumentsOf, Pager } from '../../parts/pager.tsx';
import { EndedList } from './ended-list.tsx';
import { NoConflicts } from './no-conflicts.tsx';
import { OpenList } from './open-list.tsx';
import { Owners } from './owners.tsx';
import { entityTypes, filterOf, isFiltered, tabs, type ConflictSearch, type Tab } from './search.ts';
import './conflicts.css';

const route = getRouteApi('/inside/conflicts');
const pageSize = 25;
/** No subscription tells of conflicts. */
const everyMs = 10_000;

export function ConflictsPage() {
  const { t } = useTranslation('conflicts');
  const { t: common } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const tab = search.status ?? 'open';
  const go = (change: { readonly [K in keyof ConflictSearch]?: ConflictSearch[K] | undefined }): void =>
    void navigate({
      search: ({ after: _after, before: _before, ...rest }) => ({ ...rest, ...change }) as ConflictSearch,
    });
  return (
    <Page title={common('pageConflicts')} about={t('about')}>
      <Filters search={search} onChange={go} />
      <Tabs value={tab} onChange={(next) => go({ status: tabs.find((each) => each === next && each !== 'open') })}>
        <TabList search={search} />
        <Tabs.Panel value={tab} pt="sm">
          {tab === 'owners' ? <Owners of={search.entity} /> : <Found key={tab} search={search} tab={tab} onMove={go} />}
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Filters({
  search,
  onChange,
}: {
  readonly search: ConflictSearch;
  onChange(change: { readonly entity?: EntityType | undefined; readonly record?: undefined }): void;
}) {
  const { t } = useTranslation('conflicts');
  const { t: common } = useTranslation();
  const { t: kinds } = useTranslation('kinds');
  return (
    <Group gap="xs">
      <NativeSelect
        data-filter
        aria-label={t('kind')}
        value={search.entity ?? ''}
        onChange={(event) => onChange({ entity: entityTypes.find((each) => each === event.currentTarget.value) })}
        data={[
          { value: '', label: t('anyKind') },
          ...entityTypes.map((value) => ({ value, label: kinds(`entities.${value}`) })),
        ]}
      />
      {isFiltered(search) && (
        <Button variant="subtle" onClick={() => onChange({ entity: undefined, record: undefined })}>
          {search.record === undefined ? common('clearFilters') : t('allRecords')}
        </Button>
      )}
    </Group>
  );
}

function TabList({ search }: { readonly search: ConflictSearch }) {
  const { t } = useTranslation('conflicts');
  const formats = useFormats();
  const { data } = useAsk(ConflictTabsDocument, filterOf(search), { everyMs });
  return (
    <Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Tab key={tab} value={tab}>
          {t(`tab.${tab}`)} {data === undefined || tab === 'owners' ? '' : formats.number(data[tab].totalCount.value)}
        </Tabs.Tab>
      ))}
    </Tabs.List>
  );
}

function Found({
  search,
  tab,
  onMove,
}: {
  readonly search: ConflictSearch;
  readonly tab: Exclude<Tab, 'owners'>;
  onMove(place: Partial<ConflictSearch>): void;
}) {
  const asked = useAsk(
    ConflictsDocument,
    { ...filterOf(search), isOpen: tab === 'open', ...argumentsOf(search, pageSize) },
    { everyMs },
  );
  const refresh = useRefresh([ConflictsDocument, ConflictTabsDocument, OpenProblemsDocument], 0);
  return (
    <Answer of={asked} skeleton={<Lines count={4} height={90} />}>
      {({ fieldConflicts: { nodes, pageInfo, totalCount } }) => (
        <>
          {nodes.length === 0 && <NoConflicts search={search} />}
          {tab === 'open' && <OpenList rows={nodes} onChange={refresh} />}
          {tab !== 'open' && nodes.length > 0 && <EndedList rows={nodes} />}
          {nodes.length > 0 && <Pager info={pageInfo} count={totalCount} onMove={onMove} />}
        </>
      )}
    </Answer>
  );
}
