/** Rows that differ: what they were and what they are. */
import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ValueListChangeFragment } from '../../graph/graphql.ts';
import { codeOf } from './table-text.ts';

const mostShown = 50;

export function Changes({ changes }: { readonly changes: readonly ValueListChangeFragment[] }) {
  const { t } = useTranslation('valueLists');
  return (
    <>
      <Table verticalSpacing={2} fz="sm" aria-label={t('changed')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('code')}</Table.Th>
            <Table.Th scope="col">{t('before')}</Table.Th>
            <Table.Th scope="col">{t('after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.slice(0, mostShown).map(({ kind, before, after }) => (
            <Table.Tr key={codeOf((after ?? before)!)}>
              <Table.Th scope="row">{codeOf((after ?? before)!)}</Table.Th>
              <Table.Td>{before?.targetValue ?? t(`change.${kind}`)}</Table.Td>
              <Table.Td>{after?.targetValue ?? t(`change.${kind}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {changes.length > mostShown && t('moreChanges', { count: changes.length - mostShown })}
    </>
  );
}
