/** Problems one by one. */
import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session.tsx';
import type { ProblemRowFragment } from '../../graph/graphql.ts';
import { Moment } from '../../parts/moment.tsx';
import { RecordTable, type Column } from '../../parts/record-table.tsx';
import { Status } from '../../parts/status.tsx';
import type { Tab } from './filters.ts';
import { useProblemName } from './naming.ts';

export function ProblemTable({
  rows,
  tab,
  chosen,
  onChoose,
}: {
  readonly rows: readonly ProblemRowFragment[];
  readonly tab: Tab;
  readonly chosen: ReadonlySet<string>;
  onChoose(chosen: ReadonlySet<string>): void;
}) {
  const { t } = useTranslation('problems');
  const { t: kinds } = useTranslation('kinds');
  const nameOf = useProblemName();
  const isEnded = tab === 'ended';
  const mayReplay = useMay('REPLAY');
  const columns: readonly Column<ProblemRowFragment>[] = [
    {
      key: 'record',
      title: t('record'),
      show: (problem) => (
        <Stack gap={2}>
          <Anchor component={Link} to={`/problems/${problem.id}`} fw={600} style={{ overflowWrap: 'anywhere' }}>
            {nameOf(problem)}
          </Anchor>
          <Text size="sm" lineClamp={3} title={problem.error.message} style={{ overflowWrap: 'anywhere' }}>
            {problem.error.message}
          </Text>
          {problem.tags.length > 0 && (
            <Group gap={4}>
              {problem.tags.map((tag) => (
                <Badge key={tag} size="sm" variant="light" tt="none">
                  {tag}
                </Badge>
              ))}
            </Group>
          )}
        </Stack>
      ),
    },
    { key: 'state', title: t('state'), from: 'sm', show: ({ status }) => <Status kind="problem" state={status} /> },
    { key: 'class', title: t('class'), from: 'lg', show: ({ error }) => kinds(`class.${error.classification}`) },
    { key: 'assignee', title: t('assignee'), from: 'md', show: ({ assignee }) => assignee?.name ?? '–' },
    {
      key: 'when',
      title: isEnded ? t('endedAt') : t('since'),
      from: 'xs',
      show: ({ resolvedAt, firstFailedAt }) => <Moment at={(isEnded ? resolvedAt : null) ?? firstFailedAt} />,
    },
    { key: 'tries', title: t('tries'), isFigure: true, from: 'lg', show: ({ attemptCount }) => attemptCount },
  ];
  const named = new Map(rows.map((row) => [row.id, nameOf(row)]));
  return (
    <RecordTable
      label={t('oneByOne')}
      rows={rows}
      columns={columns}
      pathOf={({ id }) => `/problems/${id}`}
      {...(isEnded || !mayReplay
        ? {}
        : { selection: { chosen, onChange: onChoose, nameOf: (id) => t('choose', { name: named.get(id) ?? '' }) } })}
    />
  );
}
