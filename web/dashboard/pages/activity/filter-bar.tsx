/** What the log is filtered by; every choice stands in the address. */
import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { ActivityChoicesDocument } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { SearchBox } from '../../parts/search-box.tsx';
import { useStateWord } from '../../parts/status.tsx';
import { actions, entities, hasFilters, outcomes, spanOf, spans, type ActivityFilters } from './filters.ts';

interface Props {
  readonly filters: ActivityFilters;
  onChange(changes: { readonly [name in keyof ActivityFilters]?: string | undefined }): void;
}

export function FilterBar({ filters, onChange }: Props) {
  const { t } = useTranslation('activity');
  const { t: common } = useTranslation();
  const { t: kinds } = useTranslation('kinds');
  const word = useStateWord();
  const { colon } = useFormats();
  const { data } = useAsk(ActivityChoicesDocument, {});
  const named = (list: readonly { readonly id: string; readonly name: string }[] | undefined) =>
    (list ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const choices = [
    { name: 'outcome', label: common('state'), data: outcomes.map((value) => ({ value, label: word('outcome', value) })) }, // prettier-ignore
    { name: 'action', label: t('action'), data: actions.map((value) => ({ value, label: kinds(`action.${value}`) })) },
    { name: 'entity', label: t('entity'), data: entities.map((value) => ({ value, label: kinds(`entities.${value}`) })) }, // prettier-ignore
    { name: 'flow', label: t('flow'), data: named(data?.flows) },
    { name: 'system', label: common('system'), data: named(data?.systems) },
  ] as const;
  return (
    <Group gap="xs" align="flex-end">
      <SearchBox value={filters.search} label={t('search')} onSearch={(search) => onChange({ search })} />
      {choices.map(({ name, label, data: options }) => (
        <NativeSelect
          key={name}
          aria-label={label}
          title={label}
          value={filters[name] ?? ''}
          onChange={(event) => onChange({ [name]: event.currentTarget.value || undefined })}
          data={[{ value: '', label: `${label}${colon}${common('all')}` }, ...options]}
          maw={230}
          style={{ flex: '1 1 140px' }}
        />
      ))}
      {hasFilters(filters) && (
        <Button
          variant="subtle"
          onClick={
            () =>
            onChange({ search: undefined, outcome: undefined, action: undefined, entity: undefined, flow: undefined, system: undefined, from: undefined, to: undefined, record: undefined, change: undefined }) // prettier-ignore
          }
        >
          {common('clearFilters')}
        </Button>
      )}
    </Group>
  );
}

/** From when to when: moments, or how far the picture looks back. */
export function TimeBar({ filters, onChange }: Props) {
  const { t } = useTranslation('activity');
  const { from, to } = filters;
  const isRange = from !== undefined || to !== undefined;
  const moment = (name: 'from' | 'to') => (
    <TextInput
      type="datetime-local"
      step={1}
      size="xs"
      aria-label={t(name)}
      title={t(name)}
      value={localOf(filters[name])}
      onChange={(event) => onChange({ [name]: isoOf(event.currentTarget.value) })}
    />
  );
  return (
    <Group gap="xs">
      {moment('from')}
      {moment('to')}
      {isRange ? (
        <Button size="xs" variant="light" onClick={() => onChange({ from: undefined, to: undefined })}>
          {t('wholeTime')}
        </Button>
      ) : (
        <NativeSelect
          size="xs"
          aria-label={t('span')}
          title={t('span')}
          value={spanOf(filters)}
          onChange={(event) => onChange({ span: event.currentTarget.value })}
          data={spans.map((value) => ({ value, label: t(`spans.${value}`) }))}
        />
      )}
    </Group>
  );
}

/** A moment as the browser's own input has it: local time, without a zone. */
function localOf(moment: string | undefined): string {
  if (moment === undefined) return '';
  const at = new Date(moment);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

const isoOf = (local: string): string | undefined => (local === '' ? undefined : new Date(local).toISOString());
