/**
 * How many events there were when: bars, drawn by hand, that choose a piece of time too. Drag with the mouse, or with the keyboard: arrows move,
 * Shift widens, Enter zooms, Escape lets go. In: counts. Out: two moments. The same as a table below, for who asks.
 */
import { Box, Button, Group, ScrollArea, Table, Text } from '@mantine/core';
import { useDisclosure, useElementSize } from '@mantine/hooks';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivityBarsQuery } from '../../graph/graphql.ts';
import type { SyncOutcome } from '../../graph/kinds.ts';
import { useFormats } from '../../parts/formats.ts';
import { Shape, toneOf, useStateWord } from '../../parts/status.tsx';
import { outcomes } from './filters.ts';

export type Bucket = ActivityBarsQuery['syncEventBuckets'][number];

interface Piece {
  readonly from: number;
  readonly to: number;
}

const heightPx = 72;
/** From the ground up: what went well, what waits, what failed. */
const stack: readonly SyncOutcome[] = [
  'UNCHANGED',
  'EXCLUDED',
  'DISCARDED',
  'SUCCEEDED',
  'RETRYING',
  'BLOCKED',
  'FAILED',
];

const countOf = ({ counts }: Bucket, outcome: SyncOutcome): number =>
  counts.find((each) => each.outcome === outcome)?.count ?? 0;
const sumOf = ({ counts }: Bucket): number => counts.reduce((sum, { count }) => sum + count, 0);

export function EventBars({
  buckets,
  onZoom,
}: {
  readonly buckets: readonly Bucket[];
  onZoom(from: string, to: string): void;
}) {
  const { t } = useTranslation('activity');
  const { t: common } = useTranslation();
  const [isTable, table] = useDisclosure(false);
  const formats = useFormats();
  const total = buckets.reduce((sum, bucket) => sum + sumOf(bucket), 0);
  const failed = buckets.reduce((sum, bucket) => sum + countOf(bucket, 'FAILED'), 0);
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (first === undefined || last === undefined) return null;
  return (
    <Box>
      <Picture buckets={buckets} onZoom={onZoom} />
      <Group justify="space-between" gap="xs" mt={2} wrap="nowrap">
        <Text size="xs" className="muted">
          {formats.moment(first.from)}
        </Text>
        <Text size="xs" className="muted">
          {formats.moment(last.to)}
        </Text>
      </Group>
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          {t('sum', { count: total, number: formats.number(total) })}
          {failed > 0 && ` ${t('sumFailed', { count: failed, number: formats.number(failed) })}`}
        </Text>
        <Group gap="md">
          <Legend buckets={buckets} />
          <Button size="compact-xs" variant="subtle" onClick={table.toggle} aria-expanded={isTable}>
            {isTable ? common('asPicture') : common('asTable')}
          </Button>
        </Group>
      </Group>
      {isTable && <Twin buckets={buckets} />}
    </Box>
  );
}

function Legend({ buckets }: { readonly buckets: readonly Bucket[] }) {
  const word = useStateWord();
  return outcomes
    .filter((outcome) => buckets.some((bucket) => countOf(bucket, outcome) > 0))
    .map((outcome) => (
      <Text key={outcome} size="xs" className="status" visibleFrom="sm">
        <Shape tone={toneOf('outcome', outcome)} size={10} /> {word('outcome', outcome)}
      </Text>
    ));
}

function Picture({ buckets, onZoom }: { readonly buckets: readonly Bucket[]; onZoom(from: string, to: string): void }) {
  const { t } = useTranslation('activity');
  const { ref, width } = useElementSize();
  const [chosen, setChosen] = useState<Piece | null>(null);
  const [isDragging, setDragging] = useState(false);
  const said = useSaid(buckets);
  const barPx = Math.max(width, 1) / buckets.length;
  const top = Math.max(...buckets.map(sumOf), 1);
  const zoom = ({ from, to }: Piece): void => {
    setChosen(null);
    onZoom(buckets[Math.min(from, to)]!.from, buckets[Math.max(from, to)]!.to);
  };
  const pieceAt = (event: PointerEvent<HTMLDivElement>): number => {
    const at = (event.clientX - event.currentTarget.getBoundingClientRect().left) / barPx;
    return Math.min(Math.max(Math.floor(at), 0), buckets.length - 1);
  };
  const onKey = (event: KeyboardEvent): void => {
    const next = afterKey(event, chosen, buckets.length);
    if (next === undefined) return;
    event.preventDefault();
    if (next === 'zoom') zoom(chosen ?? { from: buckets.length - 1, to: buckets.length - 1 });
    else setChosen(next);
  };
  const at = Math.min(chosen?.to ?? buckets.length - 1, buckets.length - 1);
  return (
    <div
      ref={ref}
      className="event-bars-field"
      role="slider"
      tabIndex={0}
      aria-label={t('bars')}
      aria-valuemin={0}
      aria-valuemax={buckets.length - 1}
      aria-valuenow={at}
      aria-valuetext={said(chosen ?? { from: at, to: at })}
      title={chosen === null ? t('barsHint') : said(chosen)}
      onKeyDown={onKey}
      onBlur={() => setChosen(null)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
        setChosen({ from: pieceAt(event), to: pieceAt(event) });
      }}
      onPointerMove={(event) => {
        if (isDragging && chosen !== null) setChosen({ ...chosen, to: pieceAt(event) });
      }}
      onPointerUp={() => {
        setDragging(false);
        if (isDragging && chosen !== null) zoom(chosen);
      }}
      onPointerCancel={() => {
        setDragging(false);
        setChosen(null);
      }}
    >
      <svg className="event-bars" aria-hidden="true">
        {buckets.map((bucket, i) => (
          <Bar key={bucket.from} bucket={bucket} x={i * barPx} width={barPx} top={top} />
        ))}
        {chosen !== null && (
          <rect
            x={Math.min(chosen.from, chosen.to) * barPx}
            width={(Math.abs(chosen.to - chosen.from) + 1) * barPx}
            height={heightPx}
            fill="var(--mantine-primary-color-filled)"
            opacity={0.25}
          />
        )}
      </svg>
    </div>
  );
}

