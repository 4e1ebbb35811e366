/** What kinds of record of mappings and kinds of system are called. */
import { useTranslation } from 'react-i18next';
import type { words } from '../../words/known.ts';

type EntityWord = keyof (typeof words)['mappings']['entity'];

/** Names a kind of record by the hub's word for it. */
export function useEntityWord(): (entity: string) => string {
  const { t } = useTranslation('mappings');
  return (entity) => t(`entity.${entity as EntityWord}`, { defaultValue: entity });
}

interface NamedSystem {
  readonly name: string;
  readonly connector?: { readonly key: string } | null;
}

/** The names of the connected systems of a kind; without any, the kind. */
export const systemsOf = (systems: readonly NamedSystem[], connectorKey: string): string =>
  systems
    .filter(({ connector }) => connector?.key === connectorKey)
    .map(({ name }) => name)
    .join(', ') || connectorKey;
