/** Fields of a record about which its systems do not agree: which ones, and where a person decides. Nothing when there are none. */
import { Alert, Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import { RecordConflictsDocument } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import type { Named } from './history.tsx';

/** No subscription tells of conflicts. */
const everyMs = 15_000;

export function Contested({ records }: { readonly records: readonly Named[] }) {
  const { t } = useTranslation('records');
  const formats = useFormats();
  const ids = records.map(({ id }) => id);
  const { data } = useAsk(RecordConflictsDocument, { ids }, { isOff: !useMay('READ_OPERATIONS'), everyMs });
  // A variant that was there a moment ago may be gone.
  const found = (data?.fieldConflicts.nodes ?? []).filter(({ entity }) => entity != null && ids.includes(entity.id));
  if (found.length === 0) return null;
  return (
    <Alert color="orange" title={t('contested', { count: found.length })}>
      {found.map(({ id, entity, field, values }) => {
        const label = records.length > 1 ? records.find((each) => each.id === entity?.id)?.label : undefined;
        const systems = formats.list(values.flatMap(({ system }) => (system == null ? [] : [system.name])));
        return (
          <div key={id}>
            {[field.label, label].filter(Boolean).join(', ')}
            {formats.colon}
            {t('contestedBy', { systems })}{' '}
            <Anchor
              component={Link}
              to="/conflicts"
              search={{ record: entity?.id } as never}
              size="sm"
              c="inherit"
              underline="always"
            >
              {t('decide')}
            </Anchor>
          </div>
        );
      })}
    </Alert>
  );
}
