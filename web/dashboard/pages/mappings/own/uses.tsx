/** Where a mapping is used: the flows whose records go through it, or that there are none. */
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { OwnMappingFragment } from '../../../graph/graphql.ts';
import { useFormats } from '../../../parts/formats.ts';

export function Uses({ mapping: { usedBy, systems } }: { readonly mapping: OwnMappingFragment }) {
  const { t } = useTranslation('mappings');
  const { colon } = useFormats();
  return (
    <>
      {' · '}
      {systems.length === 0 ? t('ownNotUsed') : usedBy.length === 0 ? t('ownNoFlow') : `${t('ownUsedBy')}${colon}`}
      {usedBy.map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <Anchor component={Link} to={`/flows/${id}`} size="sm">
            {name}
          </Anchor>
        </span>
      ))}
    </>
  );
}
