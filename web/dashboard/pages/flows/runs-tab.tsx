/** Runs of a flow in pages, the latest first. */
import { Anchor, Button, NativeSelect, Stack } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { FlowsRunsDocument, type FlowsRunFragment } from '../../graph/graphql.ts';
import type { RunStatus } from '../../graph/kinds.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { capital, useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { Nothing } from '../../parts/nothing.tsx';
import { argumentsOf, Pager, placeOf } from '../../parts/pager.tsx';
import { RecordTable, type Column } from '../../parts/record-table.tsx';
import { RunState } from './run-state.tsx';

const route = getRouteApi('/inside/flows/$flowId');
const pageSize = 25;
const statuses = [
  'RUNNING',
  'SUCCEEDED',
  'PARTIAL',
  'FAILED',
  'HELD',
  'CANCELLED',
] as const satisfies readonly RunStatus[];

export function RunsTab({ flowId }: { readonly flowId: string }) {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  const search = route.useSearch();
  const navigate = useNavigate();
  const { status } = search;
  const filter = { flowId: { eq: flowId }, ...(status === undefined ? {} : { status: [status as RunStatus] }) };
  const place = argumentsOf(placeOf(search), pageSize);
  const asked = useAsk(FlowsRunsDocument, { filter, ...place }, { everyMs: 15_000 });
  const go = (next: object): void =>
    void navigate({ to: `/flows/${flowId}`, search: { tab: 'runs', ...next } as never });
  return (
    <Stack gap="sm">
      <NativeSelect
        data-filter
        aria-label={t('filterRuns')}
        maw={220}
        value={status ?? ''}
        onChange={({ currentTarget: { value } }) => go(value === '' ? {} : { status: value })}
        data={[{ value: '', label: t('anyState') }, ...statuses.map((value) => ({ value, label: t(`run.${value}`) }))]}
      />
      <Answer of={asked} skeleton={<Lines count={10} />}>
        {({ flowRuns: { nodes, pageInfo, totalCount } }) =>
          nodes.length === 0 ? (
            <Nothing
              kind={status === undefined ? 'yet' : 'matches'}
              title={status === undefined ? t('noRuns') : common('nothingMatches')}
            >
              {status !== undefined && (
                <Button variant="default" onClick={() => go({})}>
                  {common('clearFilters')}
                </Button>
              )}
            </Nothing>
          ) : (
            <>
              <RunTable runs={nodes} />
              <Pager
                info={pageInfo}
                count={totalCount}
                onMove={(place) => go({ ...(status === undefined ? {} : { status }), ...place })}
              />
            </>
          )
        }
      </Answer>
    </Stack>
  );
}

function RunTable({ runs }: { readonly runs: readonly FlowsRunFragment[] }) {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const figure = (
    key: 'read' | 'created' | 'updated' | 'unchanged' | 'failed',
    from?: 'xs' | 'sm' | 'lg',
  ): Column<FlowsRunFragment> => ({
    ...{ key, title: capital(t(`count.${key}`)), isFigure: true, show: ({ counts }) => formats.number(counts[key]) },
    ...(from === undefined ? {} : { from }),
  });
  const columns: readonly Column<FlowsRunFragment>[] = [
    {
      key: 'started',
      title: t('started'),
      show: ({ id, startedAt }) => (
        <Anchor component={Link} to={`/runs/${id}`} size="sm">
          <Moment at={startedAt} />
        </Anchor>
      ),
    },
    { key: 'status', title: common('state'), show: ({ status }) => <RunState status={status} /> },
    { key: 'trigger', title: t('trigger'), from: 'lg', show: ({ trigger }) => t(`by.${trigger}`) },
    {
      key: 'duration',
      title: t('duration'),
      isFigure: true,
      from: 'sm',
      show: ({ durationMs }) => (durationMs == null ? '…' : formats.duration(durationMs)),
    },
    figure('read', 'lg'),
    figure('created', 'xs'),
    figure('updated', 'sm'),
    figure('unchanged', 'lg'),
    figure('failed'),
  ];
  return <RecordTable label={t('tab.runs')} rows={runs} columns={columns} pathOf={({ id }) => `/runs/${id}`} />;
}
