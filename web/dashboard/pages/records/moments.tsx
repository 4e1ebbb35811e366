/** A record over time: a slider with a mark for each change, the record at two of these moments side by side, and the changes with who made them. */
import {
  Anchor,
  Button,
  Group,
  NativeSelect,
  RangeSlider,
  SimpleGrid,
  Stack,
  Text,
  VisuallyHidden,
} from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import { RecordMomentsDocument, type RecordMomentFragment, type RecordMomentsQuery } from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { Nothing } from '../../parts/nothing.tsx';
import { RecordTable, type Column } from '../../parts/record-table.tsx';
import { MomentsCompared } from './moments-compared.tsx';
import { statesOf } from './moments.ts';
import { Part, Shown } from './shown.tsx';
import { UndoDialog, type Undone } from './undo-dialog.tsx';

export function Moments({ id }: { readonly id: string }) {
  const { t } = useTranslation('records');
  const asked = useAsk(RecordMomentsDocument, { id });
  return (
    <Answer of={asked}>
      {({ node }) => {
        if (node == null || !('fields' in node)) return null;
        if (node.fields.length === 0) return <Shown text="•••" />;
        if (node.history.nodes.length === 0) return <Nothing kind="yet" title={t('momentsNone')} />;
        return <OverTime fields={node.fields} history={node.history} />;
      }}
    </Answer>
  );
}

type Node = Extract<NonNullable<RecordMomentsQuery['node']>, { readonly fields: unknown }>;

/** Chosen moments by the events that they follow, so that they stay when another change comes; null: before the first. */
interface Chosen {
  readonly from?: string | null;
  readonly to?: string | null;
}

function OverTime({ fields, history }: Pick<Node, 'fields' | 'history'>) {
  const { t } = useTranslation('records');
  const [chosen, setChosen] = useState<Chosen>({});
  const events = history.nodes.toReversed();
  const states = statesOf(new Map(fields.map(({ path, value }) => [path, value])), events);
  const placeOf = (id: string | null | undefined, otherwise: number): number => {
    if (id === null) return 0;
    const found = events.findIndex((event) => event.id === id);
    return found < 0 ? otherwise : found + 1;
  };
  const to = placeOf(chosen.to, events.length);
  const from = Math.min(placeOf(chosen.from, to - 1), to);
  const idAt = (place: number): string | null => events[place - 1]?.id ?? null;
  const choose = (first: number, second: number): void =>
    setChosen({ from: idAt(Math.min(first, second)), to: idAt(Math.max(first, second)) });
  const nameOf = useMomentName(events);
  return (
    <Stack gap="md">
      <Text size="sm" className="muted">
        {t('momentsHint')}
        {history.pageInfo.hasNextPage && ` ${t('momentsOnly', { count: events.length })}`}
      </Text>
      <Chooser count={events.length} from={from} to={to} nameOf={nameOf} onChoose={choose} />
      <MomentsCompared
        fields={fields}
        before={{ name: nameOf(from), state: states[from] ?? null }}
        after={{ name: nameOf(to), state: states[to] ?? null }}
      />
      <Changes events={history.nodes} fields={fields} onShow={(id) => choose(placeOf(id, 1) - 1, placeOf(id, 1))} />
    </Stack>
  );
}

/** What a place on the slider is called. */
function useMomentName(events: readonly RecordMomentFragment[]): (place: number) => string {
  const { t } = useTranslation('records');
  const formats = useFormats();
  return (place) => {
    const event = events[place - 1];
    if (event === undefined) return t('beforeFirst');
    const moment = formats.moment(event.occurredAt);
    return place === events.length ? t('untilNow', { moment }) : moment;
  };
}

interface ChooserProps {
  readonly count: number;
  readonly from: number;
  readonly to: number;
  nameOf(place: number): string;
  onChoose(first: number, second: number): void;
}

function Chooser({ count, from, to, nameOf, onChoose }: ChooserProps) {
  const { t } = useTranslation('records');
  const places = Array.from({ length: count + 1 }, (_, value) => ({ value: String(value), label: nameOf(value) }));
  return (
    <>
      <RangeSlider
        className="moment-slider"
        min={0}
        max={count}
        step={1}
        minRange={0}
        value={[from, to]}
        onChange={([first, second]) => onChoose(first, second)}
        marks={places.map(({ value }) => ({ value: Number(value) }))}
        label={nameOf}
        thumbFromLabel={t('earlier')}
        thumbToLabel={t('later')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect
          label={t('earlier')}
          value={String(from)}
          data={places}
          onChange={(event) => onChoose(Number(event.currentTarget.value), to)}
        />
        <NativeSelect
          label={t('later')}
          value={String(to)}
          data={places}
          onChange={(event) => onChoose(from, Number(event.currentTarget.value))}
        />
      </SimpleGrid>
    </>
  );
}

/** The slider as a table: each change, what it was about and who made it. */
function Changes({
  events,
  fields,
  onShow,
}: {
  readonly events: readonly RecordMomentFragment[];
  readonly fields: Node['fields'];
  onShow(id: string): void;
}) {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const may = [useMay('REPLAY'), useMay('WRITE_MAPPINGS')].some(Boolean);
  const whoOf = useWho();
  const [undone, setUndone] = useState<Undone | null>(null);
  const labelOf = (path: string): string => fields.find((field) => field.path === path)?.label ?? path;
  const columns: readonly Column<RecordMomentFragment>[] = [
    {
      key: 'when',
      title: common('when'),
      show: ({ id, occurredAt }) => (
        <Anchor component={Link} to={`/events/${id}`} size="sm">
          <Moment at={occurredAt} />
        </Anchor>
      ),
    },
    {
      key: 'what',
      title: t('what'),
      show: ({ action, changes, ...event }) => (
        <>
          {action === 'CREATE' ? (
            t('wasMade')
          ) : changes.length === 0 ? (
            <span className="muted">{t('noField')}</span>
          ) : (
            formats.list(changes.map(({ path }) => labelOf(path)))
          )}
          <Text size="xs" className="muted" hiddenFrom="xs">
            {whoOf(event)}
          </Text>
        </>
      ),
    },
    { key: 'who', title: t('whoChanged'), from: 'xs', show: whoOf },
    {
      key: 'show',
      title: <VisuallyHidden>{common('show')}</VisuallyHidden>,
      show: ({ id, occurredAt, isUndoable }) => {
        const moment = formats.moment(occurredAt);
        return (
          <Group gap="xs" justify="flex-end">
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => onShow(id)}
              aria-label={t('showMoment', { moment })}
            >
              {common('show')}
            </Button>
            {may && isUndoable && (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => setUndone({ id, moment })}
                aria-label={t('undoMoment', { moment })}
              >
                {t('undo')}
              </Button>
            )}
          </Group>
        );
      },
    },
  ];
  return (
    <Part title={t('moments')}>
      <RecordTable label={t('moments')} rows={events} columns={columns} />
      {undone !== null && <UndoDialog undone={undone} fields={fields} onClose={() => setUndone(null)} />}
    </Part>
  );
}

/** Who made a change: a system, or somebody here. */
function useWho(): (event: Pick<RecordMomentFragment, 'source' | 'actor'>) => string {
  const { t } = useTranslation('records');
  return ({ source, actor }) =>
    source?.name ?? (actor == null || actor.__typename === 'SystemProcess' ? t('byHand') : actor.name);
}
