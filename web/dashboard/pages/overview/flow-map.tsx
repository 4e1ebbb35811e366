/**
 * Two systems with the hub between them, a line for each flow. Width: records an hour; dashed: nothing moves; the label at the end: the delay.
 * Drawn at the width that there is, so that the writing keeps its size.
 */
import { useElementSize } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OverviewSystemFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { useNow } from '../../parts/now.ts';
import { Shape, toneOf, useStateWord } from '../../parts/status.tsx';
import { widthOf, type FlowLine, type SystemPair } from './flow-lines.ts';
import { useFlowWords } from './flow-words.ts';
import { inTwoLines } from './two-lines.ts';

const rowHeight = 44;
const headHeight = 62;
const nameHeight = 17;
const boxWidth = 170;
/** Letters of a name that a line of a box holds. */
const nameLength = 15;
const hubWidth = 64;
/** Of the small writing, in the middle. */
const letterWidth = 6.6;

export function FlowMap({ pair: { left, right, lines } }: { readonly pair: SystemPair }) {
  const { t } = useTranslation('overview');
  const { ref, width } = useElementSize();
  const names = Math.max(...[left, right].map(({ name }) => inTwoLines(name, nameLength).length));
  const head = headHeight + (names - 1) * nameHeight;
  const height = head + lines.length * rowHeight + 12;
  return (
    <div ref={ref} style={{ height }}>
      {width > 0 && (
        <svg
          width={width}
          height={height}
          role="group"
          aria-label={t('mapLabel', { left: left.name, right: right.name })}
        >
          <Box x={0} height={height} system={left} />
          <Box x={width - boxWidth} height={height} system={right} />
          <Hub x={width / 2 - hubWidth / 2} height={height} />
          {lines.map((line, i) => (
            <Row
              key={line.flow.id}
              line={line}
              isRightward={line.source === left}
              width={width}
              y={head + (i + 0.5) * rowHeight}
            />
          ))}
        </svg>
      )}
    </div>
  );
}

/** A link within the picture that does not load the page anew. */
function Way({ to, label, children }: { readonly to: string; readonly label: string; readonly children: ReactNode }) {
  const navigate = useNavigate();
  const go = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void navigate({ to });
  };
  return (
    <a href={to} onClick={go} aria-label={label} className="overview-way">
      {children}
    </a>
  );
}

function Box({
  x,
  height,
  system,
}: {
  readonly x: number;
  readonly height: number;
  readonly system: OverviewSystemFragment;
}) {
  const { t } = useTranslation('overview');
  const word = useStateWord();
  const formats = useFormats();
  const now = useNow();
  const { id, name, status, health } = system;
  const tone = toneOf('connection', status);
  const state = word('connection', status);
  const answered =
    health.lastSuccessAt == null ? '' : `${t('answered')} ${formats.relative(health.lastSuccessAt, now)}`;
  const names = inTwoLines(name, nameLength);
  const takes = health.calls.medianMs == null ? '' : t('writesTake', { time: formats.duration(health.calls.medianMs) });
  return (
    <Way to={`/systems/${id}`} label={[`${name}: ${state}`, answered, takes].filter(Boolean).join(', ')}>
      <title>{[name, state, answered, takes, health.lastError?.message].filter(Boolean).join('\n')}</title>
      <rect className={`overview-box tone-${tone}`} x={x + 1} y={1} width={boxWidth - 2} height={height - 2} rx={10} />
      <text y={24} className="overview-name">
        {names.map((line, i) => (
          <tspan key={line} x={x + 12} dy={i === 0 ? 0 : nameHeight}>
            {line}
          </tspan>
        ))}
      </text>
      <g transform={`translate(${x + 12} ${34 + (names.length - 1) * nameHeight})`}>
        <Shape tone={tone} />
        <text x={18} y={10} className="overview-small">
          {takes === '' ? state : `${state} · ${formats.duration(health.calls.medianMs!)}`}
        </text>
      </g>
    </Way>
  );
}

