/** Saying by hand which record of a system a record of the hub is. The hub asks the system before it believes it. */
import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand } from '../../api/hooks.ts';
import { RecordLinkDocument, RecordSystemsDocument } from '../../graph/graphql.ts';
import { Failure } from '../../parts/failure.tsx';
import { told } from '../../parts/told.ts';
import type { Named } from './history.tsx';

export function LinkButton({ records }: { readonly records: readonly Named[] }) {
  const { t } = useTranslation('records');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {t('link')}
      </Button>
      {isOpen && <LinkDialog records={records} onClose={() => setOpen(false)} />}
    </>
  );
}

function LinkDialog({ records, onClose }: { readonly records: readonly Named[]; onClose(): void }) {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const link = useCommand(RecordLinkDocument);
  const { data } = useAsk(RecordSystemsDocument, {});
  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const text = (name: string): string => String(typed.get(name) ?? '').trim();
    const reason = text('reason');
    const input = { entityId: text('record') || records[0]!.id, systemId: text('system'), externalId: text('id') };
    try {
      await link.run({ input: { ...input, ...(reason === '' ? {} : { reason }) } });
      told(t('linked'));
      onClose();
    } catch {
      // The dialog shows what the hub has against it.
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('linkTitle')}
      closeButtonProps={{ 'aria-label': common('close') }}
      centered
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <Text size="sm">{t('linkEffect')}</Text>
          {records.length > 1 && (
            <NativeSelect
              name="record"
              label={t('record')}
              data={records.map(({ id, label }) => ({ value: id, label }))}
            />
          )}
          <NativeSelect
            name="system"
            label={common('system')}
            data={(data?.systems ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
          <TextInput name="id" label={t('externalId')} required withAsterisk={false} data-autofocus />
          <TextInput name="reason" label={t('reason')} description={t('reasonHint')} />
          {link.error !== null && <Failure error={link.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={link.isRunning}>
              {t('linkAction')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
