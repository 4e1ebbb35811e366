/** Who decides about a field, in words. In: a field of the graph. Out: what stands in its row and in the dialog. */
import { useTranslation } from 'react-i18next';
import type { ConflictFieldFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';

export type OwnedField = ConflictFieldFragment;
type Rule = Pick<OwnedField, 'policy' | 'systems' | 'sources'>;

export const defaultOf = ({ defaultPolicy: policy, defaultSystems: systems, sources }: OwnedField): Rule => ({
  policy,
  systems,
  sources,
});

/** "Softmaat", "whoever changed it last"; where only one system is read nobody else can be meant. */
export function useRuleWords(): (rule: Rule) => string {
  const { t } = useTranslation('conflicts');
  const formats = useFormats();
  return ({ policy, systems, sources }) => {
    if (policy !== 'SYSTEM') return t(`rule.${policy}`);
    const named = systems.length > 0 ? systems : sources.length === 1 ? sources : [];
    return named.length > 0 ? formats.list(named.map(({ name }) => name)) : t('rule.SYSTEM');
  };
}
