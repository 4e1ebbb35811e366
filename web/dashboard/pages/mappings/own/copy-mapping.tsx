/** A copy of a mapping, as it is in use, to try a variant of it. */
import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../../api/hooks.ts';
import { OwnMappingDuplicateDocument } from '../../../graph/graphql.ts';
import { Failure } from '../../../parts/failure.tsx';
import { told } from '../../../parts/told.ts';
import { NamingFields, standsAtFields, useNaming } from './naming.tsx';

export function CopyMapping({
  mapping: { id, name },
  onClose,
}: {
  readonly mapping: { readonly id: string; readonly name: string };
  onClose(): void;
}) {
  const { t } = useTranslation('mappings');
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const naming = useNaming(t('ownNameLike', { name }));
  const [withTests, setWithTests] = useState(true);
  const copy = useCommand(OwnMappingDuplicateDocument);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const input = { id, key: naming.key, name: naming.name, withTests };
    const { mapping } = (await copy.run({ input })).mappingDuplicate;
    if (mapping == null) return;
    told(t('ownMade', { name: naming.name }));
    onClose();
    await navigate({ to: '/mappings/$mappingId', params: { mappingId: mapping.id } });
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('ownCopyTitle', { name })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <form onSubmit={(event) => void submit(event).catch(() => {})}>
        <Stack gap="sm">
          <NamingFields naming={naming} error={copy.error} />
          <Checkbox
            label={t('ownWithTests')}
            checked={withTests}
            onChange={({ currentTarget: { checked } }) => setWithTests(checked)}
          />
          {copy.error !== null && !standsAtFields(copy.error, ['name', 'key']) && <Failure error={copy.error} />}
          <Text size="sm" className="muted">
            {t('ownCopyHint')} {t('ownUnusedYet')}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={copy.isRunning}>
              {t('ownCopyAction')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
