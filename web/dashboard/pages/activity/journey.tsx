/** The stages that a change went through, with when each began and how long it took on one scale. In: steps of the graph, in order. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EventStepFragment } from '../../graph/graphql.ts';
import type { StepStatus } from '../../graph/kinds.ts';
import { useFormats } from '../../parts/formats.ts';
import { Shape, type Tone } from '../../parts/status.tsx';

export const toneOfStep: Readonly<Record<StepStatus, Tone>> = {
  WAITING: 'retrying',
  RUNNING: 'pending',
  SUCCEEDED: 'ok',
  SKIPPED: 'excluded',
  FAILED: 'failed',
};

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Steps are written down when they end. */
function spanOf({ startedAt, durationMs }: EventStepFragment): Span | null {
  if (startedAt == null) return null;
  const to = new Date(startedAt).getTime();
  return { from: to - (durationMs ?? 0), to };
}

/** What went wrong is said once, in its own colour. */
const repeats = ({ message, error }: EventStepFragment): boolean =>
  error != null && message?.includes(error.message) === true;

export function Journey({ steps }: { readonly steps: readonly EventStepFragment[] }) {
  const { t } = useTranslation('activity');
  const { t: kinds } = useTranslation('kinds');
  const formats = useFormats();
  const spans = steps.map(spanOf);
  const known = spans.filter((span) => span !== null);
  const begin = Math.min(...known.map(({ from }) => from));
  const whole = Math.max(...known.map(({ to }) => to), begin + 1) - begin;
  const percent = (ms: number): string => `${Math.min((ms / whole) * 100, 99.5)}%`;
  return (
    <ol className="journey">
      {steps.map((step, i) => {
        const span = spans[i] ?? null;
        const tone = toneOfStep[step.status];
        const word = t(`step.${step.status}`);
        return (
          <li key={i}>
            <span className="status" title={word}>
              <Shape tone={tone} />
              <span>
                <b>{kinds(`stage.${step.stage}`)}</b>{' '}
                <span className="muted">
                  {step.system?.name} <span className="visually-hidden">{word}</span>
                </span>
              </span>
            </span>
            <span className="journey-bar" aria-hidden="true">
              {span !== null && (
                <span
                  className={`tone-${tone}`}
                  style={{ left: percent(span.from - begin), width: percent(span.to - span.from) }}
                />
              )}
            </span>
            <Text span size="sm" ta="right" className="muted">
              {span !== null && `+ ${formats.duration(span.from - begin)}`}
            </Text>
            {step.message != null && !repeats(step) && (
              <Text size="xs" className="muted journey-note">
                {step.message}
                {step.durationMs == null ? '' : ` (${formats.duration(step.durationMs)})`}
              </Text>
            )}
            {step.error != null && (
              <Text size="sm" className="journey-note tone-failed">
                {step.error.message} <code>{step.error.code}</code>
              </Text>
            )}
          </li>
        );
      })}
    </ol>
  );
}
