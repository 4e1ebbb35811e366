/** What stands in the place of a page that could not be loaded or shown; header and menu stay, and lead on. In: what was thrown. */
import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from './page.tsx';

export function Broken({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  return (
    <Page title={t('failed')}>
      <Alert color="red" variant="light" role="alert">
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{t('brokenPage')}</Text>
          <Text size="xs" className="muted">
            {error instanceof Error ? error.message : String(error)}
          </Text>
          <Button size="xs" variant="default" onClick={() => location.reload()}>
            {t('tryAgain')}
          </Button>
        </Stack>
      </Alert>
    </Page>
  );
}
