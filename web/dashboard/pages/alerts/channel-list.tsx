/** Channels with what is known of them: whether a message has ever got through, and the exact answer to the last one that did not. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import { AlertsChannelDeleteDocument, type AlertsChannelFragment } from '../../graph/graphql.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { RecordTable, type Column } from '../../parts/record-table.tsx';
import { Shape } from '../../parts/status.tsx';
import { told } from '../../parts/told.ts';
import { RowActions } from './row-actions.tsx';
import { TestAnswer, useChannelTest } from './channel-test.tsx';

export function ChannelList({
  channels,
  rulesOf,
  onEdit,
}: {
  readonly channels: readonly AlertsChannelFragment[];
  /** How many rules tell it. */
  rulesOf(channel: AlertsChannelFragment): number;
  onEdit(channel: AlertsChannelFragment): void;
}) {
  const { t } = useTranslation('alerts');
  const mayWrite = useMay('WRITE_FLOWS');
  const columns: readonly Column<AlertsChannelFragment>[] = [
    {
      key: 'channel',
      title: t('channel'),
      show: (channel) => (mayWrite ? <Tried channel={channel} onEdit={onEdit} /> : <Channel channel={channel} />),
    },
    { key: 'kind', title: t('channelKind'), from: 'lg', show: ({ kind }) => t(`channelKinds.${kind}`) },
    { key: 'state', title: t('tried'), from: 'sm', show: (channel) => <Known channel={channel} /> },
    { key: 'rules', title: t('tab.rules'), isFigure: true, from: 'md', show: rulesOf },
  ];
  return <RecordTable label={t('tab.channels')} rows={channels} columns={columns} />;
}

function Channel({ channel: { name, target } }: { readonly channel: AlertsChannelFragment }) {
  return (
    <>
      <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
        {name}
      </Text>
      {name !== target && (
        <Text size="xs" className="muted" style={{ overflowWrap: 'anywhere' }}>
          {target}
        </Text>
      )}
    </>
  );
}

/** What the last message came to. */
function Known({ channel: { isVerified, lastError } }: { readonly channel: AlertsChannelFragment }) {
  const { t } = useTranslation('alerts');
  const tone = lastError != null ? 'failed' : isVerified ? 'ok' : 'excluded';
  return (
    <Text size="sm" component="div">
      <span className="status">
        <Shape tone={tone} />
        {t(`known.${tone}`)}
      </span>
      {lastError != null && (
        <Text size="xs" className="muted" style={{ overflowWrap: 'anywhere' }} data-from-hub>
          {lastError}
        </Text>
      )}
    </Text>
  );
}

/** With what can be done about it. */
function Tried({
  channel,
  onEdit,
}: {
  readonly channel: AlertsChannelFragment;
  onEdit(channel: AlertsChannelFragment): void;
}) {
  const { t } = useTranslation('alerts');
  const test = useChannelTest();
  const [isAsked, setAsked] = useState(false);
  const { name } = channel;
  return (
    <Stack gap={6}>
      <div>
        <Channel channel={channel} />
      </div>
      <div className="alert-known-small">
        <Known channel={channel} />
      </div>
      <Group gap={6} wrap="nowrap">
        <Button
          size="xs"
          variant="default"
          loading={test.isRunning}
          aria-label={`${t('test')}: ${name}`}
          onClick={() => void test.run(channel)}
        >
          {t('test')}
        </Button>
        <RowActions name={name} onEdit={() => onEdit(channel)} onRemove={() => setAsked(true)} />
      </Group>
      {test.answer !== null && <TestAnswer answer={test.answer} />}
      {isAsked && <DeleteChannel channel={channel} onClose={() => setAsked(false)} />}
    </Stack>
  );
}

function DeleteChannel({
  channel: { id, version, name, target },
  onClose,
}: {
  readonly channel: AlertsChannelFragment;
  onClose(): void;
}) {
  const { t } = useTranslation('alerts');
  const { t: common } = useTranslation();
  const remove = useCommand(AlertsChannelDeleteDocument);
  const confirm = async (): Promise<void> => {
    try {
      await remove.run({ input: { id, version } });
      told(t('deleted', { name }));
      onClose();
    } catch {
      // The dialog shows it.
    }
  };
  return (
    <Confirm
      title={t('channelDeleteTitle', { name })}
      action={common('remove')}
      isOpen
      isRunning={remove.isRunning}
      error={remove.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Text size="sm">{t('channelDeleteEffect', { target })}</Text>
    </Confirm>
  );
}
