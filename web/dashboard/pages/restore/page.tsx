/** /restore: that the database was restored, how far each flow was compared since, and the two things that people decide. */
import { Anchor, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import {
  RestorePageDocument,
  RestoreSkipDocument,
  RestoreStartDocument,
  type RestorePageQuery,
} from '../../graph/graphql.ts';
import type { RestoreFlowState } from '../../graph/kinds.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { Nothing } from '../../parts/nothing.tsx';
import { Page } from '../../parts/page.tsx';
import { ReasonField } from '../../parts/reason-field.tsx';
import { RecordTable, type Column } from '../../parts/record-table.tsx';
import { Shape, type Tone } from '../../parts/status.tsx';

type Check = NonNullable<RestorePageQuery['restoreCheck']>;
type CheckedFlow = Check['flows'][number];

const everyMs = 2_000;
const tones: Readonly<Record<RestoreFlowState, Tone>> = { WAITING: 'paused', READING: 'pending', LOOKING: 'pending', COMPARED: 'ok', SKIPPED: 'excluded' }; // prettier-ignore

export function RestorePage() {
  const { t } = useTranslation('restore');
  const asked = useAsk(RestorePageDocument, {}, { everyMs });
  const isAdmin = useMay('ADMIN');
  const check = asked.data?.restoreCheck;
  const isOpen = check != null && check.finishedAt == null;
  return (
    <Page
      title={t('title')}
      about={t('about')}
      actions={isAdmin && <Decide key={String(isOpen)} what={isOpen ? 'skip' : 'start'} />}
    >
      <Answer of={asked} skeleton={<Lines count={6} height={40} />}>
        {({ restoreCheck }) => (restoreCheck == null ? <NeverRestored /> : <Shown check={restoreCheck} />)}
      </Answer>
    </Page>
  );
}

function NeverRestored() {
  const { t } = useTranslation('restore');
  return (
    <Nothing kind="yet" title={t('never')}>
      <Text size="sm">{t('neverHint')}</Text>
    </Nothing>
  );
}

function Shown({ check }: { readonly check: Check }) {
  const { t } = useTranslation('restore');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const { cause, startedAt, finishedAt, doneCount, flowCount, flows } = check;
  const share = flowCount === 0 ? 100 : (doneCount / flowCount) * 100;
  const how = { count: flowCount, done: formats.number(doneCount), all: formats.number(flowCount) };
  return (
    <Stack gap="md">
      <div>
        <Text fw={600}>{finishedAt == null ? common('restoreGoing', how) : t('over', how)}</Text>
        <Text size="sm">{t(`cause.${cause}`)}</Text>
        <Text size="xs" className="muted">
          {t('began')} <Moment at={startedAt} />
          {finishedAt != null && (
            <>
              {' · '}
              {t('ended')} <Moment at={finishedAt} />
            </>
          )}
        </Text>
        {finishedAt == null && <Progress value={share} mt={6} maw={420} aria-label={t('progress')} />}
      </div>
      {flows.length > 0 && <Flows flows={flows} />}
    </Stack>
  );
}

function Flows({ flows }: { readonly flows: readonly CheckedFlow[] }) {
  const { t } = useTranslation('restore');
  const formats = useFormats();
  const figure = (key: 'readCount' | 'takenInCount' | 'foundCount'): Column<CheckedFlow & { id: string }> => ({
    key,
    title: t(key),
    isFigure: true,
    from: 'md',
    show: (row) => formats.number(row[key]),
  });
  const columns: readonly Column<CheckedFlow & { id: string }>[] = [
    { key: 'flow', title: t('flow'), show: ({ flow }) => <FlowName flow={flow ?? null} /> },
    { key: 'state', title: t('state'), show: (row) => <Standing row={row} /> },
    figure('readCount'),
    figure('takenInCount'),
    figure('foundCount'),
  ];
  const rows = flows.map((row, index) => ({ ...row, id: row.flow?.id ?? String(index) }));
  return (
    <RecordTable
      label={t('title')}
      rows={rows}
      columns={columns}
      pathOf={({ flow }) => (flow == null ? null : `/flows/${flow.id}`)}
    />
  );
}

function FlowName({ flow }: { readonly flow: CheckedFlow['flow'] | null }) {
  if (flow == null) return <>–</>;
  return (
    <>
      <Anchor component={Link} to={`/flows/${flow.id}`} fw={600} size="sm">
        {flow.name}
      </Anchor>
      <Text size="xs" className="muted">
        {flow.source.name} → {flow.target.name}
      </Text>
    </>
  );
}

/** Where it stands, what keeps it, and what waits for a person. */
function Standing({ row: { state, error, heldCount, flow } }: { readonly row: CheckedFlow }) {
  const { t } = useTranslation('restore');
  const formats = useFormats();
  const isPaused = flow?.state === 'PAUSED' || flow?.state === 'SUSPENDED';
  const isSystemPaused = [flow?.source.status, flow?.target.status].includes('PAUSED');
  const isWaiting = state !== 'COMPARED' && state !== 'SKIPPED';
  return (
    <Stack gap={2} style={{ whiteSpace: 'normal' }}>
      <span className="status">
        <Shape tone={isWaiting && error != null ? 'retrying' : tones[state]} />
        <span>{t(`states.${state}`)}</span>
      </span>
      {isWaiting && isPaused && <Text size="xs">{t('flowPaused')}</Text>}
      {isWaiting && isSystemPaused && <Text size="xs">{t('systemPaused')}</Text>}
      {isWaiting && error != null && (
        <Text size="xs">
          {t('failed')} {error}
        </Text>
      )}
      {heldCount > 0 &&
        (flow?.heldRun == null ? (
          <Text size="xs">{t('wereHeld', { count: heldCount, number: formats.number(heldCount) })}</Text>
        ) : (
          <Anchor component={Link} to={`/runs/${flow.heldRun.id}`} size="xs">
            {t('held', { count: heldCount, number: formats.number(heldCount) })}
          </Anchor>
        ))}
    </Stack>
  );
}

/** One of the two buttons with its dialog. */
function Decide({ what }: { readonly what: 'start' | 'skip' }) {
  const { t } = useTranslation('restore');
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const start = useCommand(RestoreStartDocument);
  const skip = useCommand(RestoreSkipDocument);
  const command = what === 'start' ? start : skip;
  const words =
    what === 'start'
      ? { button: t('start.button'), title: t('start.title'), act: t('start.do'), effect: t('start.effect') }
      : { button: t('skip.button'), title: t('skip.title'), act: t('skip.do'), effect: t('skip.effect') };
  const confirm = async (): Promise<void> => {
    try {
      await command.run({ input: { reason: reason.trim() === '' ? null : reason.trim() } });
      setAsking(false);
    } catch {
      // The dialog shows it.
    }
  };
  return (
    <Group>
      <Button variant="default" onClick={() => setAsking(true)}>
        {words.button}
      </Button>
      <Confirm
        title={words.title}
        action={words.act}
        isOpen={isAsking}
        isRunning={command.isRunning}
        error={command.error}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(false)}
      >
        <Stack gap="sm">
          <Text size="sm">{words.effect}</Text>
          <ReasonField label={t('why')} description={t('whyHint')} value={reason} onReason={setReason} />
        </Stack>
      </Confirm>
    </Group>
  );
}
