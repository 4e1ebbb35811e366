/** A channel: mail to an address, or a webhook. In: the channel as it is now, or null for a new one. */
import { PasswordInput, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { AlertsChannelSaveDocument, type AlertsChannelFragment, type AlertsMailFragment } from '../../graph/graphql.ts';
import type { AlertChannelKind } from '../../graph/kinds.ts';
import { useSeenVersion } from '../../parts/seen-version.ts';
import { told } from '../../parts/told.ts';
import { FormDialog, wrongAt } from './form-dialog.tsx';
import { MailNote } from './mail-note.tsx';

const kinds = ['EMAIL', 'WEBHOOK'] as const satisfies readonly AlertChannelKind[];
/** `target` is refused by the name of what was typed. */
const fields = ['name', 'target', 'email', 'webhook', 'webhookSecret'] as const;

export function ChannelForm({
  channel,
  mail,
  onClose,
}: {
  readonly channel: AlertsChannelFragment | null;
  readonly mail: AlertsMailFragment;
  onClose(): void;
}) {
  const { t } = useTranslation('alerts');
  const { t: common } = useTranslation();
  const save = useCommand(AlertsChannelSaveDocument);
  const version = useSeenVersion(channel?.version ?? 0, save.error);
  const [kind, setKind] = useState<AlertChannelKind>(channel?.kind ?? (mail.isConfigured ? 'EMAIL' : 'WEBHOOK'));
  const [name, setName] = useState(channel?.name ?? '');
  const [shown] = useState(channel?.target ?? '');
  const [target, setTarget] = useState(shown);
  const [secret, setSecret] = useState('');
  const wrong = (field: string): string | undefined => wrongAt(save.error, field);
  const submit = async (): Promise<void> => {
    const typed = target.trim();
    // The address of a webhook is shown without its query: what was not changed is not sent.
    const isSame = channel !== null && typed === shown;
    await save.run({
      input: {
        ...(channel === null ? {} : { id: channel.id, version }),
        name: name.trim() === '' ? nameFrom(typed) : name.trim(),
        ...(isSame ? {} : { target: targetOf(kind, typed) }),
        ...(kind === 'WEBHOOK' && secret !== '' ? { webhookSecret: secret } : {}),
      },
    });
    onClose();
    told(t('channelSaved'));
  };
  return (
    <FormDialog
      title={channel?.name ?? t('newChannel')}
      action={common('save')}
      isRunning={save.isRunning}
      isReady={target.trim() !== ''}
      error={save.error}
      fields={fields}
      onSubmit={submit}
      onClose={onClose}
    >
      {channel === null && <KindChoice kind={kind} onChange={setKind} />}
      {kind === 'EMAIL' && !mail.isConfigured && <MailNote mail={mail} />}
      <TextInput
        type={kind === 'EMAIL' ? 'email' : 'url'}
        label={t(`target.${kind}`)}
        description={kind === 'WEBHOOK' ? t('webhookHint') : undefined}
        value={target}
        error={wrong('target') ?? wrong('email') ?? wrong('webhook')}
        data-autofocus
        onChange={(event) => setTarget(event.currentTarget.value)}
      />
      {kind === 'WEBHOOK' && (
        <SecretInput value={secret} isStored={channel !== null} error={wrong('webhookSecret')} onChange={setSecret} />
      )}
      <TextInput
        label={common('name')}
        description={t('channelNameHint')}
        placeholder={nameFrom(target.trim())}
        value={name}
        maxLength={100}
        error={wrong('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

function KindChoice({ kind, onChange }: { readonly kind: AlertChannelKind; onChange(kind: AlertChannelKind): void }) {
  const { t } = useTranslation('alerts');
  return (
    <Radio.Group label={t('channelKind')} value={kind} onChange={(value) => onChange(value as AlertChannelKind)}>
      <Stack gap={6} mt={4}>
        {kinds.map((each) => (
          <Radio key={each} value={each} label={t(`channelKinds.${each}`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

export function SecretInput({
  value,
  isStored = false,
  error,
  onChange,
}: {
  readonly value: string;
  /** There may be one already; it is never shown. */
  readonly isStored?: boolean;
  readonly error: string | undefined;
  onChange(secret: string): void;
}) {
  const { t } = useTranslation('alerts');
  return (
    <PasswordInput
      label={t('secret')}
      description={isStored ? t('secretKept') : t('secretHint')}
      value={value}
      error={error}
      autoComplete="new-password"
      visibilityToggleButtonProps={{ 'aria-label': t('showSecret') }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** As the graph takes it. */
export const targetOf = (kind: AlertChannelKind, typed: string) =>
  kind === 'EMAIL' ? { email: typed } : { webhook: typed };

/** What a channel is called that nobody gave a name: more people read it than may see where it leads. */
export function nameFrom(target: string): string {
  if (!target.includes('://')) return target.replace(/@.*$/, '');
  try {
    return new URL(target).host;
  } catch {
    return target;
  }
}
