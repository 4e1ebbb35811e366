/**
 * Bars of what happened. A click on a bar, or Enter, opens its list; dragging, or Shift with the arrows, takes several bars at once. Only one bar
 * can be tabbed to, the arrows lead to the others.
 */
import { Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { between, kinds, moved, piecesOf, type Bucket } from './buckets.ts';

const height = 96;
const markHeight = 14;
const axisHeight = 20;
/** So wide a time of twelve hours is, with a gap. */
const wordsPx = 64;

/** First and last bar that are taken. */
interface Range {
  readonly from: number;
  readonly to: number;
}

export function ActivityBars({ buckets }: { readonly buckets: readonly Bucket[] }) {
  const { t } = useTranslation('overview');
  const { ref, width } = useElementSize();
  const [looked, setLooked] = useState<number | null>(null);
  const sentence = useSentence(buckets);
  const { range, at, events } = useRange(buckets, setLooked);
  const tallest = Math.max(...buckets.map(({ counts }) => moved(counts)), 1);
  const step = width / buckets.length;
  return (
    <>
      <div ref={ref} style={{ height: height + markHeight + axisHeight }}>
        {width > 0 && (
          <svg
            width={width}
            height={height + markHeight + axisHeight}
            role="group"
            aria-label={t('barsLabel')}
            style={{ touchAction: 'pan-y' }}
            {...events}
          >
            {buckets.map((bucket, i) => (
              <g
                key={bucket.from}
                className="overview-bar"
                data-bar={i}
                data-in={(range !== null && i >= range.from && i <= range.to) || undefined}
                role="link"
                tabIndex={i === at ? 0 : -1}
                aria-label={sentence(i)}
                transform={`translate(${i * step} ${markHeight})`}
                onPointerEnter={() => setLooked(i)}
                onPointerLeave={() => setLooked(null)}
                onFocus={() => setLooked(i)}
                onBlur={() => setLooked(null)}
              >
                <Bar bucket={bucket} tallest={tallest} step={step} />
              </g>
            ))}
            <path d={`M0 ${height + markHeight + 0.5}H${width}`} stroke="var(--mantine-color-default-border)" />
            <Axis buckets={buckets} step={step} />
          </svg>
        )}
      </div>
      <Text size="sm" mih={22} aria-hidden={looked !== null}>
        {looked === null ? sentence(null) : sentence(looked)}
      </Text>
    </>
  );
}

function Bar({ bucket, tallest, step }: { readonly bucket: Bucket; readonly tallest: number; readonly step: number }) {
  const gap = Math.min(step * 0.2, 4);
  const pieces = piecesOf(bucket.counts, tallest, height);
  const top = pieces.at(-1)?.y ?? height;
  const middle = step / 2;
  return (
    <>
      <rect
        className="overview-hit"
        x={0.5}
        y={-markHeight + 1}
        width={step - 1}
        height={height + markHeight - 1}
        rx={3}
      />
      {pieces.map(({ kind, y, height: tall }) => (
        <rect key={kind} className={`overview-${kind}`} x={gap / 2} y={y} width={step - gap} height={tall} />
      ))}
      {bucket.counts.failed > 0 && <path className="overview-failed" d={`M${middle} ${top - 12}l5.5 10h-11Z`} />}
    </>
  );
}

/** A time under every few bars. */
function Axis({ buckets, step }: { readonly buckets: readonly Bucket[]; readonly step: number }) {
  const { i18n } = useTranslation();
  const hour = new Intl.DateTimeFormat(i18n.language, { hour: '2-digit', minute: '2-digit' });
  const every = Math.max(Math.ceil(wordsPx / step), 1);
  return (
    <g aria-hidden="true" className="muted">
      {buckets.map(({ from }, i) =>
        i % every === 0 && (buckets.length - i) * step >= wordsPx ? (
          <text key={from} x={i * step} y={height + markHeight + 15} className="overview-small">
            {hour.format(new Date(from))}
          </text>
        ) : null,
      )}
    </g>
  );
}

/** What happened in a bar, or in all of them. */
function useSentence(buckets: readonly Bucket[]): (i: number | null) => string {
  const { t } = useTranslation('overview');
  const formats = useFormats();
  return (i) => {
    const seen = i === null ? buckets : [buckets[i]!];
    const parts = kinds.flatMap((kind) => {
      const count = seen.reduce((sum, { counts }) => sum + counts[kind], 0);
      return count === 0 ? [] : [`${formats.number(count)} ${t(kind)}`];
    });
    const said = parts.length === 0 ? t('nothingMoved') : formats.list(parts);
    if (i === null) return parts.length === 0 ? t('quiet') : t('inAll', { said });
    return t('inBar', { from: formats.time(buckets[i]!.from), to: formats.time(buckets[i]!.to), said });
  };
}

function useRange(buckets: readonly Bucket[], look: (i: number) => void) {
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<{ readonly anchor: number; readonly at: number } | null>(null);
  const [focused, setFocused] = useState(buckets.length - 1);
  const isDragged = useRef(false);
  const open = (one: number, other: number): void =>
    void navigate({ to: '/activity', search: between(buckets[one]!, buckets[other]!) as never });

  const events = {
    onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
      const i = barAt(event, buckets.length);
      if (event.button !== 0 || i === null) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      isDragged.current = true;
      setChosen({ anchor: i, at: i });
    },
    onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
      const i = barAt(event, buckets.length);
      if (!isDragged.current || i === null || i === chosen?.at) return;
      setChosen((now) => now && { ...now, at: i });
      look(i);
    },
    onPointerUp: () => {
      if (!isDragged.current || chosen === null) return;
      isDragged.current = false;
      setChosen(null);
      open(chosen.anchor, chosen.at);
    },
    onPointerCancel: () => {
      isDragged.current = false;
      setChosen(null);
    },
    onKeyDown: (event: KeyboardEvent<SVGSVGElement>) => {
      if (event.key === 'Escape') return setChosen(null);
      if (event.key === 'Enter') {
        event.preventDefault();
        return open(chosen?.anchor ?? focused, focused);
      }
      const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      const next = Math.min(Math.max(focused + step, 0), buckets.length - 1);
      setChosen(event.shiftKey ? { anchor: chosen?.anchor ?? focused, at: next } : null);
      setFocused(next);
      event.currentTarget.querySelector<SVGGElement>(`[data-bar="${next}"]`)?.focus();
    },
  };
  const range: Range | null =
    chosen === null ? null : { from: Math.min(chosen.anchor, chosen.at), to: Math.max(chosen.anchor, chosen.at) };
  return { range, at: Math.min(focused, buckets.length - 1), events };
}

function barAt(event: PointerEvent<SVGSVGElement>, count: number): number | null {
  const { left, width } = event.currentTarget.getBoundingClientRect();
  const i = Math.floor(((event.clientX - left) / width) * count);
  return Number.isNaN(i) ? null : Math.min(Math.max(i, 0), count - 1);
}
