/** A real message through a channel, and what the other side answered to it, word for word. */
import { Alert, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand, useRefresh } from '../../api/hooks.ts';
import {
  AlertsChannelsDocument,
  AlertsChannelTestDocument,
  SetupDocument,
  type AlertsChannelFragment,
} from '../../graph/graphql.ts';

export interface Tested {
  /** Where the message went. */
  readonly to: string;
  readonly isDelivered: boolean;
  /** What went against it. */
  readonly error: string | null;
}

type Channel = Pick<AlertsChannelFragment, 'id' | 'target'>;

export function useChannelTest() {
  const [answer, setAnswer] = useState<Tested | null>(null);
  const command = useCommand(AlertsChannelTestDocument, []);
  // What was answered is kept with the channel, also when it was a refusal.
  const refresh = useRefresh([AlertsChannelsDocument, SetupDocument], 0);
  /** Never throws: that a message is refused is an answer, too. */
  async function run({ id, target }: Channel): Promise<Tested> {
    const found = { ...(await testOf(id)), to: target };
    setAnswer(found);
    refresh();
    return found;
  }
  async function testOf(id: string): Promise<Omit<Tested, 'to'>> {
    try {
      const { alertChannelTest } = await command.run({ input: { id } });
      return { isDelivered: alertChannelTest.isDelivered, error: alertChannelTest.channel?.lastError ?? null };
    } catch (thrown) {
      return { isDelivered: false, error: (thrown as Error).message };
    }
  }
  return { run, answer, isRunning: command.isRunning };
}

export function TestAnswer({ answer: { to, isDelivered, error } }: { readonly answer: Tested }) {
  const { t } = useTranslation('alerts');
  return (
    <Alert
      color={isDelivered ? 'green' : 'red'}
      role={isDelivered ? 'status' : 'alert'}
      title={isDelivered ? t('testDelivered', { to }) : t('testFailed', { to })}
    >
      {!isDelivered && error !== null && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }} data-from-hub>
          {error}
        </Text>
      )}
    </Alert>
  );
}
