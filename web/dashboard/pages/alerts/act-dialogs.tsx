/** What people do about an alert: say that they know, let it rest for a while, end it by hand. Each says what it means. */
import { Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import {
  AlertsAcknowledgeDocument,
  AlertsResolveDocument,
  AlertsSnoozeDocument,
  type AlertsAlertFragment,
} from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { rightNow } from '../../parts/now.ts';
import { told } from '../../parts/told.ts';
import { endOfPause } from '../flows/pause-ends.ts';
import { FormDialog, wrongAt } from './form-dialog.tsx';

interface Props {
  readonly alert: AlertsAlertFragment;
  onClose(): void;
}

function AcknowledgeDialog({ alert: { id, title }, onClose }: Props) {
  const { t } = useTranslation('alerts');
  const acknowledge = useCommand(AlertsAcknowledgeDocument);
  const [note, setNote] = useState('');
  const submit = async (): Promise<void> => {
    await acknowledge.run({ input: { id, note: textOrNull(note) } });
    onClose();
    told(t('acknowledged'));
  };
  return (
    <FormDialog
      title={t('acknowledgeTitle', { title })}
      action={t('acknowledge')}
      isRunning={acknowledge.isRunning}
      error={acknowledge.error}
      fields={['note']}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">{t('acknowledgeEffect')}</Text>
      <Note value={note} error={wrongAt(acknowledge.error, 'note')} onChange={setNote} />
    </FormDialog>
  );
}

function ResolveDialog({ alert: { id, title }, onClose }: Props) {
  const { t } = useTranslation('alerts');
  const resolve = useCommand(AlertsResolveDocument);
  const [note, setNote] = useState('');
  const submit = async (): Promise<void> => {
    await resolve.run({ input: { id, note: textOrNull(note) } });
    onClose();
    told(t('resolved'));
  };
  return (
    <FormDialog
      title={t('resolveTitle', { title })}
      action={t('resolveDo')}
      isRunning={resolve.isRunning}
      error={resolve.error}
      fields={['note']}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">{t('resolveEffect')}</Text>
      <Note value={note} error={wrongAt(resolve.error, 'note')} onChange={setNote} />
    </FormDialog>
  );
}

const ends = ['hour', 'tomorrow', 'moment'] as const;
type End = (typeof ends)[number];

function SnoozeDialog({ alert: { id, title }, onClose }: Props) {
  const { t } = useTranslation('alerts');
  const formats = useFormats();
  const snooze = useCommand(AlertsSnoozeDocument);
  const [end, setEnd] = useState<End>('hour');
  const [moment, setMoment] = useState('');
  const submit = async (): Promise<void> => {
    const until = untilOf(end, moment, new Date(rightNow()));
    await snooze.run({ input: { id, until } });
    onClose();
    told(t('snoozed', { moment: formats.moment(until) }));
  };
  return (
    <FormDialog
      title={t('snoozeTitle', { title })}
      action={t('snoozeDo')}
      isRunning={snooze.isRunning}
      isReady={end !== 'moment' || moment !== ''}
      error={snooze.error}
      fields={end === 'moment' ? ['until'] : []}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">{t('snoozeEffect')}</Text>
      <Radio.Group label={t('snoozeUntil')} value={end} onChange={(value) => setEnd(value as End)}>
        <Stack gap={6} mt={4}>
          {ends.map((each) => (
            <Radio key={each} value={each} label={t(`snoozeEnd.${each}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {end === 'moment' && (
        <TextInput
          type="datetime-local"
          label={t('snoozeMoment')}
          value={moment}
          error={wrongAt(snooze.error, 'until')}
          onChange={(event) => setMoment(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  );
}

const dialogs = { acknowledge: AcknowledgeDialog, snooze: SnoozeDialog, resolve: ResolveDialog } as const;
export type Act = keyof typeof dialogs;

/** Stands above the list of alerts: what is being entered stays when the alert ends meanwhile. */
export function ActDialog({ act, ...props }: Props & { readonly act: Act }) {
  const Dialog = dialogs[act];
  return <Dialog {...props} />;
}

/** As the graph takes it; what was typed is on the clock of whoever looks at the page. */
const untilOf = (end: End, moment: string, now: Date): string =>
  end === 'moment' ? new Date(moment).toISOString() : endOfPause(end, now)!;

const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

function Note({
  value,
  error,
  onChange,
}: {
  readonly value: string;
  readonly error: string | undefined;
  onChange(note: string): void;
}) {
  const { t } = useTranslation('alerts');
  return (
    <Textarea
      label={t('note')}
      description={t('noteHint')}
      value={value}
      error={error}
      maxLength={500}
      autosize
      minRows={2}
      data-autofocus
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
