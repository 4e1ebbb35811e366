/** The comparisons of a flow, the newest first: how it came to agree, or ceased to. */
import { Anchor, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { ComparisonHistoryDocument, type ComparisonHistoryQuery } from '../../graph/graphql.ts';
import { Moment } from '../../parts/moment.tsx';
import { RecordTable, type Column } from '../../parts/record-table.tsx';
import { Shape, Status } from '../../parts/status.tsx';
import { BalanceBar, useVerdictWords } from './balance.tsx';
import type { ShownComparison } from './shown-comparison.ts';
import { toneOfVerdict, verdictOf } from './verdict.ts';

const first = 10;
/** Another one of the same flow may be started by somebody else, or by itself. */
const everyMs = 10_000;
type Row = ComparisonHistoryQuery['reconciliations']['nodes'][number];

/** The list with the one that is shown as its page knows it: that may have begun, or ended, since the list was asked for. */
function withShown(listed: readonly Row[], shown: Row): readonly Row[] {
  if (listed.some(({ id }) => id === shown.id)) return listed.map((row) => (row.id === shown.id ? shown : row));
  const [newest] = listed;
  return newest === undefined || newest.startedAt < shown.startedAt ? [shown, ...listed] : listed;
}

/** Nothing when there is only the one that is shown. */
export function History({ flowId, shown }: { readonly flowId: string; readonly shown: ShownComparison }) {
  const { t } = useTranslation('comparisons');
  const { data } = useAsk(ComparisonHistoryDocument, { flowId, first }, { everyMs });
  const words = useVerdictWords();
  const rows = withShown(data?.reconciliations.nodes ?? [], shown);
  if (rows.every(({ id }) => id === shown.id)) return null;
  const columns: readonly Column<Row>[] = [
    {
      key: 'when',
      title: t('when'),
      show: ({ id, startedAt }) =>
        id === shown.id ? (
          <>
            <Moment at={startedAt} />
            <Text size="xs" className="muted">
              {t('thisOne')}
            </Text>
          </>
        ) : (
          <Anchor component={Link} to={`/comparisons/${id}`} size="sm">
            <Moment at={startedAt} />
          </Anchor>
        ),
    },
    {
      key: 'result',
      title: t('result'),
      show: ({ status, counts }) =>
        status === 'SUCCEEDED' ? (
          <span className="status balance-words">
            <Shape tone={toneOfVerdict[verdictOf(counts)]} />
            {words(counts)}
          </span>
        ) : (
          <Status kind="job" state={status} />
        ),
    },
    {
      key: 'bar',
      title: t('balance'),
      from: 'sm',
      show: ({ status, counts }) => status === 'SUCCEEDED' && <BalanceBar counts={counts} />,
    },
  ];
  return (
    <section aria-label={t('history')}>
      <Title order={2}>{t('history')}</Title>
      <RecordTable label={t('history')} rows={rows} columns={columns} pathOf={({ id }) => `/comparisons/${id}`} />
    </section>
  );
}
