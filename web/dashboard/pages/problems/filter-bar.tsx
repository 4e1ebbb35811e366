/** Which problems are shown; every choice stands in the address. */
import { Button, Group, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { ProblemChoicesDocument } from '../../graph/graphql.ts';
import { SearchBox } from '../../parts/search-box.tsx';
import { classes, entityTypes, isFiltered, type ProblemSearch } from './filters.ts';

export function ProblemFilters({
  search,
  onChange,
}: {
  readonly search: ProblemSearch;
  onChange(change: Partial<ProblemSearch>): void;
}) {
  const { t } = useTranslation('problems');
  const { t: common } = useTranslation();
  const { t: kinds } = useTranslation('kinds');
  const { data } = useAsk(ProblemChoicesDocument, {});
  const choice = (
    name: 'flow' | 'entity' | 'class',
    label: string,
    options: readonly { readonly value: string; readonly label: string }[],
  ) => (
    <NativeSelect
      aria-label={label}
      value={search[name] ?? ''}
      onChange={(event) => onChange({ [name]: event.currentTarget.value || undefined })}
      data={[{ value: '', label: t('choiceAll', { name: label }) }, ...options]}
    />
  );
  return (
    <Group gap="xs">
      {search.view === 'list' && (
        <SearchBox value={search.search} label={t('searchLabel')} onSearch={(text) => onChange({ search: text })} />
      )}
      {choice('flow', t('flow'), (data?.flows ?? []).map(({ id, name }) => ({ value: id, label: name })))}
      {choice('entity', t('kind'), entityTypes.map((type) => ({ value: type, label: kinds(`entities.${type}`) })))}
      {choice('class', t('class'), classes.map((one) => ({ value: one, label: kinds(`class.${one}`) })))}
      {isFiltered(search) && (
        <Button
          variant="subtle"
          onClick={() =>
            onChange({
              flow: undefined,
              entity: undefined,
              class: undefined,
              cause: undefined,
              system: undefined,
              assignee: undefined,
              search: undefined,
            })
          }
        >
          {search.cause === undefined ? common('clearFilters') : t('allCauses')}
        </Button>
      )}
    </Group>
  );
} // prettier-ignore
