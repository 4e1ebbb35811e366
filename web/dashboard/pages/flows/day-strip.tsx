/** What a flow did in each hour of the last day: how much as height, failures as a part of its own with a mark above it. */
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FlowsHourFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';

const [width, height, markHeight] = [5, 24, 5];

const moved = ({ counts }: FlowsHourFragment): number => counts.created + counts.updated + counts.unchanged;
const hasFailed = ({ counts, failedRunCount }: FlowsHourFragment): boolean => counts.failed > 0 || failedRunCount > 0;

/** One picture with a sentence, which leads to the events of the day. */
export function DayStrip({ flowId, hours }: { readonly flowId: string; readonly hours: readonly FlowsHourFragment[] }) {
  const { t } = useTranslation('flows');
  const formats = useFormats();
  const sum = hours.reduce((all, hour) => all + moved(hour), 0);
  const failed = hours.reduce((all, { counts }) => all + counts.failed, 0);
  const name = t('dayIs', { count: sum, number: formats.number(sum), failed: formats.number(failed) });
  const from = hours[0]?.from;
  return (
    <Anchor component={Link} to="/activity" search={{ flow: flowId, from } as never} aria-label={name} title={name}>
      <svg width={hours.length * width} height={height} aria-hidden="true" style={{ display: 'block' }}>
        <Bars hours={hours} step={width} tall={height} />
      </svg>
    </Anchor>
  );
}

/** The same with a link per hour. */
export function LinkedDay({
  flowId,
  hours,
}: {
  readonly flowId: string;
  readonly hours: readonly FlowsHourFragment[];
}) {
  const { t } = useTranslation('flows');
  const formats = useFormats();
  const most = mostOf(hours);
  return (
    <span style={{ display: 'flex', flexWrap: 'wrap' }}>
      {hours.map((hour) => {
        const { from, to, counts } = hour;
        const name = t('hourIs', { moment: formats.moment(from), number: formats.number(moved(hour)), failed: formats.number(counts.failed) }); // prettier-ignore
        return (
          <Anchor
            key={from}
            component={Link}
            to="/activity"
            search={{ flow: flowId, from, to } as never}
            aria-label={name}
            title={name}
            style={{ width: 24, height: 48 }}
          >
            <svg width={24} height={48} aria-hidden="true">
              <Bar hour={hour} x={2} wide={20} tall={48} most={most} />
            </svg>
          </Anchor>
        );
      })}
    </span>
  );
}

const mostOf = (hours: readonly FlowsHourFragment[]): number =>
  Math.max(1, ...hours.map((hour) => moved(hour) + hour.counts.failed));

function Bars({
  hours,
  step,
  tall,
}: {
  readonly hours: readonly FlowsHourFragment[];
  readonly step: number;
  readonly tall: number;
}) {
  const most = mostOf(hours);
  return hours.map((hour, i) => (
    <Bar key={hour.from} hour={hour} x={i * step} wide={step - 1} tall={tall} most={most} />
  ));
}

/** What is there at all is seen: two pixels at least. */
function Bar({
  hour,
  x,
  wide,
  tall,
  most,
}: {
  readonly hour: FlowsHourFragment;
  readonly x: number;
  readonly wide: number;
  readonly tall: number;
  readonly most: number;
}) {
  const part = (count: number): number => (count === 0 ? 0 : Math.max(2, (count / most) * (tall - markHeight - 2)));
  const good = part(moved(hour));
  const bad = Math.max(part(hour.counts.failed), hasFailed(hour) ? 2 : 0);
  const top = tall - good - bad;
  return (
    <>
      {good + bad === 0 && (
        <rect x={x} y={tall - 1} width={wide} height={1} fill="var(--mantine-color-default-border)" />
      )}
      <rect x={x} y={tall - good} width={wide} height={good} fill="var(--koppel-ok)" />
      <rect x={x} y={top} width={wide} height={bad} fill="var(--koppel-failed)" />
      {hasFailed(hour) && (
        <path d={`M${x} ${top - 1}h${wide}l${-wide / 2} ${-Math.min(wide, markHeight)}z`} fill="var(--koppel-failed)" />
      )}
    </>
  );
}
