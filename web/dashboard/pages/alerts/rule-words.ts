/** What a rule watches, as a sentence. */
import { useTranslation } from 'react-i18next';
import type { AlertsRuleFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';

type Said = Pick<AlertsRuleFragment, 'kind' | 'threshold' | 'windowMinutes' | 'flows' | 'systems'>;

/** "A flow is more than 15 minutes behind." and of which flows or systems, when not of all. */
export function useRuleSentence(): (rule: Said) => string {
  const { t } = useTranslation('alerts');
  const formats = useFormats();
  return ({ kind, threshold, windowMinutes, flows, systems }) => {
    const count = threshold ?? 0;
    const what =
      kind === 'FAILURE_RATIO'
        ? t('ratioSaid', { share: formats.percent(count / 100), window: minutes(windowMinutes ?? 0) })
        : kind === 'SYSTEM_UNREACHABLE' && count === 0
          ? t('atOnce')
          : t(`said.${kind}`, { count });
    const of = [...flows, ...systems].map(({ name }) => name);
    return of.length === 0 ? what : `${what} ${t('onlyOf', { names: formats.list(of) })}`;
  };

  function minutes(count: number): string {
    return formats.duration(count * 60_000);
  }
}
