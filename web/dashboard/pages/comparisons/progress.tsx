/** A comparison or a repair that goes on: how far it is, as it tells, and how it is stopped. */
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { useLive } from '../../api/live.ts';
import { useMay } from '../../app/session.tsx';
import {
  ComparisonHistoryDocument,
  ComparisonPageDocument,
  ComparisonsDocument,
  FlowsPageDocument,
  JobCancelDocument,
  JobProgressedDocument,
  type JobRowFragment,
} from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { Status } from '../../parts/status.tsx';
import { toldFailure } from '../../parts/told.ts';
import { isOver, UnknownProgress } from '../jobs/job-progress.tsx';

/** What shows comparisons that go on. */
export const comparisonViews = [
  ComparisonsDocument,
  ComparisonPageDocument,
  ComparisonHistoryDocument,
  FlowsPageDocument,
];

/** The job as it tells of itself; `onOver`: it has ended, or some of its news may be missing. */
export function useFollowedJob(job: JobRowFragment | null, onOver: () => void): JobRowFragment | null {
  const [told, setTold] = useState<JobRowFragment | null>(null);
  const latest = job !== null && told?.id === job.id && !isOver(job) ? told : job;
  useLive(
    JobProgressedDocument,
    { jobId: job?.id ?? '' },
    {
      isOff: job === null || isOver(job),
      onNews: ({ jobProgressed }) => {
        setTold(jobProgressed);
        if (isOver(jobProgressed)) onOver();
      },
      onResume: onOver,
    },
  );
  return latest;
}

/** Reading both systems: nobody knows beforehand how much there is to read. */
export function Reading({ job, onOver }: { readonly job: JobRowFragment; onOver(): void }) {
  const { t } = useTranslation('comparisons');
  const formats = useFormats();
  const latest = useFollowedJob(job, onOver) ?? job;
  return (
    <div>
      <UnknownProgress label={t('progress')} />
      <Group justify="space-between" gap="xs" mt={2}>
        <Text size="xs" role="status">
          {latest.status === 'RUNNING' ? (
            t('reading', { count: latest.done, number: formats.number(latest.done) })
          ) : (
            <Status kind="job" state={latest.status} />
          )}
        </Text>
        <Stop job={latest} />
      </Group>
    </div>
  );
}

/** Nothing is lost by it: what was found before stays. */
function Stop({ job }: { readonly job: JobRowFragment }) {
  const { t } = useTranslation('comparisons');
  const mayReplay = useMay('REPLAY');
  const { run, isRunning } = useCommand(JobCancelDocument, comparisonViews);
  if (!mayReplay || isOver(job)) return null;
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      loading={isRunning}
      disabled={job.status === 'CANCELLING'}
      onClick={() => void run({ input: { id: job.id } }).catch(toldFailure)}
    >
      {t('stop')}
    </Button>
  );
}
