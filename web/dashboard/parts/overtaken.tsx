/** Somebody else has changed what is being edited: nothing of it is overwritten, and nothing that was typed is taken away. */
import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function Overtaken({
  title,
  hint,
  onTakeTheirs,
}: {
  /** Where it is about something else than settings. */
  readonly title?: string;
  readonly hint?: string;
  onTakeTheirs(): void;
}) {
  const { t } = useTranslation();
  return (
    <Alert color="orange" title={title ?? t('overtaken')} role="status">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{hint ?? t('overtakenHint')}</Text>
        <Button size="xs" variant="default" onClick={onTakeTheirs}>
          {t('takeTheirs')}
        </Button>
      </Stack>
    </Alert>
  );
}
