/** What a new flow is called: "Products from the till to the shop". */
import { useTranslation } from 'react-i18next';
import type { Entity } from './flow-choice.ts';

interface Named {
  readonly name: string;
}

export function useFlowName(): (entity: Entity, source: Named, target: Named) => string {
  const { t } = useTranslation('setup');
  const { t: kinds } = useTranslation('kinds');
  return (entity, source, target) => {
    const what = kinds(`entities.${entity}`);
    return t('flowName', {
      what: what.charAt(0).toUpperCase() + what.slice(1),
      source: source.name,
      target: target.name,
    });
  };
}
