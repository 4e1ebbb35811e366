/** How a flow's delay, and what waits, are said. */
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { useStateWord } from '../../parts/status.tsx';
import { answers, type FlowLine } from './flow-lines.ts';

export interface FlowWords {
  /** The delay, or that there is none. */
  readonly lag: string;
  /** What waits; empty when nothing does. */
  readonly waiting: string;
  /** Why nothing or not everything comes through; null when all does. */
  readonly trouble: string | null;
  readonly rate: string;
}

export function useFlowWords(): (line: FlowLine) => FlowWords {
  const { t } = useTranslation('overview');
  const { t: kinds } = useTranslation('kinds');
  const formats = useFormats();
  const word = useStateWord();
  const troubleOf = ({ flow, source, target }: FlowLine): string | null => {
    if (flow.state !== 'ENABLED') return word('flow', flow.state);
    if (flow.syncState.stoppedBecause != null) return t('stopped');
    const silent = [target, source].find((system) => !answers(system));
    if (silent !== undefined) return `${silent.name}${formats.colon}${kinds(`connection.${silent.status}`)}`;
    if (flow.syncState.failingBecause != null) return t('partlyUnread');
    if (flow.openDeadLetterCount > 0) return t('problems', { count: flow.openDeadLetterCount });
    return flow.syncState.consecutiveFailures > 0 ? t('triesAgain') : null;
  };
  return (line) => {
    const { lagSeconds, pending } = line.flow.syncState;
    return {
      lag: line.flow.state === 'DRAFT' ? '–' : lagSeconds == null ? t('noLag') : formats.duration(lagSeconds * 1_000),
      waiting: pending.value === 0 ? '' : t('waiting', { count: pending.value }),
      trouble: troubleOf(line),
      rate: t('perHour', { count: line.perHour }),
    };
  };
}
