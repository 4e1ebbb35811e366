/** What became of the records of a run or of a piece of time: a stacked bar and the numbers, each a link to its events. */
import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FlowsCountsFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';

export const countKinds = ['created', 'updated', 'deleted', 'unchanged', 'excluded', 'blocked', 'failed'] as const;
type CountKind = (typeof countKinds)[number];

const colours: Readonly<Record<CountKind, string>> = {
  created: 'var(--koppel-ok)',
  updated: 'var(--koppel-pending)',
  deleted: 'var(--koppel-blocked)',
  unchanged: 'var(--mantine-color-gray-5)',
  excluded: 'var(--mantine-color-gray-4)',
  blocked: 'var(--koppel-retrying)',
  failed: 'var(--koppel-failed)',
};
/** Which events are behind a number. */
const filters: Readonly<Record<CountKind, { readonly outcome: string; readonly action?: string }>> = {
  created: { outcome: 'SUCCEEDED', action: 'CREATE' },
  updated: { outcome: 'SUCCEEDED', action: 'UPDATE' },
  deleted: { outcome: 'SUCCEEDED', action: 'DELETE' },
  unchanged: { outcome: 'UNCHANGED' },
  excluded: { outcome: 'EXCLUDED' },
  blocked: { outcome: 'BLOCKED' },
  failed: { outcome: 'FAILED' },
};

const sumOf = (counts: FlowsCountsFragment): number => countKinds.reduce((sum, kind) => sum + counts[kind], 0);

/** Sums over several runs: each of them counts the same waiting record anew, so that says nothing. */
export const overTime = (counts: FlowsCountsFragment): FlowsCountsFragment => ({ ...counts, blocked: 0 });

/** Decoration beside the numbers, which say the same. */
export function CountBar({ counts, height = 16 }: { readonly counts: FlowsCountsFragment; readonly height?: number }) {
  const sum = sumOf(counts);
  let x = 0;
  return (
    <svg width="100%" height={height} preserveAspectRatio="none" viewBox={`0 0 100 ${height}`} aria-hidden="true">
      <rect width="100" height={height} fill="var(--mantine-color-default-border)" />
      {sum > 0 &&
        countKinds.map((kind) => {
          const width = (counts[kind] / sum) * 100;
          x += width;
          return width === 0 ? null : (
            <rect key={kind} x={x - width} width={width} height={height} fill={colours[kind]} />
          );
        })}
    </svg>
  );
}

export interface Span {
  readonly flow?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Those that are not zero, each with what it leads to; problems lead to the problems of the flow. */
export function CountList({ counts, span }: { readonly counts: FlowsCountsFragment; readonly span: Span }) {
  const { t } = useTranslation('flows');
  const formats = useFormats();
  const there = countKinds.filter((kind) => counts[kind] > 0);
  if (there.length === 0) return <Text size="sm">{t('nothingMoved')}</Text>;
  return (
    <Group gap="lg" component="ul" p={0} m={0} style={{ listStyle: 'none', rowGap: 4 }}>
      {there.map((kind) => (
        <li key={kind} className="status">
          <svg width="12" height="12" aria-hidden="true">
            {kind === 'failed' ? (
              <path d="M6 0.8L11.6 11H0.4Z" fill={colours[kind]} />
            ) : (
              <rect width="12" height="12" rx="2" fill={colours[kind]} />
            )}
          </svg>
          <Anchor component={Link} to="/activity" search={{ ...span, ...filters[kind] } as never} size="sm" fw={600}>
            {formats.number(counts[kind])} {t(`count.${kind}`)}
          </Anchor>
        </li>
      ))}
    </Group>
  );
}
