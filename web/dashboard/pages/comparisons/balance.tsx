/** How the records of a comparison stand: a bar in parts, and the same in words. */
import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ReconciliationState } from '../../graph/kinds.ts';
import { useFormats } from '../../parts/formats.ts';
import { Shape } from '../../parts/status.tsx';
import { countOf, looks, statesIn, toneOfVerdict, verdictOf, type Counts } from './verdict.ts';

/** The two systems of a comparison, as states and sentences name them. */
export interface Sides {
  readonly source: string;
  readonly target: string;
}

const height = 12;
/** Of the width; less would not be seen. */
const least = 2;

/** Decoration beside the words. What there is at all is seen. */
export function BalanceBar({ counts }: { readonly counts: Counts }) {
  const parts = [
    { name: 'equal', tone: 'ok', count: counts.equal } as const,
    ...statesIn(counts).map((state) => ({ name: state, tone: looks[state].tone, count: countOf(counts, state) })),
  ].filter(({ count }) => count > 0);
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const wide = parts.map(({ count }) => Math.max((count / total) * 100, least));
  const all = wide.reduce((sum, each) => sum + each, 0);
  let x = 0;
  return (
    <svg className="balance" width="100%" height={height} aria-hidden="true">
      <rect width="100%" height={height} fill="var(--mantine-color-default-border)" />
      {parts.map(({ name, tone }, i) => {
        const width = (wide[i]! / all) * 100;
        x += width;
        return (
          <rect
            key={name}
            className={`tone-${tone}`}
            x={`${x - width}%`}
            width={`${width}%`}
            height={height}
            fill="currentColor"
            stroke="var(--mantine-color-body)"
          />
        );
      })}
    </svg>
  );
}

/** "2,412 of 2,418 agree", "All 2,418 agree". */
export function useVerdictWords(): (counts: Counts) => string {
  const { t } = useTranslation('comparisons');
  const formats = useFormats();
  return (counts) => {
    const { compared, equal } = counts;
    const verdict = verdictOf(counts);
    if (verdict === 'nothing') return t('nothingCompared');
    if (verdict === 'agree') return t('allAgree', { count: compared, number: formats.number(compared) });
    return t('someAgree', { count: compared, equal: formats.number(equal), number: formats.number(compared) });
  };
}

/** "different", "missing in Softmaat"; of so many records. */
export function useStateName({ source, target }: Sides): (state: ReconciliationState, count: number) => string {
  const { t } = useTranslation('comparisons');
  return (state, count) => t(`state.${state}`, { source, target, count });
}

/** Shape and number that agree, and below it how many stand otherwise; each leads to these. */
export function BalanceWords({
  comparison: { id, counts },
  sides,
}: {
  readonly comparison: { readonly id: string; readonly counts: Counts };
  readonly sides: Sides;
}) {
  const words = useVerdictWords();
  const nameOf = useStateName(sides);
  const formats = useFormats();
  const states = statesIn(counts);
  return (
    <>
      <span className="status balance-words">
        <Shape tone={toneOfVerdict[verdictOf(counts)]} />
        <Text span size="sm" fw={600}>
          {words(counts)}
        </Text>
      </span>
      {states.length > 0 && (
        <Text size="xs" className="muted">
          {states.map((state, i) => (
            <span key={state}>
              {i > 0 && ' · '}
              <Anchor component={Link} to={`/comparisons/${id}`} search={{ state } as never} size="xs">
                {formats.number(countOf(counts, state))} {nameOf(state, countOf(counts, state))}
              </Anchor>
            </span>
          ))}
        </Text>
      )}
    </>
  );
}
