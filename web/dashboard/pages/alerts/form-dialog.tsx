/** A dialog with a form: what it is about, its fields, what went against it, and two buttons. */
import { Button, Group, Modal, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusedError } from '../../api/hooks.ts';
import { Failure } from '../../parts/failure.tsx';

/** What is said at a field of the form. */
export const wrongAt = (error: Error | null, field: string): string | undefined =>
  error instanceof RefusedError ? error.refusals.find((one) => one.field?.includes(field))?.message : undefined;

export function FormDialog({
  title,
  action,
  isRunning,
  isReady = true,
  error,
  fields = [],
  onSubmit,
  onClose,
  children,
}: {
  readonly title: string;
  /** Word of the button. */
  readonly action: string;
  readonly isRunning: boolean;
  readonly isReady?: boolean;
  readonly error: Error | null;
  /** Fields that say themselves what is wrong with them. */
  readonly fields?: readonly string[];
  /** Throws what the hub had against it; that is shown by `error`. */
  onSubmit(): Promise<void>;
  onClose(): void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit().catch(() => undefined);
  };
  const isPlaced = fields.some((field) => wrongAt(error, field) !== undefined);
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }} centered>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {children}
          {error !== null && !isPlaced && <Failure error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={isRunning} disabled={!isReady}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
