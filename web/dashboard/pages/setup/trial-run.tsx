/** Starting a trial run and what it found. Used by the steps that look before anything is sent. */
import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand, useRefresh } from '../../api/hooks.ts';
import { SetupDocument, SetupTrialDocument, SetupTryDocument, type SetupTrialQuery } from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { Failure } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import type { SetupState } from './steps.ts';

export type TrialShown = NonNullable<NonNullable<SetupTrialQuery['job']>['trial']>;
const running: ReadonlySet<string> = new Set(['QUEUED', 'RUNNING', 'CANCELLING']);

export function TrialRun({
  state,
  children,
}: {
  readonly state: SetupState;
  readonly children: (trial: TrialShown) => ReactNode;
}) {
  const { t } = useTranslation('setup');
  const { job, isTried, isLive, flows } = state;
  const start = useCommand(SetupTryDocument);
  // The steps are counted by what the page has asked at first.
  const refresh = useRefresh([SetupDocument], 50);
  const isRunning = start.isRunning || (job !== null && running.has(job.status));
  const begin = (): void =>
    void start.run({ input: { flowIds: flows.map(({ id }) => id), most: 1000, samples: 25 } }).catch(() => undefined);
  return (
    <Stack gap="md">
      {job !== null && !isRunning && !isTried && !isLive && job.status === 'SUCCEEDED' && (
        <Alert color="yellow">{t('trialOld')}</Alert>
      )}
      {!isRunning && (
        <Group>
          <Button variant={isTried || isLive ? 'default' : 'filled'} onClick={begin}>
            {isTried ? t('lookAgain') : t('look')}
          </Button>
          {isTried && job?.finishedAt != null && (
            <Text size="sm" className="muted">
              {t('lookedAt')} <Moment at={job.finishedAt} />
            </Text>
          )}
        </Group>
      )}
      {start.error !== null && <Failure error={start.error} />}
      {job !== null && (
        <TrialFound id={job.id} isGoing={isRunning} onOver={refresh}>
          {children}
        </TrialFound>
      )}
    </Stack>
  );
}

/** What a trial run has found; asked again while it goes on. */
export function TrialFound({
  id,
  isGoing,
  onOver,
  children,
}: {
  readonly id: string;
  readonly isGoing: boolean;
  /** It has ended since the page was asked for. */
  onOver(): void;
  readonly children: (trial: TrialShown) => ReactNode;
}) {
  const { t } = useTranslation('setup');
  const formats = useFormats();
  const asked = useAsk(SetupTrialDocument, { id }, isGoing ? { everyMs: 700 } : {});
  const isOver = isGoing && asked.data?.job != null && asked.data.job.id === id && !running.has(asked.data.job.status);
  useEffect(() => {
    if (isOver) onOver();
  });
  return (
    <Answer of={asked}>
      {({ job }) => {
        if (job === null || job === undefined) return null;
        if (running.has(job.status)) {
          return (
            <div role="status">
              <Text size="sm">{t('reading', { number: formats.number(job.done) })}</Text>
              <Progress value={100} animated mt={4} aria-label={t('looking')} />
            </div>
          );
        }
        if (job.status === 'FAILED') {
          return (
            <Alert color="red" role="alert" title={t('trialFailed')}>
              {job.error}
            </Alert>
          );
        }
        return job.trial == null ? null : children(job.trial);
      }}
    </Answer>
  );
}

/** How much was looked at. */
export function Looked({ trial }: { readonly trial: TrialShown }) {
  const { t } = useTranslation('setup');
  const { t: kinds } = useTranslation('kinds');
  const formats = useFormats();
  const systems = [...new Set(trial.reads.map(({ system }) => system?.name ?? ''))];
  const isAll = trial.reads.every(({ isComplete }) => isComplete);
  return (
    <div>
      {systems.map((name) => {
        const its = trial.reads.filter(({ system, count }) => (system?.name ?? '') === name && count > 0);
        const parts = its.map(({ entityType, count, isComplete }) =>
          t(isComplete ? 'readAll' : 'readFirst', {
            number: formats.number(count),
            what: kinds(`entities.${entityType}`),
          }),
        );
        return (
          <Text size="sm" key={name}>
            <b>{name}</b> – {parts.length === 0 ? t('readNothing') : formats.list(parts)}
          </Text>
        );
      })}
      {!isAll && (
        <Text size="sm" className="muted">
          {t('notAll')}
        </Text>
      )}
    </div>
  );
}