/** What a key makes of the choice; undefined when it means nothing here. */
function afterKey(
  { key, shiftKey }: KeyboardEvent,
  chosen: Piece | null,
  count: number,
): Piece | null | 'zoom' | undefined {
  const last = count - 1;
  if (key === 'Enter') return 'zoom';
  if (key === 'Escape') return chosen === null ? undefined : null;
  const from = chosen?.to ?? last;
  const steps: Readonly<Record<string, number>> = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last };
  const to = steps[key];
  if (to === undefined) return undefined;
  const held = Math.min(Math.max(to, 0), last);
  return { from: shiftKey && chosen !== null ? chosen.from : held, to: held };
}

/** A piece of time in words: from when to when, how many events, how many failed. */
function useSaid(buckets: readonly Bucket[]): (piece: Piece) => string {
  const { t } = useTranslation('activity');
  const formats = useFormats();
  return ({ from, to }) => {
    const within = buckets.slice(Math.min(from, to), Math.max(from, to) + 1);
    const count = within.reduce((sum, bucket) => sum + sumOf(bucket), 0);
    const failed = within.reduce((sum, bucket) => sum + countOf(bucket, 'FAILED'), 0);
    const range = `${formats.moment(within[0]!.from)} – ${formats.time(within.at(-1)!.to)}`;
    return `${range}${formats.colon}${t('sum', { count, number: formats.number(count) })} ${t('sumFailed', { count: failed, number: formats.number(failed) })}`;
  };
}

function Bar({
  bucket,
  x,
  width,
  top,
}: {
  readonly bucket: Bucket;
  readonly x: number;
  readonly width: number;
  readonly top: number;
}) {
  let y = heightPx;
  // Few failures among many events would be too small to see: what is there has at least two pixels.
  const parts = stack.flatMap((outcome) => {
    const count = countOf(bucket, outcome);
    if (count === 0) return [];
    const height = Math.max((count / top) * (heightPx - 10), 2);
    y -= height;
    return [{ outcome, y, height }];
  });
  return parts.map(({ outcome, y: at, height }) => (
    <rect
      key={outcome}
      className={`tone-${toneOf('outcome', outcome)}`}
      x={x + Math.min(width * 0.1, 1)}
      y={at}
      width={Math.max(width * 0.8, width - 2, 0.5)}
      height={height}
      fill="currentColor"
    />
  ));
}

function Twin({ buckets }: { readonly buckets: readonly Bucket[] }) {
  const { t } = useTranslation('activity');
  const { t: common } = useTranslation();
  const word = useStateWord();
  const formats = useFormats();
  const seen = outcomes.filter((outcome) => buckets.some((bucket) => countOf(bucket, outcome) > 0));
  return (
    <ScrollArea.Autosize mah={260} mt="xs" viewportProps={{ tabIndex: 0 }}>
      <Table aria-label={t('bars')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{common('when')}</Table.Th>
            {seen.map((outcome) => (
              <Table.Th key={outcome} scope="col" ta="right">
                {word('outcome', outcome)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {buckets
            .filter((bucket) => sumOf(bucket) > 0)
            .map((bucket) => (
              <Table.Tr key={bucket.from}>
                <Table.Td>{formats.moment(bucket.from)}</Table.Td>
                {seen.map((outcome) => (
                  <Table.Td key={outcome} ta="right">
                    {formats.number(countOf(bucket, outcome))}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
