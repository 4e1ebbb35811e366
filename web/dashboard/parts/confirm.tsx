/** A dialog before what cannot be taken back lightly: it names the effect, begins at Cancel, and for deletes wants a word typed. */
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from './failure.tsx';

export function Confirm({
  title,
  action,
  typed,
  isReady = true,
  isOpen,
  isRunning = false,
  error = null,
  onConfirm,
  onClose,
  children,
}: {
  readonly title: string;
  /** Word of the button. */
  readonly action: string;
  /** What has to be typed first. */
  readonly typed?: string;
  /** What is confirmed is known. */
  readonly isReady?: boolean;
  readonly isOpen: boolean;
  readonly isRunning?: boolean;
  readonly error?: Error | null;
  onConfirm(): void;
  onClose(): void;
  /** The effect, in numbers where they are known. */
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const [entered, setEntered] = useState('');
  const isTyped = typed === undefined || entered.trim() === typed;
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }} centered>
      <Stack gap="md">
        <Text size="sm" component="div">
          {children}
        </Text>
        {typed !== undefined && (
          <TextInput
            label={t('typeToConfirm', { word: typed })}
            value={entered}
            onChange={(event) => setEntered(event.currentTarget.value)}
          />
        )}
        {error !== null && <Failure error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button color="red" disabled={!isReady || !isTyped} loading={isRunning} onClick={onConfirm}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