const Hub = ({ x, height }: { readonly x: number; readonly height: number }) => (
  <g aria-hidden="true">
    <rect className="overview-hub" x={x} y={1} width={hubWidth} height={height - 2} rx={10} />
    <text x={x + hubWidth / 2} y={24} textAnchor="middle" className="overview-name">
      Koppel
    </text>
  </g>
);

function Row({
  line,
  isRightward,
  width,
  y,
}: {
  readonly line: FlowLine;
  readonly isRightward: boolean;
  readonly width: number;
  readonly y: number;
}) {
  const { t } = useTranslation('overview');
  const { t: kinds } = useTranslation('kinds');
  const words = useFlowWords()(line);
  const { flow, source, target, tone } = line;
  const entity = kinds(`entities.${flow.entityType}`);
  const label = [
    t('fromTo', { entity, source: source.name, target: target.name }),
    words.trouble ?? t('inOrder'),
    t('lagIs', { lag: words.lag }),
    words.waiting,
    words.rate,
  ].filter(Boolean);
  const most = Math.floor((width / 2 - boxWidth - hubWidth / 2) / letterWidth);
  const [sourceX, targetX] = isRightward ? [12, width - boxWidth + 12] : [width - boxWidth + 12, 12];
  return (
    <Way to={`/flows/${flow.id}`} label={label.join(', ')}>
      <title>{label.join('\n')}</title>
      <rect className="overview-row" x={4} y={y - rowHeight / 2 + 1} width={width - 8} height={rowHeight - 2} rx={6} />
      <Arrows line={line} isRightward={isRightward} width={width} y={y} />
      <g transform={`translate(${sourceX} ${y - 6})`}>
        <Shape tone={tone} />
        <text x={18} y={10} className="overview-text">
          {shortened(entity, 15)}
        </text>
      </g>
      <text x={targetX} y={y + 4} className={`overview-small ${flow.syncState.lagSeconds == null ? 'muted' : ''}`}>
        {words.lag}
      </text>
      <Label
        x={width / 4 + boxWidth / 2 - hubWidth / 4}
        y={y}
        text={isRightward ? words.waiting : (words.trouble ?? '')}
        tone={tone}
        most={most}
      />
      <Label
        x={(width * 3) / 4 - boxWidth / 2 + hubWidth / 4}
        y={y}
        text={isRightward ? (words.trouble ?? '') : words.waiting}
        tone={tone}
        most={most}
      />
    </Way>
  );
}

const Label = ({
  x,
  y,
  text,
  tone,
  most,
}: {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly tone: string;
  /** Letters that there is room for. */
  readonly most: number;
}) =>
  text === '' ? null : (
    <text x={x} y={y - 8} textAnchor="middle" className={`overview-small tone-${tone}`}>
      {shortened(text, most)}
    </text>
  );

/** From the source to the hub, and on to the target. */
function Arrows({
  line,
  isRightward,
  width,
  y,
}: {
  readonly line: FlowLine;
  readonly isRightward: boolean;
  readonly width: number;
  readonly y: number;
}) {
  const [start, hubLeft, hubRight, end] = [
    boxWidth + 4,
    (width - hubWidth) / 2 - 4,
    (width + hubWidth) / 2 + 4,
    width - boxWidth - 4,
  ];
  const segments = isRightward ? [[start, hubLeft], [hubRight, end]] : [[end, hubRight], [hubLeft, start]]; // prettier-ignore
  const thick = widthOf(line.perHour);
  const head = 5 + thick / 2;
  return (
    <g className={`tone-${line.tone}`}>
      {segments.map(([from = 0, to = 0]) => {
        const back = to > from ? -1 : 1;
        return (
          <g key={from}>
            <path
              d={`M${from} ${y}H${to + back * head}`}
              stroke="currentColor"
              strokeWidth={thick}
              strokeDasharray={line.isOpen ? undefined : '6 5'}
            />
            <path d={`M${to} ${y}l${back * head * 1.5} ${-head}v${2 * head}Z`} fill="currentColor" />
          </g>
        );
      })}
    </g>
  );
}

const shortened = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
