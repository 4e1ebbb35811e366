/** Makes the saved draft the version in use: a note, what becomes of the past, and what speaks against it. */
import { Alert, Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../../api/hooks.ts';
import { MappingPublishDocument, type MappingPublishInput } from '../../../graph/graphql.ts';
import type { AfterPublish } from '../../../graph/kinds.ts';
import { Failure } from '../../../parts/failure.tsx';
import { useFormats } from '../../../parts/formats.ts';
import { Overtaken } from '../../../parts/overtaken.tsx';
import { told } from '../../../parts/told.ts';
import { useEditor } from '../state.ts';
import { millisecondsOf } from './duration.ts';
import { useSummary } from './impact-report.tsx';
import { ThenChoice } from './then-choice.tsx';
import type { Impact, ImpactReport } from './use-impact.ts';
import type { SavedTest } from './use-tests.ts';

/** Of more records the number is typed before they are sent. */
const many = 20;

interface Props {
  readonly impact: Impact;
  readonly tests: readonly SavedTest[];
  onAnalyze(): void;
  onClose(): void;
}

/** Publishes the draft that was looked at; what somebody else saves meanwhile, not before the person has gone on to it. */
function usePublication(onDone: () => void) {
  const { t } = useTranslation('mappings');
  const { mapping, editing } = useEditor();
  const publish = useCommand(MappingPublishDocument);
  const [seen, setSeen] = useState(editing.revision);
  const isSeen = editing.revision === seen;
  return {
    isSeen,
    isOvertaken: !isSeen && !publish.isRunning,
    goOn(): void {
      publish.forget();
      setSeen(editing.revision);
    },
    publish,
    async run(how: Omit<MappingPublishInput, 'id' | 'expectedRevision'>): Promise<void> {
      const input = { id: mapping.id, expectedRevision: seen, ...how };
      const { mappingPublish } = await publish.run({ input });
      const { mapping: now, replayedCount, backfilledCount } = mappingPublish;
      if (now != null) editing.take(now);
      const follows = [replayedCount > 0 ? t('replayed', { count: replayedCount }) : '', backfilledCount > 0 ? t('backfilled', { count: backfilledCount }) : '']; // prettier-ignore
      told([t('publishedNow', { version: now?.publishedVersion ?? 0 }), ...follows].join(' ').trim());
      onDone();
    },
  };
}

export function PublishDialog({ impact, tests, onAnalyze, onClose }: Props) {
  const { t } = useTranslation('mappings');
  const { t: common } = useTranslation();
  const { mapping, isInbound } = useEditor();
  const { run, isSeen, publish, isOvertaken, goOn } = usePublication(onClose);
  const [note, setNote] = useState('');
  const [then, setThen] = useState<AfterPublish>('APPLY_TO_NEW');
  const [isMeant, setMeant] = useState(false);
  const [typed, setTyped] = useState('');
  const failed = tests.filter(({ isPassed }) => isPassed === false);
  const planHash = impact.report?.planHash ?? null;
  const sent = then === 'BACKFILL_CHANGED' ? (impact.report?.changed ?? 0) : 0;
  const isCounted = sent <= many || typed.trim() === String(sent);
  const isAllowed = (failed.length === 0 || isMeant) && mapping.problems.length === 0;
  const isReady = note.trim() !== '' && isAllowed && isCounted && isSeen;
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    await run({ note, then, planHash, overrideFailedTests: isMeant });
  }
  function takeTheirs(): void {
    setMeant(false);
    goOn();
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('publishTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <form onSubmit={(event) => void submit(event).catch(() => {})}>
        <Stack gap="md">
          <Foreseen impact={impact} onAnalyze={onAnalyze} />
          {failed.length > 0 && <FailedTests failed={failed} isMeant={isMeant} onMean={setMeant} />}
          <TextInput
            label={t('noteOfVersion')}
            placeholder={t('notePlaceholder')}
            required
            data-autofocus
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <ThenChoice value={then} isInbound={isInbound} onChange={setThen} />
          {sent > 0 && <Sent report={impact.report!} typed={typed} onType={setTyped} />}
          {publish.error !== null && <Failure error={publish.error} />}
          {isOvertaken && <OvertakenDraft onTakeTheirs={takeTheirs} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button
              type="submit"
              variant={isInbound || planHash !== null ? 'filled' : 'light'}
              disabled={!isReady}
              loading={publish.isRunning}
            >
              {t('publishAction', { version: mapping.publishedVersion + 1 })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function OvertakenDraft({ onTakeTheirs }: { onTakeTheirs(): void }) {
  const { t } = useTranslation('mappings');
  return <Overtaken title={t('conflictTitle')} hint={t('publishOvertaken')} onTakeTheirs={onTakeTheirs} />;
}

/** How many records are written by it and how long that takes; of many the number is typed. */
function Sent({
  report: { changed, estimatedDuration },
  typed,
  onType,
}: {
  readonly report: ImpactReport;
  readonly typed: string;
  onType(typed: string): void;
}) {
  const { t } = useTranslation('mappings');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const takes = estimatedDuration == null ? null : millisecondsOf(estimatedDuration);
  return (
    <>
      <Text size="sm">
        {t('sends', { count: changed, number: formats.number(changed) })}
        {takes !== null && ` ${t('impactTakes', { duration: formats.duration(takes) })}`}
      </Text>
      {changed > many && (
        <TextInput
          label={common('typeToConfirm', { word: String(changed) })}
          value={typed}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => onType(event.currentTarget.value)}
        />
      )}
    </>
  );
}

/** Tests that the draft does not pass; it can be published all the same when that is meant. */
function FailedTests({
  failed,
  isMeant,
  onMean,
}: {
  readonly failed: readonly SavedTest[];
  readonly isMeant: boolean;
  onMean(isMeant: boolean): void;
}) {
  const { t } = useTranslation('mappings');
  return (
    <Alert color="red" title={t('testsFail', { count: failed.length })}>
      <Text size="sm">{failed.map(({ name }) => name).join(', ')}</Text>
      <Checkbox
        mt="xs"
        label={t('overrideTests')}
        checked={isMeant}
        onChange={(event) => onMean(event.currentTarget.checked)}
      />
    </Alert>
  );
}

/** What the analysis says, or that there is none; with problems there can be none. */
function Foreseen({ impact: { report }, onAnalyze }: { readonly impact: Impact; onAnalyze(): void }) {
  const { t } = useTranslation('mappings');
  const summaryOf = useSummary();
  const { mapping, isInbound } = useEditor();
  const { problems } = mapping;
  if (problems.length > 0) return <Alert color="red">{t('publishNeedsNoProblems', { count: problems.length })}</Alert>;
  if (isInbound) return null;
  if (report === null) {
    return (
      <Alert color="yellow" title={t('notAnalyzed')}>
        <Button size="xs" variant="default" mt={4} mih={30} h="auto" py={6} onClick={onAnalyze}>
          {t('analyze')}
        </Button>
      </Alert>
    );
  }
  return (
    <Alert color={report.newlyFailing > 0 ? 'red' : 'teal'} variant="light">
      {summaryOf(report)}
    </Alert>
  );
}
