/** The editor of one mapping: rules on the left, what comes of them on the right. Puts the parts together and knows the keys. */
import { Alert, Anchor, Box, Paper, Title } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session.tsx';
import { useAsk, useCommand } from '../../api/hooks.ts';
import {
  MappingChangesDocument,
  MappingDraftSaveDocument,
  MappingEditorDocument,
  MappingSamplesDocument,
  MappingsListDocument,
  MappingTestsDocument,
  type MappingEditorQuery,
} from '../../graph/graphql.ts';
import { Page } from '../../parts/page.tsx';
import { told } from '../../parts/told.ts';
import { Conflict } from './conflict.tsx';
import { systemsOf, useEntityWord } from './entity-words.ts';
import { LeaveGuard } from './leave-guard.tsx';
import { isAbout } from './model/reading.ts';
import { inputOf, placed } from './model/rules.ts';
import { useContent, type Editing } from './model/use-content.ts';
import { usePreview } from './model/use-preview.ts';
import { Direction } from './page.tsx';
import { Uses } from './own/uses.tsx';
import { RecordCondition } from './rules/record-condition.tsx';
import { RuleList } from './rules/rule-list.tsx';
import { SamplePicker } from './sample-picker.tsx';
import { sampleOf, searchOf } from './sample-search.ts';
import { PublishDialog } from './side/publish-dialog.tsx';
import { Side, type SideTab } from './side/side.tsx';
import { useImpact } from './side/use-impact.ts';
import { useTests } from './side/use-tests.ts';
import { EditorContext, type ChosenSample, type EditedMapping, type EditorState } from './state.ts';
import { Toolbar } from './toolbar.tsx';

interface Props extends Pick<MappingEditorQuery, 'valueMaps' | 'systems'> {
  readonly mapping: EditedMapping;
}

export function Editor({ mapping, valueMaps, systems }: Props) {
  const { t } = useTranslation('mappings');
  const entity = useEntityWord();
  const [tab, setTab] = useState<SideTab>(useFirstTab());
  const [isPublishing, setPublishing] = useState(false);
  const { state, choose, saveError } = useEditorState(mapping, valueMaps);
  const { editing, isInbound } = state;
  const { tests } = useTests(mapping.id, editing);
  const impact = useImpact(mapping.id, editing.revision);
  useEditorKeys(state, () => setTab('preview'));
  const system = systemsOf(systems, mapping.connectorKey);
  return (
    <EditorContext value={state}>
      <Page
        title={mapping.isShipped ? t('editorTitle', { entity: entity(mapping.entity), system }) : mapping.name}
        about={
          <>
            <Direction isInbound={isInbound} system={system} /> · <code>{mapping.key}</code>
            <OwnersLink entity={mapping.entity} />
            <Uses mapping={mapping} />
          </>
        }
        actions={<SamplePicker tests={tests} onChoose={choose} />}
      >
        <Toolbar
          tests={tests}
          isAnalyzed={impact.report !== null}
          onTab={setTab}
          onPublish={() => setPublishing(true)}
        />
        <Notices mapping={mapping} />
        <Conflict error={saveError} />
        <Box className="mapping-editor">
          <Paper withBorder radius="md" p="sm" className="mapping-rules">
            <Title order={2} mb="xs">
              {t('rules')}
            </Title>
            <RecordCondition />
            <RuleList />
          </Paper>
          <Paper withBorder radius="md" p="sm" className="mapping-beside">
            <Title order={2} className="visually-hidden">
              {t('sideTitle')}
            </Title>
            <Side tab={tab} onTab={setTab} impact={impact} tests={tests} onPublish={() => setPublishing(true)} />
          </Paper>
        </Box>
        {isPublishing && (
          <PublishDialog
            impact={impact}
            tests={tests}
            onClose={() => setPublishing(false)}
            onAnalyze={() => {
              setPublishing(false);
              setTab('impact');
              void impact.start(editing.revision).catch(() => {});
            }}
          />
        )}
        <LeaveGuard />
      </Page>
    </EditorContext>
  );
}

/** What is to be known of the mapping as a whole before anybody edits it. */
function Notices({ mapping: { deletedAt, hasNewShippedRules } }: Pick<Props, 'mapping'>) {
  const { t } = useTranslation('mappings');
  return (
    <>
      {deletedAt !== null && <Alert title={t('ownGoneSince')}>{t('ownReadOnly')}</Alert>}
      {hasNewShippedRules && <Alert title={t('newShippedTitle')}>{t('newShippedHint')}</Alert>}
    </>
  );
}

/** A version in the address is what is asked about. */
const useFirstTab = (): SideTab =>
  useSearch({ from: '/inside/mappings/$mappingId' }).version === undefined ? 'preview' : 'versions';

/** Which system's word counts is no matter of the mapping; who looks for it here is shown where it is. */
function OwnersLink({ entity }: { readonly entity: string }) {
  const { t } = useTranslation('mappings');
  const type = ownedEntities[entity];
  if (type === undefined) return null;
  return (
    <>
      {' · '}
      <Anchor component={Link} to={`/conflicts?status=owners&entity=${type}`} size="sm">
        {t('owners')}
      </Anchor>
    </>
  );
}

