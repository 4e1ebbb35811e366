/** The last step: the plan, the start, and what happens then: how far each flow is, the first order, and a button that holds everything. */
import { Alert, Button, Group, Radio, Stack, Table, Text } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand } from '../../api/hooks.ts';
import {
  SetupFlowEnableDocument,
  SetupFlowPauseDocument,
  SetupFlowResumeDocument,
  SetupFlowUpdateDocument,
  SetupProgressDocument,
  type SetupProgressQuery,
} from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { Failure } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Status } from '../../parts/status.tsx';
import { secondsOf } from './duration.ts';
import type { SetupState, StepProps } from './steps.ts';
import { TrialRun } from './trial-run.tsx';

export function LiveStep({ data, state }: StepProps) {
  return state.isLive ? <Going state={state} /> : <Start data={data} state={state} />;
}

/** Flows that others need come first. */
const order = ['CATEGORY', 'PRODUCT', 'STOCK_LEVEL', 'CUSTOMER', 'ORDER'];

function Start({ data, state }: Pick<StepProps, 'data' | 'state'>) {
  const { t } = useTranslation('setup');
  const isSample = state.flows.every(({ source }) => data.demo?.systems.some(({ key }) => key === source.key) === true);
  const [from, setFrom] = useState(isSample ? 'BEGINNING' : 'NOW');
  const update = useCommand(SetupFlowUpdateDocument, []);
  const enable = useCommand(SetupFlowEnableDocument);
  const drafts = state.flows.filter((flow) => flow.state === 'DRAFT');
  const hasOrders = drafts.some(({ entityType }) => entityType === 'ORDER');
  async function start(): Promise<void> {
    const sorted = [...drafts].sort((a, b) => order.indexOf(a.entityType) - order.indexOf(b.entityType));
    for (const flow of sorted) {
      const wanted = from as 'BEGINNING' | 'NOW';
      if (flow.entityType === 'ORDER' && flow.settings.start !== wanted)
        await update.run({ input: { id: flow.id, expectedVersion: flow.version, settings: { start: wanted } } });
    }
    for (const { id } of sorted) await enable.run({ input: { id } });
  }
  const error = update.error ?? enable.error;
  return (
    <Stack gap="md">
      <Text size="sm">{t('liveText')}</Text>
      {state.isTried ? <Plan state={state} /> : <Alert color="yellow">{t('notTried')}</Alert>}
      {hasOrders && (
        <Radio.Group label={t('whichOrders')} value={from} onChange={setFrom}>
          <Stack gap="xs" mt="xs">
            <Radio value="NOW" label={t('onlyNew')} description={t('onlyNewHint')} />
            <Radio value="BEGINNING" label={t('allOrders')} description={t('allOrdersHint')} />
          </Stack>
        </Radio.Group>
      )}
      {error !== null && <Failure error={error} />}
      <div>
        <Button
          size="md"
          leftSection={<IconPlayerPlay size={18} aria-hidden="true" />}
          loading={enable.isRunning || update.isRunning}
          onClick={() => void start().catch(() => undefined)}
        >
          {t('goLive')}
        </Button>
      </div>
    </Stack>
  );
}

/** By the last trial run: how many calls, how long. */
function Plan({ state }: { readonly state: SetupState }) {
  const { t } = useTranslation('setup');
  const formats = useFormats();
  return (
    <TrialRun state={state}>
      {(trial) => {
        const seconds = trial.flows.reduce((sum, { estimatedDuration }) => sum + secondsOf(estimatedDuration), 0);
        const calls = trial.flows.reduce((sum, each) => sum + each.calls, 0);
        const isAll = trial.reads.every(({ isComplete }) => isComplete);
        const values = { number: formats.number(calls), duration: formats.duration(Math.max(1, seconds) * 1_000) };
        return (
          <Text size="sm">
            {t('plan', values)} {isAll ? '' : t('planPart')} {t('planStop')}
          </Text>
        );
      }}
    </TrialRun>
  );
}

