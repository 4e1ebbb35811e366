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
import { OvertakenDraft } from './publish-dialog.tsx';
import { useSeenDraft } from './seen-draft.ts';
import { entriesIn } from './table-text.ts';

const typingMs = 300;

export function PasteDialog({ list, isOpen, onClose }: { readonly list: List; readonly isOpen: boolean; onClose(): void }) {
  const { t } = useTranslation('valueLists');
  const { t: common } = useTranslation();
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('pasteTitle')} closeButtonProps={{ 'aria-label': common('close') }} size="lg">
      <Paste list={list} isOpen={isOpen} onClose={onClose} />
    </Modal>
  );
} // prettier-ignore

function Paste({ list: { id }, isOpen, onClose }: { readonly list: List; readonly isOpen: boolean; onClose(): void }) {
  const { t } = useTranslation('valueLists');
  const { t: common } = useTranslation();
  const [text, setText] = useState('');
  const [isReplacement, setReplacement] = useState(false);
  const { entries, bad } = entriesIn(text);
  const save = useCommand(ValueListEntriesSaveDocument, touched);
  const { seen, isOvertaken, isCurrent, goOn } = useSeenDraft(isOpen, save.isRunning);
  const { changes, error, askAgain } = useComparison(seen, text, isReplacement);

  async function run(): Promise<void> {
    await save.run({ input: { id, expectedRevision: seen.draftRevision, entries, isReplacement } });
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
      {error !== null && <Failure error={error} onRetry={askAgain} />}
      {save.error !== null && <Failure error={save.error} />}
      {isOvertaken && <OvertakenDraft command={save} goOn={goOn} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button
          disabled={entries.length === 0 || changes === null || !isCurrent}
          loading={save.isRunning}
          onClick={() => void run().catch(() => undefined)}
        >
          {t('takeOver', { count: entries.length })}
        </Button>
      </Group>
    </Stack>
  );
}

interface Compared {
  /** What was compared. */
  readonly of: string;
  readonly changes: readonly ValueListChangeFragment[] | null;
  readonly error: Error | null;
}

/** What the draft would then change in the version in use, by the hub; of exactly this text, and null until that is known. */
function useComparison({ id, draftRevision }: List, text: string, isReplacement: boolean) {
  const { run } = useCommand(ValueListEntriesSaveDocument, []);
  const [settled] = useDebouncedValue(text, typingMs);
  const [compared, setCompared] = useState<Compared | null>(null);
  const [attempt, setAttempt] = useState(1);
  const keyOf = (of: string): string => JSON.stringify([of, isReplacement, draftRevision]);
  const asked = keyOf(settled);
  useEffect(() => {
    const { entries } = entriesIn(settled);
    if (entries.length === 0) return;
    let isLate = false;
    run({ input: { id, expectedRevision: draftRevision, entries, isReplacement, isDryRun: true } }).then(
      ({ valueMapEntriesSave: { changes } }) => isLate || setCompared({ of: asked, changes, error: null }),
      (error: Error) => isLate || setCompared({ of: asked, changes: null, error }),
    );
    return () => void (isLate = true);
  }, [asked, attempt, settled, isReplacement, id, draftRevision, run]);
  const { changes, error } = compared?.of === keyOf(text) ? compared : { changes: null, error: null };
  return { changes, error, askAgain: () => setAttempt(attempt + 1) };
}
