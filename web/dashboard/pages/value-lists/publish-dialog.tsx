/** Making the draft the version in use, with what follows; or dropping it. */
import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { ValueListDiscardDocument, ValueListPublishDocument } from '../../graph/graphql.ts';
import type { AfterPublish } from '../../graph/kinds.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Failure } from '../../parts/failure.tsx';
import { Overtaken } from '../../parts/overtaken.tsx';
import { told } from '../../parts/told.ts';
import { Changes } from './changes.tsx';
import { touched, type List } from './editing.ts';
import { useSeenDraft } from './seen-draft.ts';

interface DialogProps {
  readonly list: List;
  readonly isOpen: boolean;
  onClose(): void;
}

export const follows: readonly AfterPublish[] = ['REPLAY_DEAD_LETTERS', 'BACKFILL_CHANGED', 'APPLY_TO_NEW'];

export function PublishDialog({ list, isOpen, onClose }: DialogProps) {
  const { t } = useTranslation('valueLists');
  const { t: common } = useTranslation();
  const publish = useCommand(ValueListPublishDocument);
  const [note, setNote] = useState('');
  const [then, setThen] = useState<AfterPublish>('REPLAY_DEAD_LETTERS');
  const { seen, isOvertaken, isCurrent, goOn } = useSeenDraft(isOpen, publish.isRunning);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const { valueMapPublish } = await publish.run({
      input: { id: list.id, expectedRevision: seen.draftRevision, note, then },
    });
    const { replayedCount, backfilledCount } = valueMapPublish;
    told(t('published', { count: replayedCount + backfilledCount }));
    setNote('');
    onClose();
  }
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('publishTitle')}
      closeButtonProps={{ 'aria-label': common('close') }}
      size="lg"
    >
      <form onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <Stack>
          {seen.draftChanges.length > 0 && <Changes changes={seen.draftChanges} />}
          <TextInput
            label={t('note')}
            description={t('noteHint')}
            required
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            data-autofocus
          />
          <Radio.Group label={t('then')} value={then} onChange={(value) => setThen(value as AfterPublish)}>
            <Stack gap="xs" mt={4}>
              {follows.map((each) => (
                <Radio key={each} value={each} label={t(`follow.${each}`)} />
              ))}
            </Stack>
          </Radio.Group>
          {publish.error !== null && <Failure error={publish.error} />}
          {isOvertaken && <OvertakenDraft command={publish} goOn={goOn} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" disabled={note.trim() === '' || !isCurrent} loading={publish.isRunning}>
              {then === 'REPLAY_DEAD_LETTERS' ? t('publishAndReplay') : t('publishNow')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** The changes that are shown are no longer those of the draft. */
export function OvertakenDraft({ command, goOn }: { readonly command: { forget(): void }; goOn(): void }) {
  const { t } = useTranslation('valueLists');
  const takeTheirs = (): void => {
    command.forget();
    goOn();
  };
  return <Overtaken title={t('overtaken')} hint={t('overtakenHint')} onTakeTheirs={takeTheirs} />;
}

export function DiscardDraft({ list, isOpen, onClose }: DialogProps) {
  const { t } = useTranslation('valueLists');
  const discard = useCommand(ValueListDiscardDocument, touched);
  const { seen, isOvertaken, isCurrent, goOn } = useSeenDraft(isOpen, discard.isRunning);
  return (
    <Confirm
      title={t('discardTitle')}
      action={t('discardDraft')}
      isOpen={isOpen}
      isReady={isCurrent}
      isRunning={discard.isRunning}
      error={discard.error}
      onClose={onClose}
      onConfirm={() =>
        void discard.run({ input: { id: list.id, expectedRevision: seen.draftRevision } }).then(onClose, () => undefined)
      }
    >
      <Text>{t('discardEffect', { count: seen.draftChanges.length })}</Text>
      {isOvertaken && <OvertakenDraft command={discard} goOn={goOn} />}
    </Confirm>
  );
} // prettier-ignore
