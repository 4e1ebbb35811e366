/** /jobs/$jobId: how far a job is, as it goes on, and what came of it. */
import { Alert, Anchor, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keyOf } from '../../api/again.ts';
import { useAsk, useCommand } from '../../api/hooks.ts';
import { useLive } from '../../api/live.ts';
import { useMay, useUser } from '../../app/session.tsx';
import {
  JobCancelDocument,
  JobPageDocument,
  JobProgressedDocument,
  type JobPageQuery,
  type JobRowFragment,
} from '../../graph/graphql.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { Page } from '../../parts/page.tsx';
import { PageOfOne } from '../../parts/page-of-one.tsx';
import { Status } from '../../parts/status.tsx';
import { UndoChanges, useMayUndo } from '../undo/undo-changes.tsx';
import { ErasureReport } from './erasure-report.tsx';
import { ExportResult } from './export-result.tsx';
import { ImpactReport } from './impact-report.tsx';
import { hasTally, isOver, JobProgress, useJobName, useStarter } from './job-progress.tsx';

const route = getRouteApi('/inside/jobs/$jobId');

type Job = NonNullable<JobPageQuery['job']>;

export function JobPage() {
  const { t } = useTranslation('jobs');
  const { t: common } = useTranslation();
  const { jobId } = route.useParams();
  const asked = useAsk(JobPageDocument, { id: jobId });
  useProgress(jobId, asked.data?.job ?? null);
  return (
    <PageOfOne
      of={asked}
      pick={({ job }) => job}
      kind={t('job')}
      list={{ path: '/jobs', name: common('pageJobs') }}
      none={t('notFound')}
    >
      {(job) => <Shown job={job} />}
    </PageOfOne>
  );
}

/** Follows the job until it has ended; what it found is asked for then. */
function useProgress(jobId: string, job: Job | null): void {
  const answers = useQueryClient();
  const key = keyOf(JobPageDocument, { id: jobId });
  const isDone = job !== null && isOver(job);
  useEffect(() => {
    // What other pages were told a moment ago may be what the job has changed: nobody reads the name of who was just erased.
    if (isDone) void answers.invalidateQueries({ refetchType: 'none' });
  }, [isDone, answers]);
  useLive(
    JobProgressedDocument,
    { jobId },
    {
      isOff: job === null || isDone,
      onNews: ({ jobProgressed }) => {
        // The news do not tell what it has found, without which its end must not be shown.
        if (isOver(jobProgressed)) return void answers.invalidateQueries({ queryKey: key });
        answers.setQueryData<JobPageQuery>(key, (before) =>
          before?.job == null ? before : { ...before, job: { ...before.job, ...jobProgressed } },
        );
      },
      onResume: () => void answers.invalidateQueries({ queryKey: key }),
    },
  );
}

function Shown({ job }: { readonly job: Job }) {
  const { t } = useTranslation('jobs');
  const nameOf = useJobName();
  const starterOf = useStarter();
  const { status, createdAt, startedAt, finishedAt, error, impact, erasure, exportFile } = job;
  return (
    <Page
      title={nameOf(job)}
      about={
        <Group gap="sm">
          <Status kind="job" state={status} />
          <span>
            {t('startedBy', { name: starterOf(job) })} <Moment at={createdAt} />
          </span>
          {startedAt != null && finishedAt != null && <Took from={startedAt} to={finishedAt} />}
        </Group>
      }
      actions={
        <>
          <UndoUndo job={job} />
          <Cancel job={job} />
        </>
      }
    >
      <div role="status" aria-live="polite">
        <JobProgress job={job} />
      </div>
      {error != null && (
        <Alert color="red" title={t('failed')}>
          {error}
        </Alert>
      )}
      {isOver(job) && hasTally(job) && <Result job={job} />}
      {job.kind === 'RECONCILIATION' && <Compared job={job} />}
      {job.kind === 'EXPORT' && job.status === 'SUCCEEDED' && <ExportResult file={exportFile ?? null} />}
      {erasure != null && <ErasureReport report={erasure} />}
      {impact != null && <ImpactReport jobId={job.id} impact={impact} />}
    </Page>
  );
}

