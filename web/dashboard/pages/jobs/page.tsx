/** /jobs: long work that somebody has started, the newest first. */
import { Anchor, Group, NativeSelect, Text } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { JobsPageDocument, type JobAboutFragment, type JobRowFragment } from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { Nothing } from '../../parts/nothing.tsx';
import { Page } from '../../parts/page.tsx';
import { argumentsOf, Pager, placeOf } from '../../parts/pager.tsx';
import { RecordTable, type Column } from '../../parts/record-table.tsx';
import { Status, useStateWord } from '../../parts/status.tsx';
import { hasTally, isOver, JobProgress, onlyReads, useJobName, useStarter } from './job-progress.tsx';
import { jobKinds, jobStatuses, type JobsSearch } from './search.ts';

const route = getRouteApi('/inside/jobs');
const pageSize = 25;
/** While something is under way the list is asked again; each job tells of itself only on its own page. */
const everyMs = 2_000;

export function JobsPage() {
  const { t } = useTranslation('jobs');
  const { t: common } = useTranslation();
  const search = route.useSearch();
  const navigate = useNavigate();
  const word = useStateWord();
  const { colon } = useFormats();
  const { kind, status } = search;
  const filter = {
    ...(kind === undefined ? {} : { kind: [kind] }),
    ...(status === undefined ? {} : { status: [status] }),
  };
  const asked = useAsk(
    JobsPageDocument,
    { filter, ...argumentsOf(placeOf(search as Record<string, unknown>), pageSize) },
    { everyMs },
  );
  const go = (changes: { readonly [name in keyof JobsSearch]?: string | undefined }): void =>
    void navigate({ to: '/jobs', search: { kind, status, ...changes } as JobsSearch });
  const columns = useColumns();
  return (
    <Page title={common('pageJobs')} about={t('about')}>
      <Group gap="xs">
        <NativeSelect
          aria-label={t('kind')}
          value={kind ?? ''}
          onChange={(event) => go({ kind: event.currentTarget.value || undefined })}
          data={[{ value: '', label: `${t('kind')}${colon}${common('all')}` }, ...jobKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))]} // prettier-ignore
        />
        <NativeSelect
          aria-label={common('state')}
          value={status ?? ''}
          onChange={(event) => go({ status: event.currentTarget.value || undefined })}
          data={[{ value: '', label: `${common('state')}${colon}${common('all')}` }, ...jobStatuses.map((value) => ({ value, label: word('job', value) }))]} // prettier-ignore
        />
      </Group>
      <Answer of={asked}>
        {({ jobs: { nodes, pageInfo, totalCount } }) =>
          nodes.length === 0 ? (
            <None isFiltered={kind !== undefined || status !== undefined} />
          ) : (
            <>
              <RecordTable
                label={common('pageJobs')}
                rows={nodes}
                columns={columns}
                pathOf={({ id }) => `/jobs/${id}`}
              />
              <Pager info={pageInfo} count={totalCount} onMove={(place) => go({ ...place })} />
            </>
          )
        }
      </Answer>
    </Page>
  );
}

function None({ isFiltered }: { readonly isFiltered: boolean }) {
  const { t } = useTranslation('jobs');
  const { t: common } = useTranslation();
  if (isFiltered) {
    return (
      <Nothing kind="matches" title={common('nothingMatches')}>
        <Anchor component={Link} to="/jobs" search={{} as never}>
          {common('clearFilters')}
        </Anchor>
      </Nothing>
    );
  }
  return (
    <Nothing kind="yet" title={t('none')}>
      <Text size="sm">{t('noneHint')}</Text>
    </Nothing>
  );
}

function useColumns(): readonly Column<JobRowFragment & JobAboutFragment>[] {
  const { t } = useTranslation('jobs');
  const { t: common } = useTranslation();
  const nameOf = useJobName();
  const starterOf = useStarter();
  return [
    {
      key: 'name',
      title: t('what'),
      show: (job) => (
        <Anchor component={Link} to={`/jobs/${job.id}`} size="sm">
          {nameOf(job)}
        </Anchor>
      ),
    },
    { key: 'state', title: common('state'), show: ({ status }) => <Status kind="job" state={status} /> },
    {
      key: 'progress',
      title: t('progress'),
      from: 'sm',
      show: (job) => (isOver(job) ? <Ended job={job} /> : <JobProgress job={job} />),
    },
    { key: 'by', title: t('by'), from: 'md', show: starterOf },
    { key: 'when', title: common('when'), show: ({ createdAt }) => <Moment at={createdAt} /> },
  ];
}

/** What came of a job, in the numbers that its kind has. */
function Ended({ job }: { readonly job: JobRowFragment }) {
  const { t } = useTranslation('jobs');
  const formats = useFormats();
  const { done, succeeded, failed, skipped } = job;
  if (onlyReads(job)) return t('read', { count: done, number: formats.number(done) });
  if (!hasTally(job)) return <JobProgress job={job} />;
  const numbers = { done: formats.number(succeeded), failed: formats.number(failed), skipped: formats.number(skipped) };
  return t('ended', numbers);
}