const ownedEntities: Readonly<Record<string, string>> = {
  product: 'PRODUCT',
  variant: 'PRODUCT_VARIANT',
  category: 'CATEGORY',
  customer: 'CUSTOMER',
};

function useEditorState(mapping: EditedMapping, valueMaps: Props['valueMaps']) {
  const editing = useContent(mapping);
  const { content } = editing;
  const isInbound = mapping.direction === 'INBOUND';
  const { sample, choose, isKnown } = useSample(mapping.id, isInbound);
  const previewing = usePreview(
    useMemo(
      () =>
        isKnown
          ? {
              mappingId: mapping.id,
              rules: content.rules.map(inputOf),
              includeWhen: content.includeWhen,
              // Without a record the rules themselves are still checked.
              sample: sample?.input ?? { payload: {} },
              operation: sample?.operation ?? 'CREATE',
            }
          : null,
      [mapping.id, content, sample, isKnown],
    ),
  );
  const { save, isSaving, saveError } = useSave(mapping.id, editing);
  const [openId, openRule] = useState<string | null>(null);
  const mayEdit = useMay('WRITE_MAPPINGS') && mapping.deletedAt === null;
  const rows = useMemo(() => placed(content.rules), [content.rules]);
  const isOfRules = sample === null && previewing.preview?.operation != null;
  const preview = sample === null ? null : previewing.preview;
  const problems = isOfRules ? [] : (previewing.preview?.problems ?? mapping.problems);
  const state: EditorState = {
    ...{ mapping, valueMaps, editing, previewing, preview, problems, rows, sample, isInbound },
    ...{ mayEdit, openId, openRule, save, isSaving },
  };
  return { state, choose, saveError };
}

/** The record: of the address, else the one that changed last; a pasted one is kept here only. */
function useSample(mappingId: string, isInbound: boolean) {
  const search = useSearch({ from: '/inside/mappings/$mappingId' });
  const navigate = useNavigate();
  const [pasted, setPasted] = useState<ChosenSample | null>(null);
  const { data } = useAsk(MappingSamplesDocument, { id: mappingId }, { isOff: isInbound });
  const [first] = data?.mappingSamples ?? [];
  const firstId = first?.entityId;
  const firstLabel = first?.label ?? '';
  const sample = useMemo<ChosenSample | null>(() => {
    if (pasted !== null) return pasted;
    const named = sampleOf(search);
    if (named !== null) return named;
    return firstId === undefined ? null : { input: { entityId: firstId }, label: firstLabel };
  }, [pasted, search, firstId, firstLabel]);
  const choose = (chosen: ChosenSample): void => {
    const isPasted = 'payload' in chosen.input;
    setPasted(isPasted ? chosen : null);
    if (!isPasted) {
      const next = searchOf(chosen.input, chosen.label);
      void navigate({ to: '.', search: next, replace: true });
    }
  };
  return { sample, choose, isKnown: isInbound || sample !== null || data !== undefined };
}

const touched = [MappingEditorDocument, MappingsListDocument, MappingTestsDocument, MappingChangesDocument];

function useSave(mappingId: string, { content, revision, saved }: Editing) {
  const { t } = useTranslation('mappings');
  const command = useCommand(MappingDraftSaveDocument, touched);
  async function save(): Promise<number | null> {
    const { includeWhen } = content;
    const input = { id: mappingId, expectedRevision: revision, rules: content.rules.map(inputOf), includeWhen };
    try {
      const { mapping } = (await command.run({ input })).mappingDraftSave;
      if (mapping == null) return null;
      saved(mapping, content);
      told(t('draftSaved'));
      return mapping.draftRevision;
    } catch {
      return null;
    }
  }
  return { save, isSaving: command.isRunning, saveError: command.error };
}

/** Ctrl+S saves, Ctrl+Enter tries at once, F8 goes to the next problem; in the editor of an expression too. */
function useEditorKeys(state: EditorState, showPreview: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const isWithCtrl = event.ctrlKey || event.metaKey;
    const act =
      isWithCtrl && event.key.toLowerCase() === 's' ? () => void (state.mayEdit && state.editing.isChanged && state.save())
      : isWithCtrl && event.key === 'Enter' ? () => { showPreview(); state.previewing.now(); }
      : event.key === 'F8' && !isWithCtrl ? () => nextProblem(state)
      : null; // prettier-ignore
    if (act === null || document.querySelector('[role="dialog"][aria-modal="true"]') !== null) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  useEffect(() => {
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}

/** Opens the next rule with a problem, behind the one that is open, and goes there. */
function nextProblem({ rows, problems, openId, openRule }: EditorState): void {
  const troubled = rows.filter((row) => problems.some((problem) => isAbout(problem, row)));
  const at = troubled.findIndex(({ rule }) => rule.id === openId);
  const next = troubled[(at + 1) % troubled.length];
  if (next === undefined) return;
  openRule(next.rule.id);
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('.rule[data-open] [data-rule-button]')?.focus({ preventScroll: false }),
  );
}
