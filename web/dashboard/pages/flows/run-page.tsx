/** One run: what made it run, how long it took, what became of its records; live until it has ended. */
import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useRefresh } from '../../api/hooks.ts';
import { useLive } from '../../api/live.ts';
import { FlowsRunNewsDocument, FlowsRunPageDocument, type FlowsRunPageQuery } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { useNow } from '../../parts/now.ts';
import { Page } from '../../parts/page.tsx';
import { PageOfOne } from '../../parts/page-of-one.tsx';
import { Moment } from '../../parts/moment.tsx';
import { HeldRun } from '../held/held-run.tsx';
import { UndoChanges, useMayUndo } from '../undo/undo-changes.tsx';
import { CountBar, CountList } from './counts.tsx';
import { RunState } from './run-state.tsx';
import { FactList, Section } from './status-tab.tsx';

const route = getRouteApi('/inside/runs/$runId');

type Run = NonNullable<FlowsRunPageQuery['flowRun']>;

export function RunPage() {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  const { runId } = route.useParams();
  const asked = useAsk(FlowsRunPageDocument, { id: runId });
  const refresh = useRefresh([FlowsRunPageDocument], 500);
  const run = asked.data?.flowRun;
  const goesOn = run != null && (run.finishedAt == null || run.status === 'HELD');
  useLive(FlowsRunNewsDocument, { runId }, { onNews: refresh, onResume: refresh, isOff: !goesOn });
  return (
    <PageOfOne
      of={asked}
      pick={({ flowRun }) => flowRun}
      kind={t('runTitle')}
      list={{ path: '/flows', name: common('pageFlows') }}
      noneHint={t('runGone')}
    >
      {(found) => <Shown run={found} />}
    </PageOfOne>
  );
}

function Shown({ run }: { readonly run: Run }) {
  const { t } = useTranslation('flows');
  const { t: held } = useTranslation('held');
  const { flow, startedAt, finishedAt, counts, status } = run;
  const span = { flow: flow?.id, from: startedAt, ...(finishedAt == null ? {} : { to: finishedAt }) };
  return (
    <Page
      title={flow == null ? t('runTitle') : t('runOf', { name: flow.name })}
      about={
        <Group gap="xs" component="span">
          <RunState status={status} />
          <Moment at={startedAt} isExact />
        </Group>
      }
      actions={
        <>
          <Button component={Link} to="/activity" search={span as never} variant="default">
            {t('itsEvents')}
          </Button>
          {flow != null && counts.failed > 0 && (
            <Button component={Link} to="/problems" search={{ flow: flow.id } as never} color="red" variant="light">
              {t('itsProblems')}
            </Button>
          )}
          <UndoRun run={run} />
        </>
      }
    >
      <Stack gap="md">
        {run.hold != null && (
          <Section title={held('title')}>
            <HeldRun
              runId={run.id}
              hold={run.hold}
              source={flow?.source.name ?? '–'}
              target={flow?.target.name ?? '–'}
            />
          </Section>
        )}
        <Section title={t('became')}>
          <Stack gap="sm">
            <CountBar counts={counts} height={20} />
            <CountList counts={counts} span={span} />
            <Text size="sm" className="muted">
              {t(`runHint.${status}`)}
            </Text>
          </Stack>
        </Section>
        <Facts run={run} />
      </Stack>
    </Page>
  );
}

/** Takes back what came in with the run. */
function UndoRun({ run }: { readonly run: Run }) {
  const { t } = useTranslation('undo');
  const mayUndo = useMayUndo();
  const [isOpen, setOpen] = useState(false);
  if (!mayUndo || !run.isUndoable) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('ofRun')}
      </Button>
      {isOpen && (
        <UndoChanges
          of={{ kind: 'run', runId: run.id, source: run.flow?.source.name ?? '–' }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

function Facts({ run: { flow, trigger, startedAt, finishedAt, durationMs, counts } }: { readonly run: Run }) {
  const { t } = useTranslation('flows');
  const formats = useFormats();
  const now = useNow();
  const tookMs = durationMs ?? Math.max(now - new Date(startedAt).getTime(), 0);
  const written = counts.created + counts.updated + counts.deleted;
  return (
    <Section title={t('aboutRun')}>
      <FactList
        facts={[
          ...(flow == null
            ? []
            : [
                [
                  t('flow'),
                  <Anchor key="flow" component={Link} to={`/flows/${flow.id}`} size="sm">
                    {flow.name}
                  </Anchor>,
                ] as const,
                [t('way'), `${flow.source.name} → ${flow.target.name}`] as const,
              ]),
          [t('trigger'), t(`by.${trigger}`)],
          [t('started'), formats.moment(startedAt)],
          [t('ended'), finishedAt == null ? t('goesOn') : formats.moment(finishedAt)],
          [t('duration'), formats.duration(tookMs)],
          [t('recordsRead'), formats.number(counts.read)],
          ...(written > 0 && tookMs >= 1_000
            ? [
                [
                  t('speed'),
                  t('perSecond', { number: formats.number((written / (tookMs / 1_000)).toFixed(1)) }),
                ] as const,
              ]
            : []),
        ]}
      />
    </Section>
  );
}
