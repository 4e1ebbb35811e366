/** The channels by which people are told: making one, testing it for real, changing and removing it; and whether the server can send mail at all. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import { AlertsChannelsDocument, type AlertsChannelFragment } from '../../graph/graphql.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { Nothing } from '../../parts/nothing.tsx';
import { ChannelForm } from './channel-form.tsx';
import { ChannelList } from './channel-list.tsx';
import { everyMs } from './every-ms.ts';
import { MailNote } from './mail-note.tsx';

export function ChannelsTab() {
  const { t } = useTranslation('alerts');
  const mayWrite = useMay('WRITE_FLOWS');
  const asked = useAsk(AlertsChannelsDocument, {}, { everyMs });
  const [edited, edit] = useState<AlertsChannelFragment | 'new' | null>(null);
  return (
    <Answer of={asked} skeleton={<Lines count={3} height={48} />}>
      {({ alertChannels, alertMail, alertRules }) => (
        <Stack gap="md">
          <Group justify="space-between" align="flex-start">
            <div style={{ flex: '1 1 260px', maxWidth: 720 }}>
              <MailNote mail={alertMail} />
            </div>
            {mayWrite && <Button onClick={() => edit('new')}>{t('newChannel')}</Button>}
          </Group>
          {alertChannels.length === 0 ? (
            <Nothing kind="yet" title={t('noChannels')}>
              <Text size="sm">{t('nobodyTold')}</Text>
            </Nothing>
          ) : (
            <ChannelList
              channels={alertChannels}
              rulesOf={({ id }) => alertRules.filter(({ channels }) => channels.some((each) => each.id === id)).length}
              onEdit={edit}
            />
          )}
          {edited !== null && (
            <ChannelForm
              channel={edited === 'new' ? null : (alertChannels.find(({ id }) => id === edited.id) ?? edited)}
              mail={alertMail}
              onClose={() => edit(null)}
            />
          )}
        </Stack>
      )}
    </Answer>
  );
}
