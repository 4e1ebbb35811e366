/** Some of the records of a plan of taking changes back: what they hold now and become again, and which stay as they are. */
import { Anchor, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { UndoChangesPlanQuery } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { recordPath } from '../../parts/record-paths.ts';
import { HeldValue } from '../records/moment-value.tsx';
import { useCalled } from '../records/use-called.ts';

export type Plan = NonNullable<UndoChangesPlanQuery['undoPlan']>;
type Item = Plan['items'][number];

const most = 10;

export function PutBackSamples({ items }: { readonly items: readonly Item[] }) {
  const { t } = useTranslation('undo');
  const { colon } = useFormats();
  const shown = items.filter(({ disposition }) => disposition === 'REVERSE').slice(0, most);
  const records = useCalled(shown.flatMap(({ changes }) => changes.flatMap(({ before, after }) => [before, after])));
  if (shown.length === 0) return null;
  return (
    <Table aria-label={t('samples')} layout="fixed" verticalSpacing="xs" captionSide="top" className="undo-samples">
      <Table.Caption>{t('samples')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('record')}</Table.Th>
          <Table.Th scope="col">{t('now')}</Table.Th>
          <Table.Th scope="col">{t('former')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {shown.map((item, index) => (
          <Table.Tr key={index}>
            <Table.Th scope="row">
              <Called item={item} />
              {item.changeCount > 1 && (
                <Text size="xs" className="muted">
                  {t('several', { count: item.changeCount })}
                </Text>
              )}
              {item.message != null && (
                <Text size="xs" className="muted">
                  {item.message}
                </Text>
              )}
            </Table.Th>
            {(['before', 'after'] as const).map((side) => (
              <Table.Td key={side}>
                {item.changes.map((change) => (
                  <div key={change.path}>
                    <span className="muted">
                      {change.label ?? change.path}
                      {colon}
                    </span>
                    <HeldValue field={change} value={change[side]} records={records} />
                  </div>
                ))}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

export function StayingRecords({ items }: { readonly items: readonly Item[] }) {
  const { t } = useTranslation('undo');
  const formats = useFormats();
  const shown = items.filter(({ disposition }) => disposition !== 'REVERSE').slice(0, most * 2);
  if (shown.length === 0) return null;
  return (
    <details className="undo-stay">
      <summary>{t('stay')}</summary>
      <ul style={{ margin: 0, paddingInlineStart: '1.25rem', overflowWrap: 'anywhere' }}>
        {shown.map((item, index) => (
          <Text component="li" size="sm" key={index}>
            <Called item={item} />
            {' – '}
            {item.message ??
              t('stayChanged', { fields: formats.list(item.changes.map(({ label, path }) => label ?? path)) })}
          </Text>
        ))}
      </ul>
    </details>
  );
}

function Called({ item: { event } }: { readonly item: Item }) {
  const { entityLabel, entityType, entity } = event;
  if (entityType == null || entity == null) return <>{entityLabel}</>;
  return (
    <Anchor component={Link} to={recordPath(entityType, entity.id)} size="sm">
      {entityLabel}
    </Anchor>
  );
}
