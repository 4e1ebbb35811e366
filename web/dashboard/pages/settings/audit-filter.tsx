/** Which entries of the audit are shown: whose, what was done, to what, between which days. */
import { Group, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { SettingsAuditActorsDocument, type AuditFilter } from '../../graph/graphql.ts';

export interface AuditSearch {
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  /** Days, as the browser writes them. */
  readonly from?: string;
  readonly until?: string;
}

const names = ['actor', 'action', 'subject', 'from', 'until'] as const;

/** What of an address is a filter of the audit. */
export const auditSearchOf = (given: Readonly<Record<string, unknown>>): AuditSearch =>
  Object.fromEntries(names.flatMap((name) => (typeof given[name] === 'string' ? [[name, given[name]]] : [])));

const startOf = (day: string, later = 0): string => {
  const at = new Date(`${day}T00:00:00`);
  at.setDate(at.getDate() + later);
  return at.toISOString();
};

/** In the words of the graph; days begin where the person is. */
export const auditFilterOf = ({ actor, action, subject, from, until }: AuditSearch): AuditFilter => ({
  ...(actor === undefined ? {} : { actorId: actor }),
  ...(action === undefined ? {} : { action: { eq: action } }),
  ...(subject === undefined ? {} : { subjectType: [subject] }),
  ...(from === undefined && until === undefined
    ? {}
    : {
        at: {
          ...(from === undefined ? {} : { from: startOf(from) }),
          ...(until === undefined ? {} : { to: startOf(until, 1) }),
        },
      }),
});

export function AuditFilters({
  search,
  onChange,
}: {
  readonly search: AuditSearch;
  onChange(search: AuditSearch): void;
}) {
  const { t, i18n } = useTranslation('settings');
  const actors = useAsk(SettingsAuditActorsDocument, {}).data;
  const put = (name: keyof AuditSearch) => (value: string | null) => {
    const { [name]: _, ...others } = search;
    onChange(value === null || value === '' ? others : { ...others, [name]: value });
  };
  const sorted = <Row extends { readonly label: string }>(rows: readonly Row[]): Row[] =>
    [...rows].sort((a, b) => a.label.localeCompare(b.label, i18n.language));
  const named = [...(actors?.users ?? []), ...(actors?.apiKeys ?? [])].map(({ id, name }) => ({ value: id, label: name })); // prettier-ignore
  // All that there are words for.
  const choices = (of: 'did' | 'subjects') =>
    sorted(Object.entries(t(of, { returnObjects: true })).map(([value, label]) => ({ value, label: String(label) })));
  const select = (
    name: 'actor' | 'action' | 'subject',
    label: string,
    any: string,
    data: { value: string; label: string }[],
  ) => (
    <Select
      label={label}
      placeholder={any}
      data={data}
      value={search[name] ?? null}
      onChange={put(name)}
      clearable
      searchable
      w={{ base: '100%', xs: 220 }}
    />
  );
  const day = (name: 'from' | 'until', label: string) => (
    <TextInput
      type="date"
      label={label}
      value={search[name] ?? ''}
      onChange={(event) => put(name)(event.currentTarget.value)}
    />
  );
  return (
    <Group align="flex-end" gap="sm">
      {select('actor', t('auditBy'), t('auditEverybody'), [{ value: 'hub', label: t('auditHub') }, ...sorted(named)])}
      {select('action', t('auditAction'), t('auditAll'), choices('did'))}
      {select('subject', t('auditKind'), t('auditAll'), choices('subjects'))}
      {day('from', t('auditFrom'))}
      {day('until', t('auditUntil'))}
    </Group>
  );
}
