/** What can be done with a mapping as a whole: copied, chosen for a system, deleted. Shipped ones stay. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconDotsVertical } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../app/session.tsx';
import type { OwnMappingFragment } from '../../../graph/graphql.ts';
import { ChooseMapping } from './choose-mapping.tsx';
import { CopyMapping } from './copy-mapping.tsx';
import { DeleteMapping } from './delete-mapping.tsx';

export type MappingAct = 'copy' | 'choose' | 'delete';

/** The entries of a menu. */
export function MappingItems({
  mapping,
  onAct,
}: {
  readonly mapping: OwnMappingFragment;
  onAct(act: MappingAct): void;
}) {
  const { t } = useTranslation('mappings');
  return (
    <>
      <Menu.Item onClick={() => onAct('copy')}>{t('ownCopy')}</Menu.Item>
      <Menu.Item onClick={() => onAct('choose')}>{t('ownChoose')}</Menu.Item>
      {!mapping.isShipped && (
        <Menu.Item color="red" onClick={() => onAct('delete')}>
          {t('ownDelete')}
        </Menu.Item>
      )}
    </>
  );
}

/** The dialog of what was asked for. */
export function MappingDialog({
  mapping,
  act,
  onClose,
}: {
  readonly mapping: OwnMappingFragment;
  readonly act: MappingAct | null;
  onClose(): void;
}) {
  if (act === 'copy') return <CopyMapping mapping={mapping} onClose={onClose} />;
  if (act === 'choose') return <ChooseMapping mapping={mapping} onClose={onClose} />;
  if (act === 'delete') return <DeleteMapping mapping={mapping} onClose={onClose} />;
  return null;
}

export function MappingActions({ mapping }: { readonly mapping: OwnMappingFragment }) {
  const { t } = useTranslation('mappings');
  const [act, setAct] = useState<MappingAct | null>(null);
  if (!useMay('WRITE_MAPPINGS')) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('ownActions', { name: mapping.name })}>
            <IconDotsVertical size={16} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <MappingItems mapping={mapping} onAct={setAct} />
        </Menu.Dropdown>
      </Menu>
      <MappingDialog mapping={mapping} act={act} onClose={() => setAct(null)} />
    </>
  );
}
