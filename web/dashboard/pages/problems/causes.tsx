/** Problems by their cause, those with the most records first, each with the action that fits it. */
import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session.tsx';
import type { ProblemCauseFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { RecordTable, type Column } from '../../parts/record-table.tsx';
import { Shape } from '../../parts/status.tsx';
import { CauseLink } from './cause-link.tsx';
import { CauseActions } from './cause-actions.tsx';
import { useCauseTitle } from './naming.ts';
import { Spark } from './spark.tsx';
import type { Tab } from './filters.ts';

export interface CauseRow extends ProblemCauseFragment {
  readonly id: string;
}

/** Causes as rows, by how many records they hold up. */
export const rowsOf = (causes: readonly ProblemCauseFragment[]): readonly CauseRow[] =>
  causes
    .map((cause) => ({ ...cause, id: cause.fingerprint }))
    .sort((a, b) => b.count + b.blockedCount - (a.count + a.blockedCount));

export function Causes({
  rows,
  tab,
  chosen,
  onChoose,
  onFix,
  onReplay,
}: {
  readonly rows: readonly CauseRow[];
  readonly tab: Tab;
  readonly chosen: ReadonlySet<string>;
  onChoose(chosen: ReadonlySet<string>): void;
  onFix(cause: CauseRow): void;
  onReplay(cause: CauseRow): void;
}) {
  const { t } = useTranslation('problems');
  const formats = useFormats();
  const titleOf = useCauseTitle();
  const mayReplay = useMay('REPLAY');
  const columns: readonly Column<CauseRow>[] = [
    {
      key: 'count',
      title: t('records'),
      isFigure: true,
      from: 'sm',
      show: (cause) => <Count cause={cause} tab={tab} />,
    },
    {
      key: 'cause',
      title: t('cause'),
      show: (cause) => (
        <Stack gap={6}>
          <CauseTitle cause={cause} title={titleOf(cause)} tab={tab} />
          {tab === 'open' && <CauseActions cause={cause} onFix={() => onFix(cause)} onReplay={() => onReplay(cause)} />}
        </Stack>
      ),
    },
    { key: 'trend', title: t('lastDay'), from: 'lg', show: ({ trend }) => <Spark counts={trend} /> },
    { key: 'first', title: t('firstSeen'), from: 'md', show: ({ firstSeenAt }) => <Moment at={firstSeenAt} /> },
    { key: 'last', title: t('lastSeen'), from: 'sm', show: ({ lastSeenAt }) => <Moment at={lastSeenAt} /> },
  ];
  const named = new Map(rows.map((row) => [row.id, titleOf(row)]));
  return (
    <RecordTable
      label={t('byCause')}
      rows={rows}
      columns={columns}
      {...(tab === 'open' && mayReplay
        ? {
            selection: {
              chosen,
              onChange: onChoose,
              nameOf: (id) => t('choose', { name: named.get(id) ?? formats.number(1) }),
            },
          }
        : {})}
    />
  );
}

/** How many records: those that failed, and those that only wait because of them. */
function Count({ cause: { fingerprint, count, blockedCount }, tab }: { readonly cause: CauseRow; readonly tab: Tab }) {
  const { t } = useTranslation('problems');
  const formats = useFormats();
  const all = tab === 'open' ? count + blockedCount : count;
  return (
    <CauseLink fingerprint={fingerprint} tab={tab} fw={700} size="lg" title={t('showRecords')}>
      {formats.number(all)}
    </CauseLink>
  );
}

const tones = { open: 'failed', retrying: 'retrying', ended: 'ok' } as const;

export function CauseTitle({
  cause: { classification, count, blockedCount, flow, example, fingerprint },
  title,
  tab = 'open',
}: {
  readonly cause: ProblemCauseFragment;
  readonly title: string;
  readonly tab?: Tab;
}) {
  const { t } = useTranslation('problems');
  const { t: kinds } = useTranslation('kinds');
  const formats = useFormats();
  return (
    <Stack gap={2}>
      <Group gap={8} wrap="nowrap" align="baseline">
        <span style={{ flex: 'none' }}>
          <Shape tone={tones[tab]} />
        </span>
        <CauseLink fingerprint={fingerprint} tab={tab} c="inherit" fw={600} style={{ overflowWrap: 'anywhere' }}>
          <Text span inherit hiddenFrom="sm">
            {formats.number(tab === 'open' ? count + blockedCount : count)} ×{' '}
          </Text>
          {title}
        </CauseLink>
      </Group>
      <Group gap={8} pl={20}>
        <Badge variant="default" size="sm" tt="none">
          {kinds(`class.${classification}`)}
        </Badge>
        {example.entityType != null && (
          <Text size="sm" className="muted">
            {kinds(`entities.${example.entityType}`)}
          </Text>
        )}
        {flow != null && (
          <Anchor component={Link} to={`/flows/${flow.id}`} size="sm">
            {flow.name}
          </Anchor>
        )}
        {blockedCount > 0 && (
          <Text size="sm">
            <Shape tone="blocked" size={10} />{' '}
            {t('behind', { count: blockedCount, failed: t('failedOnes', { count }) })}
          </Text>
        )}
      </Group>
      {flow?.state === 'SUSPENDED' && (
        <Text size="sm" pl={20}>
          {t('flowStopped')}
        </Text>
      )}
    </Stack>
  );
}
