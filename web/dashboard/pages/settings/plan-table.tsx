/** What taking a configuration file over would change: one row a field, new ones marked +, removed ones −. */
import { Code, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SettingsConfigurationImportMutation } from '../../graph/graphql.ts';
import type { ChangeKind } from '../../graph/kinds.ts';

type Changes = SettingsConfigurationImportMutation['configImport']['plan']['changes'];

const marks: Readonly<Record<ChangeKind, string>> = { ADDED: '+', CHANGED: '~', REMOVED: '−' };
const colours: Readonly<Record<ChangeKind, string>> = {
  ADDED: 'tone-ok',
  CHANGED: 'tone-retrying',
  REMOVED: 'tone-failed',
};

export function PlanTable({ changes }: { readonly changes: Changes }) {
  const { t } = useTranslation('settings');
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table verticalSpacing={4} aria-label={t('filePlan')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('planField')}</Table.Th>
            <Table.Th>{t('planBefore')}</Table.Th>
            <Table.Th>{t('planAfter')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map(({ key, kind, subjectType, changes: fields }) => [
            <Table.Tr key={`${subjectType} ${key}`}>
              <Table.Th colSpan={3} scope="rowgroup">
                <span className={colours[kind]}>
                  {marks[kind]} {subjectType} {key}
                </span>{' '}
                <Text span size="xs" className="muted">
                  {t(`kind_${kind}`)}
                </Text>
              </Table.Th>
            </Table.Tr>,
            ...fields.map(({ path, kind: how, before, after }) => (
              <Table.Tr key={`${subjectType} ${key} ${path}`}>
                <Table.Td className={colours[how]}>
                  {marks[how]} {path}
                </Table.Td>
                <Table.Td>
                  <Value value={before} />
                </Table.Td>
                <Table.Td>
                  <Value value={after} />
                </Table.Td>
              </Table.Tr>
            )),
          ])}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Value({ value }: { readonly value: unknown }) {
  if (value == null)
    return (
      <Text span className="muted">
        –
      </Text>
    );
  return <Code style={{ overflowWrap: 'anywhere' }}>{typeof value === 'string' ? value : JSON.stringify(value)}</Code>;
}
