/** Before a flow is paused: until when, and why. */
import { Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { FlowsPauseDocument, type FlowsHeadFragment } from '../../graph/graphql.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { useFormats } from '../../parts/formats.ts';
import { useNow } from '../../parts/now.ts';
import { told } from '../../parts/told.ts';
import { endOfPause, pauseEnds, type PauseEnd } from './pause-ends.ts';

export function PauseDialog({
  flow: { id, name, target, syncState },
  isOpen,
  onClose,
}: {
  readonly flow: FlowsHeadFragment;
  readonly isOpen: boolean;
  onClose(): void;
}) {
  const { t } = useTranslation('flows');
  const formats = useFormats();
  const now = useNow();
  const [reason, setReason] = useState('');
  const [end, setEnd] = useState<PauseEnd>('person');
  const pause = useCommand(FlowsPauseDocument);
  const confirm = async (): Promise<void> => {
    const until = endOfPause(end, new Date(now));
    try {
      await pause.run({ input: { id, until, reason: reason.trim() === '' ? null : reason.trim() } });
      setReason('');
      onClose();
      told(until === null ? t('paused', { name }) : t('pausedFor', { name, moment: formats.moment(until) }));
    } catch {
      // The dialog shows it.
    }
  };
  return (
    <Confirm
      title={t('pauseTitle', { name })}
      action={t('pause')}
      isOpen={isOpen}
      isRunning={pause.isRunning}
      error={pause.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text size="sm">{t('pauseEffect', { target: target.name })}</Text>
        {syncState.pending.value > 0 && <Text size="sm">{t('pauseWaiting', { count: syncState.pending.value })}</Text>}
        <Radio.Group label={t('pauseUntil')} value={end} onChange={(value) => setEnd(value as PauseEnd)}>
          <Stack gap={6} mt={4}>
            {pauseEnds.map((each) => (
              <Radio key={each} value={each} label={t(`pauseEnd.${each}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput
          label={t('reason')}
          description={t('reasonHint')}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Stack>
    </Confirm>
  );
}
