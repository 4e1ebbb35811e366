/** Who deals with problems, and why some need nothing more. */
import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand } from '../../api/hooks.ts';
import { ProblemAssigneesDocument, ProblemAssignDocument, ProblemDiscardDocument } from '../../graph/graphql.ts';
import { Failure } from '../../parts/failure.tsx';
import { told } from '../../parts/told.ts';
import type { Targets } from './targets.ts';

interface FormProps {
  readonly targets: Targets;
  onClose(): void;
  /** It was done. */
  onDone(): void;
}

interface DialogProps extends Omit<FormProps, 'targets'> {
  readonly targets: Targets | null;
}

export function DiscardDialog({ targets, ...ends }: DialogProps) {
  const { t } = useTranslation('problems');
  return (
    <CareDialog
      title={t('discardTitle', { count: targets?.count ?? 0 })}
      isOpen={targets !== null}
      onClose={ends.onClose}
    >
      {targets !== null && <Discard targets={targets} {...ends} />}
    </CareDialog>
  );
}

function Discard({ targets: { selections, count }, onClose, onDone }: FormProps) {
  const { t } = useTranslation('problems');
  const discard = useCommand(ProblemDiscardDocument);
  const [reason, setReason] = useState('');
  const [resolution, setResolution] = useState<'NOT_NEEDED' | 'FIXED_IN_TARGET'>('NOT_NEEDED');

  async function run(): Promise<void> {
    for (const selection of selections) {
      await discard.run({ input: { selection, reason, resolution } });
    }
    told(t('discarded', { count }));
    onDone();
  }

  return (
    <CareForm
      action={t('discardAction', { count })}
      color="red"
      isReady={reason.trim() !== ''}
      isRunning={discard.isRunning}
      error={discard.error}
      onRun={run}
      onClose={onClose}
    >
      <Text size="sm">{t('discardEffect', { count })}</Text>
      <NativeSelect
        label={t('resolution')}
        value={resolution}
        data-autofocus
        onChange={(event) => setResolution(event.currentTarget.value as typeof resolution)}
        data={[
          { value: 'NOT_NEEDED', label: t('resolutionNotNeeded') },
          { value: 'FIXED_IN_TARGET', label: t('resolutionFixed') },
        ]}
      />
      <TextInput
        label={t('reason')}
        description={t('reasonHint')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </CareForm>
  );
}

export function AssignDialog({ targets, ...ends }: DialogProps) {
  const { t } = useTranslation('problems');
  return (
    <CareDialog
      title={t('assignTitle', { count: targets?.count ?? 0 })}
      isOpen={targets !== null}
      onClose={ends.onClose}
    >
      {targets !== null && <Assign targets={targets} {...ends} />}
    </CareDialog>
  );
}

function Assign({ targets: { selections, count }, onClose, onDone }: FormProps) {
  const { t } = useTranslation('problems');
  const { data } = useAsk(ProblemAssigneesDocument, {});
  const assign = useCommand(ProblemAssignDocument);
  const [who, setWho] = useState('');
  const people = data?.assignees ?? [];

  async function run(): Promise<void> {
    for (const selection of selections) {
      await assign.run({ input: { selection, assigneeId: who === '' ? null : who } });
    }
    told(t('assigned', { count, name: people.find(({ id }) => id === who)?.name ?? t('nobody') }));
    onDone();
  }

  return (
    <CareForm
      action={t('assign')}
      isReady
      isRunning={assign.isRunning}
      error={assign.error}
      onRun={run}
      onClose={onClose}
    >
      <NativeSelect
        label={t('assignee')}
        value={who}
        onChange={(event) => setWho(event.currentTarget.value)}
        data={[{ value: '', label: t('nobody') }, ...people.map(({ id, name }) => ({ value: id, label: name }))]}
        data-autofocus
      />
    </CareForm>
  );
}

/** What is in it is there only while it is open: a reason is that of the problems that it was typed for. */
function CareDialog({
  title,
  isOpen,
  onClose,
  children,
}: {
  readonly title: string;
  readonly isOpen: boolean;
  onClose(): void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }} centered>
      {children}
    </Modal>
  );
}

function CareForm({
  action,
  color,
  isReady,
  isRunning,
  error,
  onRun,
  onClose,
  children,
}: {
  readonly action: string;
  readonly color?: string;
  readonly isReady: boolean;
  readonly isRunning: boolean;
  readonly error: Error | null;
  onRun(): Promise<void>;
  onClose(): void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  function submit(event: FormEvent): void {
    event.preventDefault();
    // What goes against it stands in the dialog.
    if (isReady) onRun().catch(() => undefined);
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {children}
        {error !== null && <Failure error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" color={color} disabled={!isReady} loading={isRunning}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
