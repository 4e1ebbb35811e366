/** What taking a configuration file over would change: one row a field, new ones marked +, removed ones −. */
import { Code, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SettingsConfigurationImportMutation } from '../../graph/graphql.ts';
import type { ChangeKind } from '../../graph/kinds.ts';
import type { words } from '../../words/known.ts';

type Settings = (typeof words)['settings'];
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
                  {marks[kind]}{' '}
                  {t(`planned.${subjectType as keyof Settings['planned']}`, { defaultValue: subjectType })}{' '}
                  <Code>{key}</Code>
                </span>{' '}
                <Text span size="xs" className="muted">
                  {t(`kind_${kind}`)}
                </Text>
              </Table.Th>
            </Table.Tr>,
            ...fields.map(({ path, kind: how, before, after }) => (
              <Table.Tr key={`${subjectType} ${key} ${path}`}>
                <Table.Td className={colours[how]}>
                  {marks[how]} <Place path={path} />
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

/** What people call the field; a row, a rule and what has no name stay as the file has them. */
function Place({ path }: { readonly path: string }) {
  const { t } = useTranslation('settings');
  const isPart = /^(entries|rules)[. ]/.test(path);
  const last = path.slice(path.lastIndexOf('.') + 1) as keyof Settings['noted'];
  const name: string = isPart ? '' : t(`noted.${last}`, { defaultValue: '' });
  return name === '' ? path : <span title={path}>{name}</span>;
}

function Value({ value }: { readonly value: unknown }) {
  const { t } = useTranslation('settings');
  if (typeof value === 'boolean') return t(value ? 'auditYes' : 'auditNo');
  if (value == null || (Array.isArray(value) && value.length === 0))
    return (
      <Text span className="muted">
        –
      </Text>
    );
  return <Code style={{ overflowWrap: 'anywhere' }}>{textOf(value)}</Code>;
}

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string');

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : isNames(value) ? value.join(', ') : JSON.stringify(value);