function Took({ from, to }: { readonly from: string; readonly to: string }) {
  const { t } = useTranslation('jobs');
  const formats = useFormats();
  return <span>{t('took', { duration: formats.duration(new Date(to).getTime() - new Date(from).getTime()) })}</span>;
}

function Result({ job: { kind, succeeded, failed, skipped } }: { readonly job: JobRowFragment }) {
  const { t } = useTranslation('jobs');
  const formats = useFormats();
  const parts =
    kind === 'UNDO'
      ? ([['putBack', succeeded], ['leftAlone', skipped]] as const)
      : ([['succeeded', succeeded], ['failedCount', failed], ['skipped', skipped]] as const); // prettier-ignore
  return (
    <Card withBorder component="section" aria-label={t('result')}>
      <Title order={2}>{t('result')}</Title>
      <Group gap="xl" mt="xs">
        {parts.map(([word, count]) => (
          <Stack key={word} gap={0}>
            <Text fw={700} size="xl">
              {formats.number(count)}
            </Text>
            <Text size="sm" className="muted">
              {t(word)}
            </Text>
          </Stack>
        ))}
      </Group>
    </Card>
  );
}

/** A comparison has a page of its own, also while it goes on. */
function Compared({ job: { reconciliation } }: { readonly job: Job }) {
  const { t } = useTranslation('jobs');
  if (reconciliation == null) return <Text size="sm">{t('comparisonGone')}</Text>;
  return (
    <Text size="sm">
      <Anchor component={Link} to={`/comparisons/${reconciliation.id}`}>
        {t('toComparison')}
      </Anchor>
    </Text>
  );
}

/** Takes back what the job has put back. */
function UndoUndo({ job }: { readonly job: Job }) {
  const { t } = useTranslation('undo');
  const mayUndo = useMayUndo();
  const [isOpen, setOpen] = useState(false);
  if (!mayUndo || job.kind !== 'UNDO' || !isOver(job) || job.done === 0) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('ofJob')}
      </Button>
      {isOpen && <UndoChanges of={{ kind: 'job', jobId: job.id }} onClose={() => setOpen(false)} />}
    </>
  );
}

function Cancel({ job }: { readonly job: Job }) {
  const { t } = useTranslation('jobs');
  const formats = useFormats();
  const { kind, createdBy } = job;
  const { id } = useUser();
  // Whoever only reads may stop what he has begun himself.
  const isOwn = kind === 'EXPORT' && createdBy.__typename === 'User' && createdBy.id === id;
  const may = [useMay('REPLAY'), useMay('WRITE_MAPPINGS'), isOwn].some(Boolean);
  const [isOpen, setOpen] = useState(false);
  const { run, isRunning, error, forget } = useCommand(JobCancelDocument, [JobPageDocument]);
  if (!may || isOver(job)) return null;
  const left = job.total == null ? null : Math.max(job.total - job.done, 0);
  return (
    <>
      <Button variant="default" disabled={job.status === 'CANCELLING'} onClick={() => setOpen(true)}>
        {t('cancel')}
      </Button>
      <Confirm
        title={t('cancelTitle')}
        action={t('cancel')}
        isOpen={isOpen}
        isRunning={isRunning}
        error={error}
        onClose={() => {
          forget();
          setOpen(false);
        }}
        onConfirm={() => void run({ input: { id: job.id } }).then(() => setOpen(false), () => undefined)} // prettier-ignore
      >
        <Text size="sm">
          {kind === 'EXPORT'
            ? t('cancelExport')
            : left === null
              ? t('cancelEffect')
              : t('cancelEffectCount', { count: left, number: formats.number(left) })}
        </Text>
      </Confirm>
    </>
  );
}
