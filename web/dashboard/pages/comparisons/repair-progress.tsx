/** A repair as the job that it is: how far, what came of it, and the advice to compare again. */
import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useEffectEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useRefresh } from '../../api/hooks.ts';
import { ComparisonRepairJobDocument, type JobRowFragment } from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { isOver, JobProgress } from '../jobs/job-progress.tsx';
import { useFollowedJob } from './progress.tsx';

export function RepairProgress({
  jobId,
  onOver,
  again,
}: {
  readonly jobId: string;
  onOver(): void;
  /** The button that compares again; nothing for those who may not. */
  readonly again: ReactNode;
}) {
  const asked = useAsk(ComparisonRepairJobDocument, { id: jobId });
  return (
    <Answer of={asked} skeleton={null}>
      {({ job }) => job?.id === jobId && <Followed key={job.id} {...{ job, onOver, again }} />}
    </Answer>
  );
}

function Followed({ job, onOver, again }: { readonly job: JobRowFragment; onOver(): void; readonly again: ReactNode }) {
  const { t } = useTranslation('comparisons');
  const { t: jobs } = useTranslation('jobs');
  const formats = useFormats();
  const refresh = useRefresh([ComparisonRepairJobDocument], 0);
  const latest = useFollowedJob(job, refresh) ?? job;
  const { id, succeeded, failed, skipped, error } = latest;
  const hasEnded = isOver(latest);
  const end = useEffectEvent(onOver);
  // However it was heard of: a short repair is over when it is asked for the first time.
  useEffect(() => {
    if (hasEnded) end();
  }, [hasEnded]);
  return (
    <Paper withBorder p="md" component="section" aria-label={t('repairTold')}>
      <Title order={2} mb="xs">
        {t('repairTold')}
      </Title>
      <Stack gap="xs">
        <JobProgress job={latest} />
        <Text size="sm" role="status">
          {hasEnded &&
            jobs('ended', {
              ...{ done: formats.number(succeeded), failed: formats.number(failed) },
              skipped: formats.number(skipped),
            })}{' '}
          {error}
        </Text>
        {hasEnded && <Text size="sm">{t('provesOnly')}</Text>}
        <Group gap="md">
          {hasEnded && again}
          <Anchor component={Link} to={`/jobs/${id}`} size="sm">
            {t('toJob')}
          </Anchor>
        </Group>
      </Stack>
    </Paper>
  );
}
