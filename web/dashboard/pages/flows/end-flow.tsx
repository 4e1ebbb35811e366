/** Switching a flow off, and deleting one that is off. Both say first what it means; deleting wants the key typed. */
import { Button, Fieldset, Group, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { FlowsDeleteDocument, FlowsDisableDocument, FlowsListDocument } from '../../graph/graphql.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { told } from '../../parts/told.ts';
import type { SetFlow } from './settings-draft.ts';

export function EndFlow({ flow }: { readonly flow: SetFlow }) {
  const { t } = useTranslation('flows');
  const [asked, setAsked] = useState<'disable' | 'delete' | null>(null);
  const isOff = flow.state === 'DISABLED' || flow.state === 'DRAFT';
  const close = (): void => setAsked(null);
  return (
    <Fieldset legend={t('endTitle')}>
      <Group justify="space-between">
        <Text size="sm" style={{ flex: '1 1 240px' }}>
          {isOff ? t('deleteHint') : t('disableHint')}
        </Text>
        <Button color="red" variant="light" onClick={() => setAsked(isOff ? 'delete' : 'disable')}>
          {isOff ? t('delete') : t('disable')}
        </Button>
      </Group>
      <Disable flow={flow} isOpen={asked === 'disable'} onClose={close} />
      <Delete flow={flow} isOpen={asked === 'delete'} onClose={close} />
    </Fieldset>
  );
}

interface DialogProps {
  readonly flow: SetFlow;
  readonly isOpen: boolean;
  onClose(): void;
}

function Disable({ flow: { id, name, target }, isOpen, onClose }: DialogProps) {
  const { t } = useTranslation('flows');
  const disable = useCommand(FlowsDisableDocument);
  const confirm = async (): Promise<void> => {
    try {
      await disable.run({ input: { id } });
      // The page says it itself.
      onClose();
    } catch {
      // The dialog shows it.
    }
  };
  return (
    <Confirm
      title={t('disableTitle', { name })}
      action={t('disable')}
      isOpen={isOpen}
      isRunning={disable.isRunning}
      error={disable.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Text size="sm">{t('disableEffect', { target: target.name })}</Text>
    </Confirm>
  );
}

function Delete({ flow: { id, key, name, target }, isOpen, onClose }: DialogProps) {
  const { t } = useTranslation('flows');
  const navigate = useNavigate();
  // The page of the flow would be asked again for what is gone.
  const remove = useCommand(FlowsDeleteDocument, [FlowsListDocument]);
  const confirm = async (): Promise<void> => {
    try {
      const { flowDelete } = await remove.run({ input: { id, confirmation: key } });
      onClose();
      told(t('deleted', { name, problems: flowDelete.discardedCount, records: flowDelete.leftCount }));
      await navigate({ to: '/flows' });
    } catch {
      // The dialog shows it.
    }
  };
  return (
    <Confirm
      title={t('deleteTitle', { name })}
      action={t('delete')}
      typed={key}
      isOpen={isOpen}
      isRunning={remove.isRunning}
      error={remove.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Text size="sm">{t('deleteEffect', { target: target.name })}</Text>
    </Confirm>
  );
}
