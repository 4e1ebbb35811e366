/** A new key: what it is for, what it may do, until when. Out: its secret. */
import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { SettingsKeyCreateDocument, SettingsKeysDocument } from '../../graph/graphql.ts';
import type { Scope } from '../../graph/kinds.ts';
import { Failure } from '../../parts/failure.tsx';

const scopes: readonly Scope[] = [
  'READ_CATALOGUE',
  'READ_STOCK',
  'READ_ORDERS',
  'READ_CUSTOMERS',
  'READ_OPERATIONS',
  'REPLAY',
  'WRITE_MAPPINGS',
  'WRITE_FLOWS',
  'WRITE_SYSTEMS',
  'ERASE',
  'ADMIN',
];

export function KeyForm({ onClose, onMade }: { onClose(): void; onMade(name: string, secret: string): void }) {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const [chosen, setChosen] = useState<string[]>(['READ_CATALOGUE', 'READ_STOCK']);
  const { run, isRunning, error } = useCommand(SettingsKeyCreateDocument, [SettingsKeysDocument]);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const {
      name = '',
      until = '',
      trusted,
    } = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    const input = {
      name,
      scopes: chosen as Scope[],
      // To the end of that day, where the person is.
      expiresAt: until === '' ? null : new Date(`${until}T23:59:59`).toISOString(),
      isLimitedToTrustedDocuments: trusted !== undefined,
    };
    const made = await run({ input }).catch(() => null);
    if (made !== null) onMade(name, made.apiKeyCreate.secret ?? '');
  }

  return (
    <Modal opened onClose={onClose} title={t('keyNew')} closeButtonProps={{ 'aria-label': common('close') }}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <TextInput name="name" label={t('keyName')} required maxLength={100} data-autofocus />
          <Checkbox.Group label={t('keyRights')} value={chosen} onChange={setChosen}>
            <Stack gap={6} mt={6}>
              {scopes.map((scope) => (
                <Checkbox key={scope} value={scope} label={t(`scope_${scope}`)} description={scope} />
              ))}
            </Stack>
          </Checkbox.Group>
          <TextInput name="until" type="date" label={t('keyExpires')} description={t('keyForever')} />
          <Checkbox name="trusted" label={t('keyTrusted')} />
          {error !== null && <Failure error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={isRunning} disabled={chosen.length === 0}>
              {t('keyMake')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
