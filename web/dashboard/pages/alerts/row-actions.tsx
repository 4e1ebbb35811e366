/** Changing and removing what a row is about, as icons with names. */
import { ActionIcon } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export function RowActions({ name, onEdit, onRemove }: { readonly name: string; onEdit(): void; onRemove(): void }) {
  const { t } = useTranslation();
  return (
    <>
      <ActionIcon variant="default" size={30} title={t('edit')} aria-label={`${t('edit')}: ${name}`} onClick={onEdit}>
        <IconPencil size={17} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="red"
        size={30}
        title={t('remove')}
        aria-label={`${t('remove')}: ${name}`}
        onClick={onRemove}
      >
        <IconTrash size={17} aria-hidden="true" />
      </ActionIcon>
    </>
  );
}
