/** A system in one line: how it stands, its name, since when, why. */
import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { OverviewSystemFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { Status } from '../../parts/status.tsx';

export function SystemLine({ system }: { readonly system: OverviewSystemFragment }) {
  const { t } = useTranslation('overview');
  const formats = useFormats();
  const { id, name, status, health } = system;
  return (
    <Text span size="sm">
      <Anchor component={Link} to={`/systems/${id}`} fw={600} size="sm">
        {name}
      </Anchor>{' '}
      <Status kind="connection" state={status} />{' '}
      {health.calls.medianMs != null && (
        <Text span size="xs" title={t('writesTake', { time: formats.duration(health.calls.medianMs) })}>
          {formats.duration(health.calls.medianMs)}{' '}
        </Text>
      )}
      {health.lastSuccessAt != null && (
        <Text span size="xs" className="muted">
          {t('answered')} <Moment at={health.lastSuccessAt} />
        </Text>
      )}
    </Text>
  );
}
