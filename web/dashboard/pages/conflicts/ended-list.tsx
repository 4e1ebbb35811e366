/** Conflicts that are over: what became of the field, by whom, when. */
import { useTranslation } from 'react-i18next';
import { Moment } from '../../parts/moment.tsx';
import { recordPath } from '../../parts/record-paths.ts';
import { RecordTable, type Column } from '../../parts/record-table.tsx';
import { FieldOfRecord } from './conflict-cell.tsx';
import { Lines, useLines, useNames, type Row } from './shown-value.tsx';

export function EndedList({ rows }: { readonly rows: readonly Row[] }) {
  const { t } = useTranslation('conflicts');
  const { t: common } = useTranslation();
  const linesOf = useLines(useNames(rows));
  const columns: readonly Column<Row>[] = [
    { key: 'conflict', title: t('conflict'), show: (conflict) => <FieldOfRecord conflict={conflict} /> },
    {
      key: 'value',
      title: t('became'),
      show: (conflict) => (conflict.resolution === 'AGREED' ? '–' : <Lines of={linesOf(conflict, conflict.value)} />),
    },
    {
      key: 'how',
      title: t('how'),
      from: 'sm',
      show: ({ resolution, resolvedBy }) => (
        <>
          {resolution == null ? '–' : t(`endedBy.${resolution}`)}
          {resolvedBy != null && 'name' in resolvedBy && ` (${resolvedBy.name})`}
        </>
      ),
    },
    {
      key: 'when',
      title: common('when'),
      from: 'xs',
      show: ({ resolvedAt }) => (resolvedAt == null ? '–' : <Moment at={resolvedAt} />),
    },
  ];
  return (
    <RecordTable
      label={t('endedOnes')}
      rows={rows}
      columns={columns}
      pathOf={({ entity, entityType }) => (entity == null ? null : recordPath(entityType, entity.id))}
    />
  );
}
