/** Rows from a spreadsheet: pasted, compared with the draft by the hub, then saved. */
import { Button, Checkbox, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { ValueListEntriesSaveDocument, type ValueListChangeFragment } from '../../graph/graphql.ts';
import { Failure } from '../../parts/failure.tsx';
import { told } from '../../parts/told.ts';
import { Changes } from './changes.tsx';
import { touched, type List } from './editing.ts';
import { entriesIn } from './table-text.ts';

const typingMs = 300;

export function PasteDialog({ list, isOpen, onClose }: { readonly list: List; readonly isOpen: boolean; onClose(): void }) {
  const { t } = useTranslation('valueLists');
  const { t: common } = useTranslation();
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('pasteTitle')} closeButtonProps={{ 'aria-label': common('close') }} size="lg">
      <Paste list={list} onClose={onClose} />
    </Modal>
  );
} // prettier-ignore

function Paste({ list, onClose }: { readonly list: List; onClose(): void }) {
  const { t } = useTranslation('valueLists');
  const { t: common } = useTranslation();
  const [text, setText] = useState('');
  const [isReplacement, setReplacement] = useState(false);
  const { entries, bad } = entriesIn(text);
  const changes = useComparison(list, text, isReplacement);
  const save = useCommand(ValueListEntriesSaveDocument, touched);

  async function run(): Promise<void> {
    await save.run({ input: { id: list.id, expectedRevision: list.draftRevision, entries, isReplacement } });
    told(t('pasted', { count: entries.length }));
    onClose();
  }
  return (
    <Stack>
      <Textarea
        label={t('pasteLabel')}
        description={t('pasteHint')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        minRows={6}
        autosize
        maxRows={14}
        data-autofocus
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      />
      <Checkbox
        label={t('replaceAll')}
        checked={isReplacement}
        onChange={(event) => setReplacement(event.currentTarget.checked)}
      />
      <Text size="sm" role="status">
        {text !== '' && t('understood', { count: entries.length })} {bad > 0 && t('notUnderstood', { count: bad })}
      </Text>
      {changes !== null && changes.length > 0 && <Changes changes={changes} />}
      {save.error !== null && <Failure error={save.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button
          disabled={entries.length === 0}
          loading={save.isRunning}
          onClick={() => void run().catch(() => undefined)}
        >
          {t('takeOver', { count: entries.length })}
        </Button>
      </Group>
    </Stack>
  );
}

/** What the draft would then change in the version in use, by the hub; null until it is known. */
function useComparison(list: List, text: string, isReplacement: boolean): readonly ValueListChangeFragment[] | null {
  const { run } = useCommand(ValueListEntriesSaveDocument, []);
  const [settled] = useDebouncedValue(text, typingMs);
  const [changes, setChanges] = useState<readonly ValueListChangeFragment[] | null>(null);
  const { id, draftRevision } = list;
  useEffect(() => {
    const { entries } = entriesIn(settled);
    if (entries.length === 0) return setChanges(null);
    let isLate = false;
    run({ input: { id, expectedRevision: draftRevision, entries, isReplacement, isDryRun: true } }).then(
      ({ valueMapEntriesSave }) => isLate || setChanges(valueMapEntriesSave.changes),
      () => isLate || setChanges(null),
    );
    return () => void (isLate = true);
  }, [settled, isReplacement, id, draftRevision, run]);
  return changes;
}
