/** Why there is no conflict: nothing matches, none has ended yet, or all agree; then also about which fields people decide at all. */
import { Button, List, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { ConflictFieldsDocument, type ConflictFieldFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { Nothing } from '../../parts/nothing.tsx';
import { isFiltered, type ConflictSearch } from './search.ts';

export function NoConflicts({ search }: { readonly search: ConflictSearch }) {
  const { t } = useTranslation('conflicts');
  const { t: common } = useTranslation();
  if (isFiltered(search)) {
    return (
      <Nothing kind="matches" title={common('nothingMatches')}>
        <Button component={Link} to="/conflicts" variant="default">
          {common('clearFilters')}
        </Button>
      </Nothing>
    );
  }
  if (search.status === 'ended') return <Nothing kind="yet" title={t('noneEnded')} />;
  return (
    <Nothing kind="well" title={t('allAgree')}>
      <FieldsOfPeople />
      <Button component={Link} to="/conflicts?status=owners" variant="default">
        {t('toOwners')}
      </Button>
    </Nothing>
  );
}

/** Fields with the policy MANUAL, by kind of record. */
function FieldsOfPeople() {
  const { t } = useTranslation('conflicts');
  const { t: kinds } = useTranslation('kinds');
  const formats = useFormats();
  const { data } = useAsk(ConflictFieldsDocument, {});
  if (data === undefined) return null;
  const lists: readonly (readonly ConflictFieldFragment[])[] = [data.products, data.variants, data.categories, data.customers]; // prettier-ignore
  const watched = lists.map((fields) => fields.filter(({ policy }) => policy === 'MANUAL'));
  const found = watched.filter((fields) => fields.length > 0);
  if (found.length === 0) return <Text size="sm">{t('noneWatched')}</Text>;
  return (
    <Stack gap={4} ta="left">
      <Text size="sm">{t('watched')}</Text>
      <List size="sm">
        {found.map((fields) => (
          <List.Item key={fields[0]!.entityType}>
            {kinds(`entities.${fields[0]!.entityType}`)}
            {formats.colon}
            {formats.list(fields.map(({ label }) => label))}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
