/** Sending records of a flow again without moving its position: first the plan in numbers, then a job that can be followed and stopped. */
import { Alert, Anchor, Button, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { FlowsBackfillDocument, type BackfillSelection, type FlowBackfillInput, type FlowsBackfillMutation } from '../../graph/graphql.ts'; // prettier-ignore
import { Confirm } from '../../parts/confirm.tsx';
import { Failure } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import type { SeenFlow } from './seen-flow.ts';
import { Section } from './status-tab.tsx';

const kinds = ['changedSince', 'externalIds', 'all'] as const;
type Plan = NonNullable<FlowsBackfillMutation['flowBackfill']['plan']>;

/** A plan, and what it was made of: that is what is sent again, whatever is entered meanwhile. */
interface Planned {
  readonly of: Pick<FlowBackfillInput, 'id' | 'selection' | 'name'>;
  readonly plan: Plan;
}

/** What is entered, and the two steps: the plan, and the job. */
function useBackfill(flow: SeenFlow) {
  const [kind, setKind] = useState<(typeof kinds)[number]>('changedSince');
  const [since, setSince] = useState('');
  const [ids, setIds] = useState('');
  const [name, setName] = useState('');
  const [planned, setPlanned] = useState<Planned | null>(null);
  const [jobId, setJobId] = useState<string | null>(null);
  const ask = useCommand(FlowsBackfillDocument, []);
  const start = useCommand(FlowsBackfillDocument);
  const listed = ids.split(/[\s,;]+/).filter(Boolean);
  const isReady = kind === 'all' || (kind === 'changedSince' ? since !== '' : listed.length > 0);
  const selection = (): BackfillSelection =>
    kind === 'all' ? { all: true }
    : kind === 'changedSince' ? { changedSince: new Date(since).toISOString() }
    : { externalIds: listed }; // prettier-ignore
  const input = () => ({ id: flow.id, selection: selection(), name: name.trim() === '' ? null : name.trim() });
  const showPlan = async (): Promise<void> => {
    start.forget();
    setJobId(null);
    const of = input();
    try {
      const { plan } = (await ask.run({ input: { ...of, isDryRun: true } })).flowBackfill;
      setPlanned(plan == null ? null : { of, plan });
    } catch {
      // Shown below the fields.
    }
  };
  const confirm = async (): Promise<void> => {
    if (planned === null) return;
    try {
      const { flowBackfill } = await start.run({ input: { ...planned.of, isDryRun: false } });
      setPlanned(null);
      setJobId(flowBackfill.job?.id ?? null);
    } catch {
      // The dialog shows it.
    }
  };
  const entered = { kind, setKind, since, setSince, ids, setIds, name, setName };
  const plan = planned?.plan ?? null;
  return { ...entered, plan, jobId, isReady, ask, start, showPlan, confirm, close: () => setPlanned(null) };
}

export function BackfillForm({ flow }: { readonly flow: SeenFlow }) {
  const { t } = useTranslation('flows');
  const form = useBackfill(flow);
  const { plan, jobId, ask, start } = form;
  return (
    <Section title={t('backfillTitle')}>
      <Stack gap="sm">
        <Text size="sm">{t('backfillAbout', { target: flow.target.name })}</Text>
        <BackfillFields form={form} flow={flow} />
        {ask.error !== null && <Failure error={ask.error} />}
        {jobId !== null && (
          <Alert color="teal" role="status">
            {t('jobStarted')}{' '}
            <Anchor component={Link} to={`/jobs/${jobId}`} size="sm">
              {t('toJob')}
            </Anchor>
          </Alert>
        )}
        <Button
          variant="default"
          disabled={!form.isReady}
          loading={ask.isRunning}
          onClick={() => void form.showPlan()}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('showPlan')}
        </Button>
      </Stack>
      <Confirm
        title={t('backfillConfirm', { name: flow.name })}
        action={t('backfillDo')}
        isOpen={plan !== null}
        isRunning={start.isRunning}
        error={start.error}
        onConfirm={() => void form.confirm()}
        onClose={form.close}
      >
        {plan !== null && <PlanText plan={plan} target={flow.target.name} />}
      </Confirm>
    </Section>
  );
}

function BackfillFields({ form, flow }: { readonly form: ReturnType<typeof useBackfill>; readonly flow: SeenFlow }) {
  const { t } = useTranslation('flows');
  const { kind, setKind, since, setSince, ids, setIds, name, setName } = form;
  return (
    <>
      <NativeSelect
        label={t('which')}
        value={kind}
        onChange={({ currentTarget: { value } }) => setKind(value as typeof kind)}
        data={kinds.map((value) => ({ value, label: t(`which_${value}`, { source: flow.source.name }) }))}
      />
      {kind === 'changedSince' && (
        <TextInput
          type="datetime-local"
          label={t('sinceWhen')}
          value={since}
          onChange={({ currentTarget: { value } }) => setSince(value)}
        />
      )}
      {kind === 'externalIds' && (
        <Textarea
          label={t('ids', { source: flow.source.name })}
          description={t('idsHint')}
          autosize
          minRows={2}
          maxRows={8}
          value={ids}
          onChange={({ currentTarget: { value } }) => setIds(value)}
        />
      )}
      <TextInput
        label={t('jobName')}
        description={t('jobNameHint')}
        value={name}
        onChange={({ currentTarget: { value } }) => setName(value)}
      />
    </>
  );
}

function PlanText({ plan: { count, known, warnings }, target }: { readonly plan: Plan; readonly target: string }) {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const words = ({ value, precision }: Plan['count']): string => {
    const number = formats.number(value);
    return precision === 'AT_LEAST' ? common('atLeast', { number }) : number;
  };
  return (
    <Stack gap="xs">
      <Text size="sm">{t('plan', { number: words(count), known: words(known), target })}</Text>
      {warnings.map((warning) => (
        <Alert key={warning} color="orange">
          {warning}
        </Alert>
      ))}
    </Stack>
  );
}
