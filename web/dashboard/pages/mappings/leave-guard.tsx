/** Keeps changes that are not saved from being lost when the page is left. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useEditor } from './state.ts';

export function LeaveGuard() {
  const { t } = useTranslation('mappings');
  const { t: common } = useTranslation();
  const { editing, save, isSaving } = useEditor();
  const { isChanged } = editing;
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isChanged && current.pathname !== next.pathname,
    enableBeforeUnload: () => isChanged,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  const { proceed, reset } = blocker;
  return (
    <Modal
      opened
      onClose={reset}
      title={t('unsavedTitle')}
      closeButtonProps={{ 'aria-label': common('close') }}
      centered
    >
      <Stack>
        <Text size="sm">{t('unsavedText')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={reset} data-autofocus>
            {t('stay')}
          </Button>
          <Button variant="subtle" color="red" onClick={proceed}>
            {t('leaveWithout')}
          </Button>
          <Button
            loading={isSaving}
            onClick={() => void save().then((revision) => (revision === null ? reset() : proceed()))}
          >
            {t('saveAndLeave')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
