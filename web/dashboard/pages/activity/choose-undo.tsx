/** Choosing changes in the log that are undone together: how many are chosen, all that are loaded, and on to the plan. */
import { Button, Checkbox, Group, Text } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivityRowFragment, SyncEventFilter } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { meantOf } from '../../parts/record-table.tsx';
import { UndoChanges, useMayUndo, type UndoOf } from '../undo/undo-changes.tsx';

/** As many as the hub takes at once. */
const most = 500;

export interface Choice {
  readonly chosen: ReadonlySet<string>;
  /** The same function at every rendering, so that rows that stay as they are are not made anew. */
  toggle(id: string): void;
}

/** Null: nothing is being chosen. */
export function useChoice() {
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const toggle = useCallback(
    (id: string) =>
      setChosen((before) => {
        if (before === null) return before;
        const after = new Set(before);
        if (!after.delete(id)) after.add(id);
        return after;
      }),
    [],
  );
  const choice = useMemo((): Choice | null => (chosen === null ? null : { chosen, toggle }), [chosen, toggle]);
  return { choice, choose: setChosen };
}

export function ChooseOne({
  name,
  isChosen,
  onChoose,
}: {
  readonly name: string;
  readonly isChosen: boolean;
  onChoose(): void;
}) {
  const { t } = useTranslation('undo');
  return <Checkbox checked={isChosen} onChange={onChoose} aria-label={t('chooseOne', { name })} />;
}

/** Begins to choose. */
export function ChooseButton({ isOff, onChoose }: { readonly isOff: boolean; onChoose(): void }) {
  const { t } = useTranslation('undo');
  const mayUndo = useMayUndo();
  if (!mayUndo) return null;
  return (
    <Button variant="default" disabled={isOff} onClick={onChoose}>
      {t('choose')}
    </Button>
  );
}

export function ChooseUndo({
  rows,
  filter,
  choice,
  choose,
}: {
  readonly rows: readonly ActivityRowFragment[];
  /** What the log is filtered by when that says which changes are meant; null when it does not. */
  readonly filter: SyncEventFilter | null;
  readonly choice: Choice;
  choose(chosen: ReadonlySet<string> | null): void;
}) {
  const { t } = useTranslation('undo');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const [planned, setPlanned] = useState<UndoOf | null>(null);
  const chosen = meantOf(rows, choice.chosen);
  const all = rows.filter(({ isUndoable }) => isUndoable).map(({ id }) => id);
  const isTooMuch = chosen.size > most;
  return (
    <>
      <Group gap="xs" mih={36}>
        <Button
          size="xs"
          disabled={chosen.size === 0 || isTooMuch}
          onClick={() => setPlanned({ kind: 'events', eventIds: [...chosen] })}
        >
          {t('look')}
        </Button>
        <Button size="xs" variant="default" disabled={all.length === 0} onClick={() => choose(new Set(all))}>
          {t('chooseAll', { count: all.length })}
        </Button>
        {filter !== null && (
          <Button size="xs" variant="default" onClick={() => setPlanned({ kind: 'filter', filter })}>
            {t('chooseFound')}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={() => choose(null)}>
          {common('cancel')}
        </Button>
        <Text size="sm" className="muted" role="status">
          {chosen.size === 0 ? t('chooseHint') : t('chosen', { count: chosen.size })}{' '}
          {isTooMuch && t('tooMany', { most: formats.number(most) })}
        </Text>
      </Group>
      {planned !== null && <UndoChanges of={planned} onClose={() => setPlanned(null)} onStarted={() => choose(null)} />}
    </>
  );
}
