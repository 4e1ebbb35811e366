/** Why the log is empty: nothing yet, nothing that matches, or nothing at that time, and then where the last one is. */
import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { ActivityPageDocument } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { Nothing } from '../../parts/nothing.tsx';
import { filterOf, hasFilters, momentsOf, type ActivityFilters } from './filters.ts';

/** So much around the last event is shown. */
const aroundMs = 300_000;

export function NoEvents({
  filters,
  onChange,
}: {
  readonly filters: ActivityFilters;
  onChange(changes: { readonly [name in keyof ActivityFilters]?: string | undefined }): void;
}) {
  const { t } = useTranslation('activity');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const isRange = Object.keys(momentsOf(filters)).length > 0;
  const { data, isPlaceholderData } = useAsk(
    ActivityPageDocument,
    { filter: filterOf(filters), search: filters.search ?? null, first: 1, after: null },
    { isOff: !isRange },
  );
  if (!hasFilters(filters)) {
    return (
      <Nothing kind="yet" title={t('noneYet')}>
        <Text size="sm">{t('noneYetHint')}</Text>
      </Nothing>
    );
  }
  const last = data?.syncEvents.nodes[0]?.occurredAt;
  // Where another filter has its last event is no place to jump to.
  if (!isRange || last === undefined || isPlaceholderData)
    return <Nothing kind="matches" title={common('nothingMatches')} />;
  const at = new Date(last).getTime();
  const iso = (ms: number): string => new Date(ms).toISOString();
  return (
    <Nothing kind="matches" title={t('noneInRange', { moment: formats.moment(last) })}>
      <Button variant="light" onClick={() => onChange({ from: iso(at - aroundMs), to: iso(at + aroundMs) })}>
        {t('jump')}
      </Button>
    </Nothing>
  );
}
