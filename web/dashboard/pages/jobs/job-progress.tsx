/** How far a job is: a bar, how many of how many, and how long it will go on at the speed of until now. */
import { Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JobAboutFragment, JobRowFragment } from '../../graph/graphql.ts';
import type { JobKind } from '../../graph/kinds.ts';
import { useFormats } from '../../parts/formats.ts';
import { useNow } from '../../parts/now.ts';
import './job-progress.css';

export const isOver = ({ finishedAt }: Pick<JobRowFragment, 'finishedAt'>): boolean => finishedAt != null;

const tallied: readonly string[] = ['REPLAY', 'BACKFILL', 'REPAIR', 'UNDO'] satisfies readonly JobKind[];

/** Whether it counts what is in order, what failed and what was left out. */
export const hasTally = ({ kind }: Pick<JobRowFragment, 'kind'>): boolean => tallied.includes(kind);

/** Whether it is told by how much it has read. */
export const onlyReads = ({ kind }: Pick<JobRowFragment, 'kind'>): boolean =>
  kind === 'RECONCILIATION' || kind === 'TRIAL' || kind === 'EXPORT';

/** Milliseconds until it is done; null when that cannot be said. */
export function remainingMs(
  { done, total, startedAt, finishedAt }: Pick<JobRowFragment, 'done' | 'total' | 'startedAt' | 'finishedAt'>,
  now: number,
): number | null {
  if (finishedAt != null || startedAt == null || total == null || done <= 0 || done >= total) return null;
  const went = now - new Date(startedAt).getTime();
  return went <= 0 ? null : (went / done) * (total - done);
}

export function JobProgress({ job }: { readonly job: JobRowFragment }) {
  const { t } = useTranslation('jobs');
  const formats = useFormats();
  const now = useNow();
  const { done, total, status } = job;
  const remaining = remainingMs(job, now);
  const isKnown = total != null && total > 0;
  const share = isKnown ? Math.min((done / total) * 100, 100) : isOver(job) ? 100 : 0;
  return (
    <div>
      {total == null && status === 'RUNNING' ? (
        <UnknownProgress label={t('progress')} />
      ) : (
        <Progress
          value={share}
          color={status === 'FAILED' ? 'red' : status === 'SUCCEEDED' ? 'green' : undefined}
          animated={status === 'RUNNING'}
          aria-label={t('progress')}
        />
      )}
      <Group justify="space-between" gap="xs" mt={2}>
        <Text size="xs">
          {isKnown
            ? t('doneOf', { done: formats.number(done), total: formats.number(total) })
            : isOver(job) && onlyReads(job)
              ? t('read', { count: done, number: formats.number(done) })
              : t('doneSoFar', { done: formats.number(done) })}
        </Text>
        <Text size="xs" className="muted">
          {remaining !== null && t('remaining', { duration: formats.duration(remaining) })}
        </Text>
      </Group>
    </div>
  );
}

/** Something goes on, and nobody knows how much of it there is. */
export function UnknownProgress({ label }: { readonly label: string }) {
  return (
    <div role="progressbar" aria-label={label} className="progress-unknown">
      <span />
    </div>
  );
}

/** Kind and, where it has one, the name that somebody gave it, or that of the mapping or flow that it is about. */
export function useJobName(): (job: Pick<JobRowFragment, 'kind' | 'name'> & JobAboutFragment) => string {
  const { t } = useTranslation('jobs');
  const { colon } = useFormats();
  return ({ kind, name, mapping, reconciliation }) => {
    const called = name ?? mapping?.name ?? reconciliation?.flow?.name ?? '';
    return called === '' ? t(`kinds.${kind}`) : `${t(`kinds.${kind}`)}${colon}${called}`;
  };
}

/** Who started it; the hub itself has no name. */
export function useStarter(): (job: Pick<JobRowFragment, 'createdBy'>) => string {
  const { t } = useTranslation('jobs');
  return ({ createdBy }) => (createdBy.__typename === 'SystemProcess' ? t('hub') : createdBy.name);
}
