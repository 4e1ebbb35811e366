/** When which alerts were there, as lanes and as a table, and the list of those that have ended. */
import { Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { AlertsEndedDocument, type AlertsAlertFragment } from '../../graph/graphql.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { useNow } from '../../parts/now.ts';
import { argumentsOf, Pager } from '../../parts/pager.tsx';
import { RecordTable, type Column } from '../../parts/record-table.tsx';
import { WhoKnows } from './alert-card.tsx';
import { everyMs } from './every-ms.ts';
import { Lanes } from './lanes.tsx';
import { Messages } from './messages.tsx';
import { dayMs, usePeriods } from './periods.ts';
import { spans, usualSpan, type AlertSearch, type Span } from './search.ts';

const pageSize = 20;

export function History({
  search,
  onMove,
}: {
  readonly search: AlertSearch;
  onMove(change: Partial<AlertSearch>): void;
}) {
  const { t } = useTranslation('alerts');
  const days = search.days ?? usualSpan;
  const now = useNow();
  const lanes = usePeriods(days * dayMs, now);
  const ended = useAsk(AlertsEndedDocument, argumentsOf(search, pageSize), { everyMs });
  return (
    <Stack component="section" gap="sm" aria-label={t('history')}>
      <Group justify="space-between">
        <Title order={2}>{t('history')}</Title>
        <SegmentedControl
          size="xs"
          aria-label={t('span')}
          value={String(days)}
          data={spans.map((each) => ({ value: String(each), label: t('days', { count: each }) }))}
          onChange={(value) => onMove({ days: Number(value) as Span })}
        />
      </Group>
      <Answer of={lanes} skeleton={<Lines count={3} height={32} />}>
        {({ alerts, isCut }) => <Lanes alerts={alerts} isCut={isCut} days={days} />}
      </Answer>
      <Answer of={ended}>
        {({ alerts: { nodes, pageInfo, totalCount } }) =>
          nodes.length === 0 ? (
            <Text size="sm" className="muted">
              {t('noneEnded')}
            </Text>
          ) : (
            <>
              <EndedList rows={nodes} />
              <Pager info={pageInfo} count={totalCount} onMove={onMove} />
            </>
          )
        }
      </Answer>
    </Stack>
  );
}

function EndedList({ rows }: { readonly rows: readonly AlertsAlertFragment[] }) {
  const { t } = useTranslation('alerts');
  const formats = useFormats();
  const columns: readonly Column<AlertsAlertFragment>[] = [
    { key: 'alert', title: t('alert'), show: (alert) => <Ended alert={alert} /> },
    { key: 'began', title: t('beganHead'), from: 'md', show: ({ startedAt }) => <Moment at={startedAt} /> },
    {
      key: 'ended',
      title: t('endedHead'),
      from: 'sm',
      show: ({ resolvedAt }) => (resolvedAt == null ? '–' : <Moment at={resolvedAt} />),
    },
    {
      key: 'lasted',
      title: t('lasted'),
      isFigure: true,
      show: ({ startedAt, resolvedAt }) =>
        resolvedAt == null ? '–' : formats.duration(Date.parse(resolvedAt) - Date.parse(startedAt)),
    },
  ];
  return <RecordTable label={t('endedOnes')} rows={rows} columns={columns} />;
}

/** Its messages and who knew of it are behind a word that opens. */
function Ended({ alert }: { readonly alert: AlertsAlertFragment }) {
  const { t } = useTranslation('alerts');
  return (
    <details className="alert-ended">
      <summary>{alert.title}</summary>
      <Stack gap={4} pt={4}>
        <Text size="sm">{alert.description}</Text>
        <Text size="sm" className="muted">
          {alert.rule == null ? t('ruleGone') : t('byRule', { rule: alert.rule.name })}
        </Text>
        <WhoKnows alert={alert} />
        <Messages of={alert} />
      </Stack>
    </details>
  );
}
