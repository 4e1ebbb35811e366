/** A dialog before what cannot be taken back lightly: it names the effect, begins at Cancel, and for deletes wants a word typed. */
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from './failure.tsx';

interface Question {
  /** Word of the button. */
  readonly action: string;
  /** What has to be typed first. */
  readonly typed?: string;
  /** What is confirmed is known. */
  readonly isReady?: boolean;
  readonly isRunning?: boolean;
  readonly error?: Error | null;
  onConfirm(): void;
  onClose(): void;
  /** The effect, in numbers where they are known. */
  readonly children: ReactNode;
}

export function Confirm({
  title,
  isOpen,
  ...question
}: Question & {
  readonly title: string;
  readonly isOpen: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={question.onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('close') }}
      centered
    >
      <Asked {...question} />
    </Modal>
  );
}

/** There only while the dialog is open, so that what was typed in it is gone the next time. */
function Asked({
  action,
  typed,
  isReady = true,
  isRunning = false,
  error = null,
  onConfirm,
  onClose,
  children,
}: Question) {
  const { t } = useTranslation();
  const [entered, setEntered] = useState('');
  const isTyped = typed === undefined || entered.trim() === typed;
  return (
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
  );
}
