/** What was sent about an alert, to whom, and what came of it. */
import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AlertsAlertFragment } from '../../graph/graphql.ts';
import { Moment } from '../../parts/moment.tsx';
import { Shape } from '../../parts/status.tsx';

type Message = AlertsAlertFragment['notifications'][number];

export function Messages({ of: { notifications, title } }: { readonly of: AlertsAlertFragment }) {
  const { t } = useTranslation('alerts');
  if (notifications.length === 0) {
    return (
      <Text size="sm" className="muted">
        {t('nothingSent')}
      </Text>
    );
  }
  return (
    <Stack component="ul" gap={4} p={0} m={0} className="alert-messages" aria-label={`${t('messages')}: ${title}`}>
      {notifications.map((message, i) => (
        <Sent key={i} message={message} />
      ))}
    </Stack>
  );
}

function Sent({ message: { channel, reason, at, isDelivered, error } }: { readonly message: Message }) {
  const { t } = useTranslation('alerts');
  // Nothing has been answered yet where there is neither a delivery nor an error.
  const tone = isDelivered ? 'ok' : error == null ? 'pending' : 'failed';
  return (
    <li className="alert-message">
      <Shape tone={tone} />
      <Text size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
        {t(`sent.${reason}`, { to: channel == null ? t('channelGone') : nameOf(channel) })} <Moment at={at} />.{' '}
        <span className={`tone-${tone === 'ok' ? 'excluded' : tone}`}>
          {isDelivered ? t('delivered') : error == null ? t('underWay') : t('notDelivered', { answer: error })}
        </span>
      </Text>
    </li>
  );
}

/** The name, and the address where the name is not it already. */
export const nameOf = ({ name, target }: { readonly name: string; readonly target: string }): string =>
  name === target ? name : `${name} (${target})`;
