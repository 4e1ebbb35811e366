/** A secret that the hub shows only now: with a button that copies it, and nothing that closes it by accident. */
import { Alert, Button, Code, CopyButton, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function ShownOnce({
  title,
  about,
  secret,
  onClose,
}: {
  readonly title: string;
  readonly about: string;
  readonly secret: string;
  onClose(): void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('close') }}
      size="lg"
    >
      <Stack>
        <Alert color="yellow">
          <Text size="sm">{about}</Text>
        </Alert>
        <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {secret}
        </Code>
        <CopyButton value={secret} timeout={3_000}>
          {({ copied, copy }) => (
            <Button onClick={copy} data-autofocus>
              {copied ? t('copied') : t('copy')}
            </Button>
          )}
        </CopyButton>
      </Stack>
    </Modal>
  );
}
