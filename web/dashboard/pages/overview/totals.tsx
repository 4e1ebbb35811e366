/** How many records came through in 24 hours, against the 24 hours before; every number leads to its list. */
import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { OverviewCountsFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { Panel } from './panel.tsx';
import type { Seen } from './seen.ts';

/** Which events are behind a number. */
const filters = {
  updated: { outcome: 'SUCCEEDED', action: 'UPDATE' },
  created: { outcome: 'SUCCEEDED', action: 'CREATE' },
  unchanged: { outcome: 'UNCHANGED' },
  excluded: { outcome: 'EXCLUDED' },
  failed: { outcome: 'FAILED' },
} as const satisfies Record<keyof OverviewCountsFragment, object>;

export function Totals({ overview }: { readonly overview: Seen }) {
  const { t } = useTranslation('overview');
  const formats = useFormats();
  const { counts, previousCounts, activity, openDeadLetters, openFieldConflicts, firingAlerts } = overview;
  const from = activity[0]?.from;
  return (
    <Panel title={t('totalsTitle')}>
      <table className="overview-totals" style={{ fontSize: 'var(--mantine-font-size-sm)' }}>
        <thead>
          <tr>
            <th scope="col">
              <Text span size="xs" className="muted">
                {t('countHead')}
              </Text>
            </th>
            <th scope="col" aria-label={t('kindHead')} />
            <th scope="col">
              <Text span size="xs" className="muted">
                {t('before')}
              </Text>
            </th>
          </tr>
        </thead>
        <tbody>
          {(Object.keys(filters) as (keyof typeof filters)[]).map((kind) => (
            <tr key={kind}>
              <td>
                <Anchor component={Link} to="/activity" search={{ ...filters[kind], from } as never} fw={650}>
                  {formats.number(counts[kind])}
                </Anchor>
              </td>
              <th scope="row">{t(kind)}</th>
              <td>
                <Delta now={counts[kind]} before={previousCounts[kind]} isBad={kind === 'failed'} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Text size="sm" mt="sm" className="overview-open">
        <Anchor component={Link} to="/alerts" size="sm">
          {t('alerts', { count: firingAlerts })}
        </Anchor>
        <Anchor component={Link} to="/problems" size="sm">
          {t('openProblems', { count: openDeadLetters })}
        </Anchor>
        {openFieldConflicts > 0 && (
          <Anchor component={Link} to="/conflicts" size="sm">
            {t('openConflicts', { count: openFieldConflicts })}
          </Anchor>
        )}
      </Text>
    </Panel>
  );
}

/** More or less than before: an arrow and by how much; red only where more is worse. */
function Delta({ now, before, isBad }: { readonly now: number; readonly before: number; readonly isBad: boolean }) {
  const { t } = useTranslation('overview');
  const formats = useFormats();
  if (now === before) return <span className="muted">{t('same')}</span>;
  const isMore = now > before;
  const size = before === 0 ? formats.number(now) : formats.percent(Math.abs(now - before) / before);
  return (
    <span
      className={isBad && isMore ? 'tone-failed' : 'muted'}
      title={t('beforeWas', { number: formats.number(before) })}
    >
      <span aria-hidden="true">{isMore ? '▲' : '▼'} </span>
      <span className="overview-hidden">{isMore ? t('more') : t('less')} </span>
      {size}
    </span>
  );
}
