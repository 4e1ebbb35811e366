/** The lanes of firing periods: a picture with a sentence and a time line, and the same as a table. */
import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlertsLaneFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { useNow } from '../../parts/now.ts';
import { lanesOf, type Lane, type Period } from './lanes.ts';
import { dayMs } from './periods.ts';
import type { Span } from './search.ts';

export function Lanes({
  alerts,
  isCut,
  days,
}: {
  readonly alerts: readonly AlertsLaneFragment[];
  /** There were more, and the oldest are missing. */
  readonly isCut: boolean;
  readonly days: Span;
}) {
  const { t } = useTranslation('alerts');
  const { t: common } = useTranslation();
  const [isTable, setTable] = useState(false);
  const now = useNow();
  const spanMs = days * dayMs;
  const lanes = lanesOf(alerts, now, spanMs);
  const count = lanes.reduce((sum, { periods }) => sum + periods.length, 0);
  if (count === 0) return <Text size="sm">{t('quiet', { days: t('days', { count: days }) })}</Text>;
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          {t('inAll', { count, days: t('days', { count: days }) })} {isCut && t('lanesCut')}
        </Text>
        <Button size="compact-sm" variant="subtle" onClick={() => setTable(!isTable)}>
          {isTable ? common('asPicture') : common('asTable')}
        </Button>
      </Group>
      {isTable ? <LaneTable lanes={lanes} /> : <Picture lanes={lanes} from={now - spanMs} days={days} />}
    </Stack>
  );
}

/** What a lane is about, and how often. */
function useLaneWords(): (lane: Lane) => { readonly name: string; readonly said: string } {
  const { t } = useTranslation('alerts');
  const formats = useFormats();
  return ({ rule, kind, subject, periods, totalMs }) => ({
    name: [subject, rule ?? t(`kind.${kind}`)].filter((part) => part !== null).join(': '),
    said: t('laneSaid', { count: periods.length, duration: formats.duration(totalMs) }),
  });
}

function Picture({
  lanes,
  from,
  days,
}: {
  readonly lanes: readonly Lane[];
  readonly from: number;
  readonly days: Span;
}) {
  const { t } = useTranslation('alerts');
  const formats = useFormats();
  const wordsOf = useLaneWords();
  return (
    <div>
      <ul className="alert-lanes">
        {lanes.map((lane) => {
          const { name, said } = wordsOf(lane);
          return (
            <li key={lane.key} className="alert-lane">
              <div className="alert-lane-name">
                <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
                  {name}
                </Text>
                <Text size="xs" className="muted">
                  {said}
                </Text>
              </div>
              <Track lane={lane} />
            </li>
          );
        })}
      </ul>
      <div className="alert-times muted" aria-hidden="true">
        <span>{days === 1 ? formats.time(from) : formats.day(from)}</span>
        <span>{t('now')}</span>
      </div>
      <Text size="xs" className="muted">
        {t('laneHint')}
      </Text>
    </div>
  );
}

/** Full while nobody had acknowledged it, only its frame afterwards. Hundredths of the width, so that no size has to be measured. */
function Track({ lane }: { readonly lane: Lane }) {
  const words = usePeriodWords();
  return (
    <svg className="alert-track" aria-hidden="true">
      <line x1="0" x2="100%" y1="12" y2="12" className="alert-line" />
      {lane.periods.map((period) => (
        <g key={period.id}>
          <title>{words(period)}</title>
          <Bar from={period.from} length={period.length} className="alert-known" />
          <Bar from={period.from} length={period.length * period.unknown} className="alert-unknown" />
        </g>
      ))}
    </svg>
  );
}

/** What is short is still seen. */
const leastShare = 0.004;

const Bar = ({ from, length, className }: { from: number; length: number; className: string }) =>
  length === 0 && className === 'alert-unknown' ? null : (
    <rect
      x={`${Math.min(from, 1 - leastShare) * 100}%`}
      width={`${Math.max(length, leastShare) * 100}%`}
      y="4"
      height="16"
      rx="3"
      className={className}
    />
  );

function usePeriodWords(): (period: Period) => string {
  const { t } = useTranslation('alerts');
  const formats = useFormats();
  return ({ title, startedAt, endedAt }) =>
    `${title}: ${formats.moment(startedAt)} – ${endedAt === null ? t('now') : formats.moment(endedAt)}`;
}

function LaneTable({ lanes }: { readonly lanes: readonly Lane[] }) {
  const { t } = useTranslation('alerts');
  const wordsOf = useLaneWords();
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table verticalSpacing={6} aria-label={t('periods')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('alert')}</Table.Th>
            <Table.Th scope="col">{t('beganHead')}</Table.Th>
            <Table.Th scope="col">{t('endedHead')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lanes.flatMap((lane) =>
            lane.periods.map((period) => (
              <Table.Tr key={period.id}>
                <Table.Td>{wordsOf(lane).name}</Table.Td>
                <Table.Td>
                  <Moment at={period.startedAt} />
                </Table.Td>
                <Table.Td>{period.endedAt === null ? t('goesOn') : <Moment at={period.endedAt} />}</Table.Td>
              </Table.Tr>
            )),
          )}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
