/** Step 8: who is told when something goes wrong, and from when on. Saving sends a real message at once and says what was answered; it can be skipped with a warning. */
import { Alert, Button, Fieldset, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import {
  AlertsChannelSaveDocument,
  SetupDocument,
  SetupStepDoneDocument,
  type AlertsChannelFragment,
} from '../../graph/graphql.ts';
import { Failure } from '../../parts/failure.tsx';
import { ChannelForm, nameFrom, SecretInput, targetOf } from '../alerts/channel-form.tsx';
import { ChannelList } from '../alerts/channel-list.tsx';
import { TestAnswer, useChannelTest, type Tested } from '../alerts/channel-test.tsx';
import { MailNote } from '../alerts/mail-note.tsx';
import { addressesOf } from '../alerts/proposals.ts';
import { wrongAt } from '../alerts/form-dialog.tsx';
import { areWhole, ThresholdFields, thresholdsOf, useSaveProposed } from '../alerts/proposed-rules.tsx';
import type { StepProps } from './steps.ts';
import '../alerts/alerts.css';

interface Answer extends Tested {
  readonly id: string;
}

/** What is typed: addresses, one webhook with its secret, three thresholds. */
function useAlertsForm({ data: { alertRules, alertChannels } }: Pick<StepProps, 'data'>) {
  const [emails, setEmails] = useState('');
  const [webhook, setWebhook] = useState('');
  const [secret, setSecret] = useState('');
  const [typed, setTyped] = useState(() => thresholdsOf(alertRules));
  const [answers, setAnswers] = useState<readonly Answer[]>([]);
  const make = useCommand(AlertsChannelSaveDocument);
  const proposed = useSaveProposed();
  const test = useChannelTest();
  const [isRunning, setRunning] = useState(false);
  const wanted = [
    ...addressesOf(emails).map((target) => ({ kind: 'EMAIL' as const, target })),
    ...(webhook.trim() === '' ? [] : [{ kind: 'WEBHOOK' as const, target: webhook.trim() }]),
  ];

  async function makeChannels(): Promise<readonly AlertsChannelFragment[]> {
    const made: AlertsChannelFragment[] = [];
    for (const { kind, target } of wanted) {
      // Some were made before another one was refused.
      const there = alertChannels.find((each) => each.kind === kind && each.target === target);
      if (there !== undefined) made.push(there);
      else {
        const input = { name: nameFrom(target), target: targetOf(kind, target), ...(kind === 'WEBHOOK' && secret !== '' ? { webhookSecret: secret } : {}) }; // prettier-ignore
        const { alertChannelSave } = await make.run({ input });
        if (alertChannelSave.alertChannel !== null) made.push(alertChannelSave.alertChannel);
      }
    }
    return made;
  }
  async function saveAll(): Promise<void> {
    make.forget();
    proposed.forget();
    setAnswers([]);
    const made = await makeChannels();
    const all = [...new Map([...alertChannels, ...made].map((each) => [each.id, each])).values()];
    await proposed.save(alertRules, typed, all.map(({ id }) => id)); // prettier-ignore
    // What was typed meanwhile stays.
    setEmails((now) => (now === emails ? '' : now));
    setWebhook((now) => (now === webhook ? '' : now));
    setSecret((now) => (now === secret ? '' : now));
    for (const channel of made.length > 0 ? made : all) {
      const tested = await test.run(channel);
      setAnswers((before) => [...before, { ...tested, id: channel.id }]);
    }
  }
  async function save(): Promise<void> {
    setRunning(true);
    try {
      await saveAll();
    } catch {
      // Stands in `error`.
    } finally {
      setRunning(false);
    }
  }
  return {
    ...{ emails, setEmails, webhook, setWebhook, secret, setSecret, typed, setTyped, answers, save, isRunning },
    error: make.error ?? proposed.error,
    lacks: wanted.length + alertChannels.length === 0 ? ('lacksWho' as const) : areWhole(typed) ? null : ('lacksWhen' as const), // prettier-ignore
  };
}

/** They say themselves what is wrong with them. */
const typedFields = ['email', 'webhook', 'webhookSecret'] as const;

export function AlertsStep({ data, state, onDone }: StepProps) {
  const { t } = useTranslation('setup');
  const { t: alerts } = useTranslation('alerts');
  const form = useAlertsForm({ data });
  const lacksId = useId();
  const { done } = state;
  return (
    <Stack gap="md">
      <Text size="sm">{t('alertsText')}</Text>
      <Fieldset legend={alerts('isTold')}>
        <Who data={data} form={form} />
      </Fieldset>
      <Fieldset legend={t('alertsWhen')}>
        <ThresholdFields typed={form.typed} onChange={form.setTyped} />
      </Fieldset>
      {form.error !== null && !typedFields.some((field) => wrongAt(form.error, field) !== undefined) && (
        <Failure error={form.error} />
      )}
      {form.answers.map((answer) => (
        <TestAnswer key={answer.id} answer={answer} />
      ))}
      <Group>
        {done.alerts && <Button onClick={onDone}>{t('next')}</Button>}
        <Button
          variant={done.alerts ? 'default' : 'filled'}
          loading={form.isRunning}
          disabled={form.lacks !== null}
          aria-describedby={form.lacks === null ? undefined : lacksId}
          onClick={() => void form.save()}
        >
          {t('alertsSave')}
        </Button>
        {!done.alerts && <Skip onDone={onDone} />}
      </Group>
      {form.lacks !== null && (
        <Text id={lacksId} size="sm" className="muted">
          {t(form.lacks)}
        </Text>
      )}
    </Stack>
  );
}

type Form = ReturnType<typeof useAlertsForm>;

function Who({
  data: { alertChannels, alertMail, alertRules },
  form,
}: Pick<StepProps, 'data'> & { readonly form: Form }) {
  const { t } = useTranslation('setup');
  const { t: alerts } = useTranslation('alerts');
  const [edited, edit] = useState<AlertsChannelFragment | null>(null);
  return (
    <Stack gap="sm">
      {alertChannels.length > 0 && (
        <ChannelList
          channels={alertChannels}
          rulesOf={({ id }) => alertRules.filter(({ channels }) => channels.some((each) => each.id === id)).length}
          onEdit={edit}
        />
      )}
      {edited !== null && (
        <ChannelForm
          channel={alertChannels.find(({ id }) => id === edited.id) ?? edited}
          mail={alertMail}
          onClose={() => edit(null)}
        />
      )}
      <MailNote mail={alertMail} />
      {alertMail.isConfigured && (
        <Textarea
          label={t('alertsEmails')}
          description={t('alertsEmailsHint')}
          value={form.emails}
          error={wrongAt(form.error, 'email')}
          autosize
          minRows={2}
          autoComplete="off"
          onChange={(event) => form.setEmails(event.currentTarget.value)}
        />
      )}
      <TextInput
        type="url"
        label={alerts('target.WEBHOOK')}
        description={alertMail.isConfigured ? t('alertsWebhookToo') : alerts('webhookHint')}
        value={form.webhook}
        error={wrongAt(form.error, 'webhook')}
        autoComplete="off"
        onChange={(event) => form.setWebhook(event.currentTarget.value)}
      />
      {form.webhook.trim() !== '' && (
        <SecretInput value={form.secret} error={wrongAt(form.error, 'webhookSecret')} onChange={form.setSecret} />
      )}
    </Stack>
  );
}

/** Nobody is told of anything then; that is said before it is so. */
function Skip({ onDone }: Pick<StepProps, 'onDone'>) {
  const { t } = useTranslation('setup');
  const [isAsked, setAsked] = useState(false);
  const said = useCommand(SetupStepDoneDocument, [SetupDocument]);
  if (!isAsked) {
    return (
      <Button variant="subtle" onClick={() => setAsked(true)}>
        {t('alertsSkip')}
      </Button>
    );
  }
  return (
    <Alert color="yellow" role="alert" title={t('alertsNobody')} style={{ flexBasis: '100%' }}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t('alertsLater')}</Text>
        <Button
          variant="default"
          loading={said.isRunning}
          onClick={() => void said.run({ input: { step: 'ALERTS' } }).then(onDone, () => undefined)}
        >
          {t('alertsGoOn')}
        </Button>
        {said.error !== null && <Failure error={said.error} />}
      </Stack>
    </Alert>
  );
}
