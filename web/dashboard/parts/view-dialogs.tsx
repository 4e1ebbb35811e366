/** Naming the present filter of a list, and what can be done with the filters that have names: rename, share, make the default, delete. */
import { Button, Checkbox, Group, Modal, Stack, Table, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/hooks.ts';
import {
  ListViewDefaultDocument,
  ListViewDeleteDocument,
  ListViewSaveDocument,
  ListViewsDocument,
  type ListViewFragment,
} from '../graph/graphql.ts';
import type { SavedViewList } from '../graph/kinds.ts';
import { Confirm } from './confirm.tsx';
import { Failure } from './failure.tsx';
import { told } from './told.ts';

interface DialogProps {
  readonly list: SavedViewList;
  readonly views: readonly ListViewFragment[];
  onClose(): void;
}

const touched = [ListViewsDocument];
const longestName = 80;

export function SaveView({ list, views, filter, onClose }: DialogProps & { readonly filter: string }) {
  const { t } = useTranslation('views');
  const { t: common } = useTranslation();
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const [isDefault, setDefault] = useState(false);
  const save = useCommand(ListViewSaveDocument, touched);
  const choose = useCommand(ListViewDefaultDocument, touched);
  // The same name means the view that there is: it gets the present filter.
  const same = views.find((view) => view.isOwn && view.name.toLocaleLowerCase() === name.trim().toLocaleLowerCase());
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const what = { name: name.trim(), query: filter, isShared };
    try {
      const { savedViewSave } = await save.run({ input: same === undefined ? { list, ...what } : { id: same.id, ...what } }); // prettier-ignore
      const id = savedViewSave.savedView?.id;
      if (isDefault && id !== undefined) await choose.run({ input: { list, id } });
      told(t('saved', { name: what.name }));
      onClose();
    } catch {
      // The dialog shows it.
    }
  }
  const error = save.error ?? choose.error;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('saveTitle')}
      closeButtonProps={{ 'aria-label': common('close') }}
      centered
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <TextInput
            label={common('name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={longestName}
            required
            withAsterisk={false}
            data-autofocus
            description={same === undefined ? undefined : t('replaces')}
          />
          <Checkbox
            label={t('share')}
            description={t('shareHint')}
            checked={isShared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          <Checkbox
            label={t('makeDefault')}
            checked={isDefault}
            onChange={(event) => setDefault(event.currentTarget.checked)}
          />
          {error !== null && <Failure error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={save.isRunning || choose.isRunning} disabled={name.trim() === ''}>
              {common('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

export function ManageViews({ list, views, onClose }: DialogProps) {
  const { t } = useTranslation('views');
  const { t: common } = useTranslation();
  const save = useCommand(ListViewSaveDocument, touched);
  const choose = useCommand(ListViewDefaultDocument, touched);
  const remove = useCommand(ListViewDeleteDocument, touched);
  const [gone, setGone] = useState<ListViewFragment | null>(null);
  const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined);
  const error = save.error ?? choose.error;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('manageTitle')}
      closeButtonProps={{ 'aria-label': common('close') }}
      centered
    >
      <Stack gap="sm">
        <Table aria-label={t('manageTitle')} verticalSpacing="xs">
          <Table.Tbody>
            {views.map((view) => (
              <Table.Tr key={view.id}>
                <Table.Td>
                  {view.isEditable ? (
                    <Rename
                      key={view.name}
                      view={view}
                      onRename={(name) => quietly(save.run({ input: { id: view.id, name } }))}
                    />
                  ) : (
                    <Text size="sm">{view.name}</Text>
                  )}
                  {!view.isOwn && (
                    <Text size="xs" className="muted">
                      {t('from', { name: view.ownerName })}
                    </Text>
                  )}
                  <Group gap="md" mt={6}>
                    <Checkbox
                      size="xs"
                      label={t('shared')}
                      aria-label={t('sharedNamed', { name: view.name })}
                      checked={view.isShared}
                      disabled={!view.isEditable}
                      onChange={({ currentTarget: { checked } }) =>
                        quietly(save.run({ input: { id: view.id, isShared: checked } }))
                      }
                    />
                    <Checkbox
                      size="xs"
                      label={t('default')}
                      aria-label={t('defaultNamed', { name: view.name })}
                      checked={view.isDefault}
                      onChange={({ currentTarget: { checked } }) =>
                        quietly(choose.run({ input: { list, id: checked ? view.id : null } }))
                      }
                    />
                    {view.isEditable && (
                      <Button
                        size="compact-sm"
                        variant="default"
                        ml="auto"
                        onClick={() => setGone(view)}
                        aria-label={t('deleteNamed', { name: view.name })}
                      >
                        {t('delete')}
                      </Button>
                    )}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {views.length === 0 && <Text size="sm">{t('none')}</Text>}
        {error !== null && <Failure error={error} />}
      </Stack>
      {gone !== null && (
        <Confirm
          isOpen
          title={t('deleteNamed', { name: gone.name })}
          action={t('delete')}
          isRunning={remove.isRunning}
          error={remove.error}
          onClose={() => setGone(null)}
          onConfirm={
            () =>
            quietly(remove.run({ input: { id: gone.id } }).then(() => {
              told(t('deleted', { name: gone.name }));
              setGone(null);
            })) // prettier-ignore
          }
        >
          {gone.isShared ? t('deleteShared') : t('deleteOwn')}
        </Confirm>
      )}
    </Modal>
  );
}

/** The name, which is another one when Enter is pressed or the field is left. */
function Rename({ view, onRename }: { readonly view: ListViewFragment; onRename(name: string): void }) {
  const { t } = useTranslation('views');
  const [name, setName] = useState(view.name);
  const done = (): void => {
    const typed = name.trim();
    if (typed === '') setName(view.name);
    else if (typed !== view.name) onRename(typed);
  };
  return (
    <TextInput
      aria-label={t('rename', { name: view.name })}
      value={name}
      maxLength={longestName}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Enter') currentTarget.blur();
      }}
    />
  );
}
