/** How the draft stands, and what can be done with it: save, undo, tests, impact, publish; less frequent things in a menu. */
import { ActionIcon, Button, Group, Menu, Text, Tooltip } from '@mantine/core';
import { IconDotsVertical } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { MappingDraftDiscardDocument, MappingShippedRestoreDocument } from '../../graph/graphql.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Shape, type Tone } from '../../parts/status.tsx';
import { told } from '../../parts/told.ts';
import { differingTargets } from './model/rules.ts';
import { MappingDialog, MappingItems, type MappingAct } from './own/actions.tsx';
import type { SideTab } from './side/side.tsx';
import type { SavedTest } from './side/use-tests.ts';
import { useEditor } from './state.ts';

interface Props {
  readonly tests: readonly SavedTest[];
  readonly isAnalyzed: boolean;
  onTab(tab: SideTab): void;
  onPublish(): void;
}

export function Toolbar({ tests, isAnalyzed, onTab, onPublish }: Props) {
  const { t } = useTranslation('mappings');
  const { mapping, editing, mayEdit, save, isSaving, isInbound } = useEditor();
  const { isChanged } = editing;
  const { hasUnpublishedChanges } = mapping;
  const passed = tests.filter(({ isPassed }) => isPassed === true).length;
  return (
    <Group className="mapping-toolbar" justify="space-between" gap="xs">
      <DraftState />
      <Group gap="xs">
        {mayEdit && (
          <Tooltip label="Ctrl S">
            <Button
              variant={isChanged ? 'filled' : 'default'}
              disabled={!isChanged}
              loading={isSaving}
              onClick={() => void save()}
            >
              {t('saveDraft')}
            </Button>
          </Tooltip>
        )}
        <Button variant="default" onClick={() => onTab('tests')}>
          {t('tests')} {passed}/{tests.length}
        </Button>
        {mayEdit && !isInbound && (
          <Button variant="default" onClick={() => onTab('impact')}>
            {t('impactOpen')}
          </Button>
        )}
        {mayEdit && (
          <Button
            variant={isAnalyzed && !isChanged ? 'filled' : 'default'}
            disabled={isChanged || !hasUnpublishedChanges}
            onClick={onPublish}
          >
            {t('publishOpen')}
          </Button>
        )}
        {mayEdit && <More />}
      </Group>
    </Group>
  );
}

function DraftState() {
  const { t } = useTranslation('mappings');
  const { mapping, editing } = useEditor();
  const { content, base, isChanged } = editing;
  const differing = isChanged ? differingTargets(base.rules, content.rules).length : 0;
  const [tone, words]: readonly [Tone, string] = isChanged
    ? ['pending', t('unsaved', { count: Math.max(differing, 1) })]
    : mapping.hasUnpublishedChanges
      ? ['pending', t('draftSavedState')]
      : mapping.systems.length > 0
        ? ['ok', t('versionInUse', { version: mapping.publishedVersion })]
        : ['excluded', t('ownVersionUnused', { version: mapping.publishedVersion })];
  return (
    <span className={`status tone-${tone}`} role="status">
      <Shape tone={tone} />
      <Text component="span" size="sm">
        {words}
      </Text>
    </span>
  );
}

/** What is done seldom: dropping what was changed, dropping the draft, the shipped rules; and what becomes of the mapping as a whole. */
function More() {
  const { t } = useTranslation('mappings');
  const { mapping, editing } = useEditor();
  const [asking, setAsking] = useState<'discard' | 'restore' | null>(null);
  const [act, setAct] = useState<MappingAct | null>(null);
  const discard = useCommand(MappingDraftDiscardDocument);
  const restore = useCommand(MappingShippedRestoreDocument);
  // What somebody else has saved while the question stands is not dropped with it: the hub refuses.
  const [asked, setAsked] = useState(editing.revision);
  const input = { id: mapping.id, expectedRevision: asked };
  const begin = (what: NonNullable<typeof asking>): void => {
    discard.forget();
    restore.forget();
    setAsked(editing.revision);
    setAsking(what);
  };
  async function confirm(): Promise<void> {
    const payload = asking === 'discard' ? (await discard.run({ input })).mappingDraftDiscard : (await restore.run({ input })).mappingShippedRestore; // prettier-ignore
    if (payload.mapping != null) editing.take(payload.mapping);
    told(asking === 'discard' ? t('discarded') : t('restored'));
    setAsking(null);
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('moreActions')}>
            <IconDotsVertical size={18} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={!editing.isChanged} onClick={editing.undo}>
            {t('undoUnsaved')}
          </Menu.Item>
          <Menu.Item disabled={!mapping.hasUnpublishedChanges} onClick={() => begin('discard')}>
            {t('discardDraft')}
          </Menu.Item>
          <Menu.Item disabled={mapping.shipped == null} onClick={() => begin('restore')}>
            {t('restoreShipped')}
          </Menu.Item>
          <Menu.Divider />
          <MappingItems mapping={mapping} onAct={setAct} />
        </Menu.Dropdown>
      </Menu>
      <MappingDialog mapping={mapping} act={act} onClose={() => setAct(null)} />
      <Confirm
        isOpen={asking !== null}
        title={asking === 'restore' ? t('restoreShipped') : t('discardDraft')}
        action={asking === 'restore' ? t('restoreShipped') : t('discardDraft')}
        isRunning={discard.isRunning || restore.isRunning}
        error={discard.error ?? restore.error}
        onClose={() => setAsking(null)}
        onConfirm={() => void confirm().catch(() => {})}
      >
        {asking === 'restore' ? t('restoreEffect') : t('discardEffect', { version: mapping.publishedVersion })}
      </Confirm>
    </>
  );
}
