/** Whether the server can send mail: as whom, or what has to be set so that it can. */
import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AlertsMailFragment } from '../../graph/graphql.ts';

export function MailNote({ mail: { isConfigured, from, hint } }: { readonly mail: AlertsMailFragment }) {
  const { t } = useTranslation('alerts');
  if (isConfigured) {
    return (
      <Text size="sm" className="muted">
        {t('mailFrom', { from: from ?? '' })}
      </Text>
    );
  }
  return (
    <Alert color="yellow" title={t('noMail')}>
      <Text size="sm" data-from-hub>
        {hint}
      </Text>
      <Text size="sm">{t('noMailInstead')}</Text>
    </Alert>
  );
}