function Going({ state }: { readonly state: SetupState }) {
  const { t } = useTranslation('setup');
  const asked = useAsk(SetupProgressDocument, {}, { everyMs: 2_000 });
  const pause = useCommand(SetupFlowPauseDocument);
  const resume = useCommand(SetupFlowResumeDocument);
  const running = state.flows.filter((flow) => flow.state === 'ENABLED');
  const paused = state.flows.filter((flow) => flow.state === 'PAUSED');
  const pauseAll = async (): Promise<void> => {
    for (const { id } of running) await pause.run({ input: { id, reason: t('pauseReason') } });
  };
  const resumeAll = async (): Promise<void> => {
    for (const { id } of paused) await resume.run({ input: { id } });
  };
  const error = pause.error ?? resume.error;
  return (
    <Stack gap="md">
      <Text size="sm">{running.length > 0 ? t('isGoing') : t('isPaused')}</Text>
      <Group>
        {running.length > 0 && (
          <Button
            size="lg"
            color="red"
            leftSection={<IconPlayerPause size={20} aria-hidden="true" />}
            loading={pause.isRunning}
            onClick={() => void pauseAll().catch(() => undefined)}
          >
            {t('pauseAll')}
          </Button>
        )}
        {paused.length > 0 && (
          <Button
            size="lg"
            leftSection={<IconPlayerPlay size={20} aria-hidden="true" />}
            loading={resume.isRunning}
            onClick={() => void resumeAll().catch(() => undefined)}
          >
            {t('resumeAll')}
          </Button>
        )}
      </Group>
      {error !== null && <Failure error={error} />}
      <Answer of={asked}>
        {(data) => (
          <>
            <FirstOrder
              events={data.syncEvents.nodes}
              hasOrders={state.flows.some((flow) => flow.entityType === 'ORDER')}
            />
            <FlowTable flows={data.flows.filter(({ id }) => state.flows.some((flow) => flow.id === id))} />
          </>
        )}
      </Answer>
      <div>
        <Button component={Link} to="/" variant="default">
          {t('toOverview')}
        </Button>
      </div>
    </Stack>
  );
}

/** The oldest order that a target was given, as far as the last events tell. */
function FirstOrder({
  events,
  hasOrders,
}: {
  readonly events: SetupProgressQuery['syncEvents']['nodes'];
  readonly hasOrders: boolean;
}) {
  const { t } = useTranslation('setup');
  const first = events.filter(({ target }) => target !== null).at(-1);
  if (first === undefined) return hasOrders ? <Text role="status">{t('noOrderYet')}</Text> : null;
  const { entity, entityLabel, target } = first;
  return (
    <Alert color="green" role="status" title={t('firstOrder')}>
      {entity === null ? (
        entityLabel
      ) : (
        <Link to="/orders/$recordId" params={{ recordId: entity.id }}>
          {entityLabel}
        </Link>
      )}{' '}
      {t('arrivedIn', { system: target?.name ?? '' })}
    </Alert>
  );
}

function FlowTable({ flows }: { readonly flows: SetupProgressQuery['flows'] }) {
  const { t } = useTranslation('setup');
  const formats = useFormats();
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('flow')}</Table.Th>
            <Table.Th scope="col" ta="right" visibleFrom="sm">
              {t('waiting')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t('problems')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {flows.map(({ id, name, state, openDeadLetterCount, syncState: { pending } }) => (
            <Table.Tr key={id}>
              <Table.Th scope="row" fw={400}>
                <Link to="/flows/$flowId" params={{ flowId: id }}>
                  {name}
                </Link>
                <div>
                  <Status kind="flow" state={state} />
                </div>
                {pending.value > 0 && (
                  <Text size="xs" className="muted" hiddenFrom="sm">
                    {t('waiting')}
                    {formats.colon}
                    {formats.number(pending.value)}
                  </Text>
                )}
              </Table.Th>
              <Table.Td ta="right" visibleFrom="sm">
                {formats.number(pending.value)}
              </Table.Td>
              <Table.Td ta="right">
                {openDeadLetterCount === 0 ? (
                  formats.number(0)
                ) : (
                  <a href={`/problems?flow=${id}`}>{formats.number(openDeadLetterCount)}</a>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
