/** Deleting a mapping that people made: refused while a system uses it; its versions stay. */
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../../api/hooks.ts';
import { MappingsListDocument, OwnMappingDeleteDocument, type OwnMappingFragment } from '../../../graph/graphql.ts';
import { Confirm } from '../../../parts/confirm.tsx';
import { told } from '../../../parts/told.ts';

export function DeleteMapping({
  mapping: { id, key, name },
  onClose,
}: {
  readonly mapping: OwnMappingFragment;
  onClose(): void;
}) {
  const { t } = useTranslation('mappings');
  const navigate = useNavigate();
  const remove = useCommand(OwnMappingDeleteDocument, [MappingsListDocument]);
  const confirm = async (): Promise<void> => {
    await remove.run({ input: { id, confirmation: key } });
    onClose();
    told(t('ownDeleted', { name }));
    await navigate({ to: '/mappings' });
  };
  return (
    <Confirm
      isOpen
      title={t('ownDeleteTitle', { name })}
      action={t('ownDeleteAction')}
      typed={key}
      isRunning={remove.isRunning}
      error={remove.error}
      onClose={onClose}
      onConfirm={() => void confirm().catch(() => {})}
    >
      {t('ownDeleteEffect')}
    </Confirm>
  );
}
