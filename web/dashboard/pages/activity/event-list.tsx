/**
 * The rows of the activity log; only those in sight are in the page. In: rows, newest first. Guarantee: while somebody has scrolled down
 * nothing moves. `j`/`k` move, Enter opens. Heights are fixed, so nothing is measured.
 */
import { ActionIcon } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconRepeat } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { isLetterKey } from '../../app/shortcuts.ts';
import { useMay } from '../../app/session.tsx';
import type { ActivityRowFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { Status } from '../../parts/status.tsx';
import { ChooseOne, type Choice } from './choose-undo.tsx';
import { useReplay } from './use-replay.ts';

const headPx = 34;
/** So many rows before the end older ones are asked for. */
const ahead = 20;

export function EventList({
  rows,
  scroller,
  choice,
  onTop,
  onEnd,
}: {
  readonly rows: readonly ActivityRowFragment[];
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Changes are being chosen: boxes stand in the place of what can be done with a row. */
  readonly choice: Choice | null;
  onTop(isAtTop: boolean): void;
  onEnd(): void;
}) {
  const { t } = useTranslation('activity');
  const isWide = useMediaQuery('(min-width: 75em)', true);
  const rowPx = isWide ? 38 : 62;
  const rowsOf = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => rows[index]!.id,
    overscan: 6,
    paddingStart: isWide ? headPx : 0,
    scrollPaddingStart: headPx,
  });
  useEffect(() => rowsOf.measure(), [rowPx, rowsOf]);
  // Wherever the list of before was, and when there is none after it.
  useEffect(() => {
    onTop(true);
    return () => onTop(true);
  }, [onTop]);
  const noteTop = useSteadyTop(rows, rowPx, scroller);
  const replay = useStableReplay();
  const { at, atId } = useRowKeys(rows, (index) => rowsOf.scrollToIndex(index));
  const shown = rowsOf.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - ahead) end();
  }, [last, rows.length]);
  return (
    <div
      className="events"
      ref={scroller}
      role="table"
      aria-label={t('title')}
      aria-rowcount={rows.length + 1}
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop } }) => {
        onTop(scrollTop < rowPx / 2);
        noteTop(scrollTop);
      }}
    >
      <div role="rowgroup" style={{ height: rowsOf.getTotalSize(), position: 'relative' }}>
        <Head />
        {shown.map(({ key, index, start }) => (
          <div
            key={key}
            role="row"
            className="events-row"
            aria-rowindex={index + 2}
            data-at={rows[index]!.id === atId && index === at ? true : undefined}
            style={{ height: rowPx, transform: `translateY(${start}px)` }}
          >
            <Cells
              event={rows[index]!}
              isChosen={choice === null ? null : choice.chosen.has(rows[index]!.id)}
              onAct={choice?.toggle ?? replay}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

/** Where rows at the beginning are let go, the one that was at the top of the sight stays there. */
function useSteadyTop(
  rows: readonly ActivityRowFragment[],
  rowPx: number,
  scroller: RefObject<HTMLDivElement | null>,
): (scrollTop: number) => void {
  const top = useRef<{ readonly id: string; readonly index: number } | null>(null);
  useLayoutEffect(() => {
    const list = scroller.current;
    const before = top.current;
    if (list === null || before === null || list.scrollTop < rowPx / 2) return;
    const index = rows.findIndex(({ id }) => id === before.id);
    if (index >= 0 && index !== before.index) list.scrollTop += (index - before.index) * rowPx;
  }, [rows, rowPx, scroller]);
  return (scrollTop) => {
    const index = Math.floor(scrollTop / rowPx);
    const row = rows[index];
    top.current = row === undefined ? null : { id: row.id, index };
  };
}

/** The same function at every rendering, so that rows that stay as they are are not made anew. */
function useStableReplay(): (id: string) => void {
  const { run } = useReplay();
  const latest = useRef(run);
  useEffect(() => void (latest.current = run), [run]);
  return useCallback((id: string) => void latest.current(id), []);
}

function Head() {
  const { t } = useTranslation('activity');
  const { t: common } = useTranslation();
  return (
    <div role="row" className="events-row events-head" aria-rowindex={1}>
      <span role="columnheader">{common('when')}</span>
      <span role="columnheader">{common('state')}</span>
      <span role="columnheader">{t('what')}</span>
      <span role="columnheader">{t('way')}</span>
      <span role="columnheader" className="events-figure">
        {t('took')}
      </span>
      <span role="columnheader">
        <span className="visually-hidden">{t('replay')}</span>
      </span>
    </div>
  );
}

const Cells = memo(function Cells({
  event,
  isChosen,
  onAct,
}: {
  readonly event: ActivityRowFragment;
  /** Null: nothing is being chosen, and the row is sent again. */
  readonly isChosen: boolean | null;
  onAct(id: string): void;
}) {
  const formats = useFormats();
  const { id, occurredAt, outcome, summary, source, target, durationMs, entityLabel, isUndoable } = event;
  return (
    <>
      <span role="cell">
        <time dateTime={occurredAt} title={formats.moment(occurredAt)}>
          {formats.time(occurredAt)}
        </time>
      </span>
      <span role="cell">
        <Status kind="outcome" state={outcome} />
      </span>
      <span role="cell" className="events-text" title={summary}>
        <Link to="/events/$eventId" params={{ eventId: id }} preload={false} className="events-link">
          <b>{entityLabel}</b> {summary}
        </Link>
      </span>
      <span role="cell" className="events-way muted">
        {wayOf(source?.name, target?.name)}
      </span>
      <span role="cell" className="events-took events-figure muted">
        {durationMs == null ? '' : formats.duration(durationMs)}
      </span>
      <span role="cell" className="events-again">
        {isChosen === null ? (
          <ReplayOne name={entityLabel} onReplay={() => onAct(id)} />
        ) : (
          isUndoable && <ChooseOne name={entityLabel} isChosen={isChosen} onChoose={() => onAct(id)} />
        )}
      </span>
    </>
  );
});

function ReplayOne({ name, onReplay }: { readonly name: string; onReplay(): void }) {
  const { t } = useTranslation('activity');
  const may = useMay('REPLAY');
  if (!may) return null;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      miw={24}
      mih={24}
      aria-label={t('replayOne', { name })}
      title={t('replay')}
      onClick={onReplay}
    >
      <IconRepeat size={16} aria-hidden="true" />
    </ActionIcon>
  );
}

export const wayOf = (source: string | undefined, target: string | undefined): string =>
  [source, target].filter((name) => name !== undefined).join(' → ');

/** Keys that move along the rows. The row is known by its event: it stays the same one when others come above it. */
function useRowKeys(rows: readonly ActivityRowFragment[], scrollTo: (index: number) => void) {
  const [atId, setAtId] = useState<string | null>(null);
  const navigate = useNavigate();
  const at = rows.findIndex(({ id }) => id === atId);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!isLetterKey(event)) return;
    const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
    const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
    if (step !== 0 && next !== undefined) {
      setAtId(next.id);
      scrollTo(rows.indexOf(next));
    }
    const isOnControl = (event.target as HTMLElement).closest('a, button, [role="slider"]') !== null;
    if (event.key === 'Enter' && at >= 0 && !isOnControl) void navigate({ to: `/events/${atId}` });
  });
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return { at, atId };
}
