/**
 * Taking several changes back: first the plan in numbers (how many records of how many are put back and where, what is left alone, what cannot be
 * put back and why) with samples, then a reason, and for many the number typed. It goes on as a job, to which the page leads.
 */
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusedError, useAsk, useCommand } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import {
  UndoChangesPlanDocument,
  UndoChangesStartDocument,
  type SyncEventFilter,
  type UndoSelection,
} from '../../graph/graphql.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { Failure } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Nothing } from '../../parts/nothing.tsx';
import { told } from '../../parts/told.ts';
import { UndoNumbers } from './undo-numbers.tsx';
import { PutBackSamples, StayingRecords, type Plan } from './undo-samples.tsx';
import './undo.css';

/** What is taken back: where it is chosen decides what is said of it. */
export type UndoOf =
  | { readonly kind: 'run'; readonly runId: string; readonly source: string }
  | { readonly kind: 'events'; readonly eventIds: readonly string[] }
  | { readonly kind: 'filter'; readonly filter: SyncEventFilter }
  | { readonly kind: 'version'; readonly mappingId: string; readonly version: number }
  | { readonly kind: 'job'; readonly jobId: string };

/** From so many records on the number has to be typed. */
const many = 20;

/** Who may take changes back. */
export const useMayUndo = (): boolean => [useMay('REPLAY'), useMay('WRITE_MAPPINGS')].some(Boolean);

function selectionOf(of: UndoOf): UndoSelection {
  switch (of.kind) {
    case 'run':
      return { runId: of.runId };
    case 'events':
      return { eventIds: [...of.eventIds] };
    case 'filter':
      return { filter: of.filter };
    case 'version':
      return { mappingVersion: { mappingId: of.mappingId, version: of.version } };
    case 'job':
      return { jobId: of.jobId };
  }
}

interface UndoProps {
  readonly of: UndoOf;
  onClose(): void;
  /** It was begun. */
  onStarted?(): void;
}

export function UndoChanges({ of, onClose, onStarted }: UndoProps) {
  const { t } = useTranslation('undo');
  const { t: common } = useTranslation();
  const asked = useAsk(UndoChangesPlanDocument, { selection: selectionOf(of) });
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t(`title.${of.kind}`, { version: of.kind === 'version' ? of.version : '' })}
      closeButtonProps={{ 'aria-label': common('close') }}
      centered
    >
      <Answer of={asked} skeleton={<Lines count={6} />}>
        {({ undoPlan }) =>
          undoPlan == null ? (
            <Nothing kind="matches" title={t('gone')} />
          ) : undoPlan.records.total === 0 ? (
            <Nothing kind="matches" title={t('nothing')} />
          ) : (
            <Planned
              {...{ of, onClose, plan: undoPlan }}
              {...(onStarted === undefined ? {} : { onStarted })}
              onOutdated={() => void asked.refetch()}
            />
          )
        }
      </Answer>
    </Modal>
  );
}

function Planned({
  of,
  plan,
  onClose,
  onStarted,
  onOutdated,
}: UndoProps & { readonly plan: Plan; onOutdated(): void }) {
  const { t } = useTranslation('undo');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const start = useCommand(UndoChangesStartDocument, []);
  const { reversible, total, judged } = plan.records;
  // What was not looked at may turn out to be left alone.
  const count = reversible + total - judged;
  const isTyped = count <= many || typed.trim() === String(count);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    try {
      const input = { selection: selectionOf(of), planHash: plan.planHash, reason: reason.trim() };
      const { undoStart } = await start.run({ input });
      told(t('started'));
      onStarted?.();
      onClose();
      if (undoStart.job != null) await navigate({ to: `/jobs/${undoStart.job.id}` });
    } catch (thrown) {
      // The dialog shows it, with the plan as it is now.
      if (thrown instanceof RefusedError) onOutdated();
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <Text size="sm" className="muted">
          {t(`means.${of.kind}`, { source: of.kind === 'run' ? of.source : '' })}
        </Text>
        <UndoNumbers plan={plan} />
        <PutBackSamples items={plan.items} />
        <StayingRecords items={plan.items} />
        {start.error !== null && <Failure error={start.error} />}
        {count > 0 && <Confirming {...{ count, reason, typed }} onReason={setReason} onTyped={setTyped} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {count > 0 ? common('cancel') : common('close')}
          </Button>
          {count > 0 && (
            <Button type="submit" loading={start.isRunning} disabled={reason.trim() === '' || !isTyped}>
              {t(judged < total ? 'upTo' : 'action', { count, number: formats.number(count) })}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

interface Confirmed {
  readonly count: number;
  readonly reason: string;
  readonly typed: string;
  onReason(reason: string): void;
  onTyped(typed: string): void;
}

function Confirming({ count, reason, typed, onReason, onTyped }: Confirmed) {
  const { t } = useTranslation('undo');
  const { t: common } = useTranslation();
  return (
    <>
      <TextInput
        label={t('reason')}
        description={t('reasonHint')}
        value={reason}
        onChange={(event) => onReason(event.currentTarget.value)}
        maxLength={500}
        required
        withAsterisk={false}
      />
      {count > many && (
        <TextInput
          label={common('typeToConfirm', { word: String(count) })}
          value={typed}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => onTyped(event.currentTarget.value)}
        />
      )}
    </>
  );
}
