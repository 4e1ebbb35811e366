/** Somebody else has changed what is being edited: nothing of it is overwritten, and nothing that was typed is taken away. */
import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function Overtaken({ onTakeTheirs }: { onTakeTheirs(): void }) {
  const { t } = useTranslation();
  return (
    <Alert color="orange" title={t('overtaken')} role="status">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('overtakenHint')}</Text>
        <Button size="xs" variant="default" onClick={onTakeTheirs}>
          {t('takeTheirs')}
        </Button>
      </Stack>
    </Alert>
  );
}
