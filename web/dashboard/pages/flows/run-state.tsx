/** How a run stands, as shape and word, and the latest runs of a flow as squares in a row. */
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FlowsRunFragment } from '../../graph/graphql.ts';
import type { RunStatus } from '../../graph/kinds.ts';
import { useFormats } from '../../parts/formats.ts';
import { Shape, type Tone } from '../../parts/status.tsx';

const tones: Readonly<Record<RunStatus, Tone>> = {
  SUCCEEDED: 'ok',
  PARTIAL: 'retrying',
  FAILED: 'failed',
  RUNNING: 'pending',
  QUEUED: 'pending',
  HELD: 'paused',
  CANCELLED: 'excluded',
};

export function RunState({ status }: { readonly status: RunStatus }) {
  const { t } = useTranslation('flows');
  return (
    <span className="status">
      <Shape tone={tones[status]} />
      <span>{t(`run.${status}`)}</span>
    </span>
  );
}

/** What was written, what failed, in one short text. */
export function useRunWords(): (run: FlowsRunFragment) => string {
  const { t } = useTranslation('flows');
  const formats = useFormats();
  return ({ status, startedAt, counts }) => {
    const parts = (['created', 'updated', 'deleted', 'failed'] as const)
      .filter((kind) => counts[kind] > 0)
      .map((kind) => `${formats.number(counts[kind])} ${t(`count.${kind}`)}`);
    return `${formats.moment(startedAt)}${formats.colon}${[t(`run.${status}`), ...parts].join(', ')}`;
  };
}

/** Height says it too, for those who do not tell the colours apart. */
const heights: Readonly<Partial<Record<Tone, number>>> = { ok: 16, failed: 8, retrying: 12 };

/** One square a run, the newest right. `isLinked`: each leads to its run; without it the strip is one picture with a text. */
export function RunStrip({
  runs,
  isLinked = false,
}: {
  /** The newest first. */
  readonly runs: readonly FlowsRunFragment[];
  readonly isLinked?: boolean;
}) {
  const { t } = useTranslation('flows');
  const words = useRunWords();
  if (runs.length === 0) return <span className="muted">{t('noRuns')}</span>;
  const shown = runs.toReversed();
  if (isLinked) {
    return (
      <span style={{ display: 'flex', flexWrap: 'wrap' }}>
        {shown.map((run) => (
          <Anchor
            key={run.id}
            component={Link}
            to={`/runs/${run.id}`}
            title={words(run)}
            aria-label={words(run)}
            style={{ width: 24, height: 32, display: 'inline-flex' }}
          >
            <svg width="24" height="32" aria-hidden="true">
              <Square tone={tones[run.status]} x={2} width={20} height={30} scale={1.7} />
            </svg>
          </Anchor>
        ))}
      </span>
    );
  }
  const bad = runs.filter(({ status }) => status === 'FAILED' || status === 'PARTIAL').length;
  return (
    <svg width={runs.length * 6} height="18" role="img" aria-label={t('stripIs', { count: runs.length, bad })}>
      {shown.map((run, i) => (
        <Square key={run.id} tone={tones[run.status]} x={i * 6} width={5} height={17} scale={1} title={words(run)} />
      ))}
    </svg>
  );
}

function Square({
  tone,
  x,
  width,
  height,
  scale,
  title,
}: {
  readonly tone: Tone;
  readonly x: number;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly title?: string;
}) {
  const tall = (heights[tone] ?? 14) * scale;
  const isHollow = tone === 'pending' || tone === 'paused' || tone === 'excluded';
  return (
    <rect
      className={`tone-${tone}`}
      x={isHollow ? x + 0.75 : x}
      y={height - tall}
      width={isHollow ? width - 1.5 : width}
      height={tall}
      rx="1.5"
      fill={isHollow ? 'none' : 'currentColor'}
      stroke={isHollow ? 'currentColor' : 'none'}
      strokeWidth="1.5"
    >
      {title !== undefined && <title>{title}</title>}
    </rect>
  );
}
