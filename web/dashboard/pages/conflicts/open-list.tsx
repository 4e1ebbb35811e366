/** The conflicts that are open, and how people end them: by a click in the row, or several at once, with keys as on the page of problems. */
import { Button, Group, Kbd, Text } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLetterKey } from '../../app/shortcuts.ts';
import { useMay } from '../../app/session.tsx';
import { useHabits } from '../../parts/habits.ts';
import { recordPath } from '../../parts/record-paths.ts';
import { RecordTable } from '../../parts/record-table.tsx';
import { ConflictCell, useRecordName, type Side } from './conflict-cell.tsx';
import { OtherDialog } from './other-dialog.tsx';
import { useLines, useNames, type Row } from './shown-value.tsx';
import { TakeDialog, takingOf, type Taking } from './take-dialog.tsx';
import { isTypeable } from './values.ts';

type Asked = { readonly what: 'take'; readonly taking: Taking } | { readonly what: 'other'; readonly conflict: Row };

const askedRows = (asked: Asked | null): readonly Row[] =>
  asked === null ? [] : asked.what === 'take' ? asked.taking.rows : [asked.conflict];

/** `onChange`: something was decided. A dialog stays with what is entered there when its conflict ends meanwhile, also the last one. */
export function OpenList({ rows, onChange }: { readonly rows: readonly Row[]; onChange(): void }) {
  const { t } = useTranslation('conflicts');
  const mayMap = useMay('WRITE_MAPPINGS');
  const mayReplay = useMay('REPLAY');
  const mayDecide = mayMap || mayReplay;
  const nameOf = useRecordName();
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [asked, ask] = useState<Asked | null>(null);
  const linesOf = useLines(useNames([...rows, ...askedRows(asked)]));
  const close = (): void => {
    ask(null);
    onChange();
  };
  const done = (): void => {
    choose(new Set());
    close();
  };
  const take = (system: Side, of: readonly Row[]): void => {
    const taking = takingOf(system, of);
    if (taking.rows.length > 0) ask({ what: 'take', taking });
  };
  const other = (conflict: Row): void => ask({ what: 'other', conflict });
  const named = new Map(rows.map((row) => [row.id, `${row.field.label} ${nameOf(row)}`]));
  const acts = { onTake: (conflict: Row, system: Side) => take(system, [conflict]), onOther: other };
  return (
    <>
      {rows.length > 0 && (
        <>
          {mayDecide && <Bar rows={rows} chosen={chosen} onTake={take} onOther={other} />}
          <RecordTable
            label={t('openOnes')}
            rows={rows}
            pathOf={({ entity, entityType }) => (entity == null ? null : recordPath(entityType, entity.id))}
            columns={[
              {
                key: 'conflict',
                title: t('conflict'),
                show: (conflict) => (
                  <ConflictCell conflict={conflict} linesOf={linesOf} acts={mayDecide ? acts : undefined} />
                ),
              },
            ]}
            {...(mayDecide
              ? { selection: { chosen, onChange: choose, nameOf: (id) => t('choose', { name: named.get(id) ?? '' }) } }
              : {})}
          />
        </>
      )}
      {asked?.what === 'take' && <TakeDialog taking={asked.taking} linesOf={linesOf} onClose={close} onDone={done} />}
      {asked?.what === 'other' && (
        <OtherDialog conflict={asked.conflict} linesOf={linesOf} onClose={close} onDone={done} />
      )}
    </>
  );
}

/** The systems that say something, by their names: the first has the key 1. */
function systemsOf(rows: readonly Row[]): readonly Side[] {
  const sides = rows.flatMap(({ values }) => values.flatMap(({ system }) => (system == null ? [] : [system])));
  return [...new Map(sides.map((side) => [side.id, side])).values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** What can be done with the chosen rows; with the keys also with the row that has the focus. */
function Bar({
  rows,
  chosen,
  onTake,
  onOther,
}: {
  readonly rows: readonly Row[];
  readonly chosen: ReadonlySet<string>;
  onTake(system: Side, rows: readonly Row[]): void;
  onOther(conflict: Row): void;
}) {
  const { t } = useTranslation('conflicts');
  const { hasLetterKeys } = useHabits();
  const systems = systemsOf(rows);
  const meant = rows.filter(({ id }) => chosen.has(id));
  const [only] = meant;
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!isLetterKey(event)) return;
    const focused = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row'];
    const of = meant.length > 0 ? meant : rows.filter(({ id }) => id === focused);
    const system = systems[Number(event.key) - 1];
    const [first] = of;
    if (system !== undefined) onTake(system, of);
    else if (event.key === 'e' && first !== undefined && of.length === 1 && isTypeable(first.field)) {
      event.preventDefault();
      onOther(first);
    }
  });
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  const kbd = (key: string) => (hasLetterKeys ? <Kbd size="xs">{key}</Kbd> : undefined);
  return (
    // On a telephone only when there is something to act on: each row has its own buttons.
    <Group gap="xs" pb="xs" mih={36} {...(meant.length === 0 ? { visibleFrom: 'sm' } : {})}>
      {systems.map((system, i) => (
        <Button
          key={system.id}
          size="xs"
          variant="default"
          disabled={meant.length === 0}
          rightSection={kbd(String(i + 1))}
          onClick={() => onTake(system, meant)}
        >
          {t('takeFrom', { system: system.name })}
        </Button>
      ))}
      <Button
        size="xs"
        variant="default"
        disabled={only === undefined || meant.length > 1 || !isTypeable(only.field)}
        rightSection={kbd('e')}
        onClick={() => only !== undefined && onOther(only)}
      >
        {t('otherValue')}
      </Button>
      <Text size="sm" className="muted" role="status">
        {meant.length === 0 ? t('chooseSome') : t('chosen', { count: meant.length })}
      </Text>
    </Group>
  );
}
