/** One flow, in tabs: how it stands, its runs, its settings, its mappings, its position. */
import { Anchor, Group, Tabs, Text } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk, useRefresh } from '../../api/hooks.ts';
import { useLive } from '../../api/live.ts';
import {
  FlowsHistoryDocument,
  FlowsPageDocument,
  FlowsRunNewsDocument,
  FlowsRunsDocument,
  FlowsSettingsDocument,
  FlowsStateNewsDocument,
  FlowsSyncNewsDocument,
} from '../../graph/graphql.ts';
import { Page } from '../../parts/page.tsx';
import { PageOfOne } from '../../parts/page-of-one.tsx';
import { Status } from '../../parts/status.tsx';
import { FlowActions } from './actions.tsx';
import { flowTabs, type FlowTab } from './flow-tabs.ts';
import { MappingTab } from './mapping-tab.tsx';
import { PositionTab } from './position-tab.tsx';
import { RunsTab } from './runs-tab.tsx';
import type { SeenFlow } from './seen-flow.ts';
import { SettingsTab } from './settings-tab.tsx';
import { StatusTab } from './status-tab.tsx';

const route = getRouteApi('/inside/flows/$flowId');

export function FlowPage() {
  const { t } = useTranslation();
  const { flowId } = route.useParams();
  const asked = useAsk(FlowsPageDocument, { id: flowId }, { everyMs: 15_000 });
  const refresh = useRefresh([FlowsPageDocument], 1_000);
  const refreshState = useRefresh([FlowsPageDocument, FlowsHistoryDocument, FlowsSettingsDocument], 1_000);
  const refreshRuns = useRefresh([FlowsPageDocument, FlowsRunsDocument], 1_000);
  // A flow that is not there cannot be followed, and would be asked for again and again.
  const isOff = asked.data?.flow == null;
  useLive(FlowsStateNewsDocument, { flowId }, { onNews: refreshState, onResume: refreshState, isOff });
  useLive(FlowsSyncNewsDocument, { flowId }, { onNews: refresh, isOff });
  useLive(FlowsRunNewsDocument, { flowId }, { onNews: refreshRuns, onResume: refreshRuns, isOff });
  return (
    <PageOfOne of={asked} pick={({ flow }) => flow} kind={t('pageFlows')} list={{ path: '/flows' }}>
      {(flow) => <Shown flow={flow} />}
    </PageOfOne>
  );
}

function Shown({ flow }: { readonly flow: SeenFlow }) {
  const { t } = useTranslation('flows');
  const { tab = 'status' } = route.useSearch();
  const navigate = useNavigate();
  const open = (next: string | null): void =>
    void navigate({
      to: `/flows/${flow.id}`,
      search: (next === null || next === 'status' ? {} : { tab: next }) as never,
    });
  return (
    <Page title={flow.name} about={<About flow={flow} />} actions={<FlowActions flow={flow} />}>
      <Tabs value={tab} onChange={open} keepMounted={false}>
        <Tabs.List mb="md">
          {flowTabs.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`tab.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {flowTabs.map((each) => (
          <Tabs.Panel key={each} value={each}>
            {each === tab && panels[each](flow)}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}

const panels: Readonly<Record<FlowTab, (flow: SeenFlow) => React.ReactNode>> = {
  status: (flow) => <StatusTab flow={flow} />,
  runs: (flow) => <RunsTab flowId={flow.id} />,
  settings: (flow) => <SettingsTab flowId={flow.id} />,
  mapping: (flow) => <MappingTab flowId={flow.id} />,
  position: (flow) => <PositionTab flow={flow} />,
};

function About({ flow: { state, source, target, schedule, entityType } }: { readonly flow: SeenFlow }) {
  const { t: kinds } = useTranslation('kinds');
  return (
    <Group gap="xs" component="span">
      <Status kind="flow" state={state} />
      <Text span size="sm">
        {kinds(`entities.${entityType}`)}
      </Text>
      <span>
        <Anchor component={Link} to={`/systems/${source.id}`} size="sm">
          {source.name}
        </Anchor>{' '}
        →{' '}
        <Anchor component={Link} to={`/systems/${target.id}`} size="sm">
          {target.name}
        </Anchor>
      </span>
      {state === 'ENABLED' && (
        <Text span size="sm">
          {schedule.summary}
        </Text>
      )}
    </Group>
  );
}
