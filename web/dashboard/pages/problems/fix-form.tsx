/** The form of "Fix and replay". Once it is sent, the dialog shows how far the records are; the cause that it was about may be gone then. */
import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useEffect, useId, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/ask.ts';
import { RefusedError, useCommand } from '../../api/hooks.ts';
import { FixDraftDocument, FixPublishDocument, FixSaveDocument } from '../../graph/graphql.ts';
import { ChoiceProblems, CodeName, CodeOptions, useCodeChoices } from '../../parts/code-choices.tsx';
import { Failure } from '../../parts/failure.tsx';
import { FixPreview } from './fix-preview.tsx';
import { groupedByList, othersIn, rowKey, targetsIn, type FixedCause, type FixPlan, type MissingRow, type RowsOfList } from './fix-rows.ts'; // prettier-ignore
import { codeName } from './naming.ts';
import { Said } from './said.tsx';
import { ReplayProgress } from './progress.tsx';
import { watch, type Watched } from './targets.ts';

/** More rows than that are better pasted into the list. */
const mostRows = 20;

export function FixForm({
  cause,
  plan,
  onClose,
}: {
  readonly cause: FixedCause;
  readonly plan: FixPlan;
  onClose(): void;
}) {
  const { t } = useTranslation('problems');
  const { t: common } = useTranslation();
  const rows = cause.missingEntries.slice(0, mostRows);
  const [targets, setTargets] = useState<ReadonlyMap<string, string>>(
    () => new Map(rows.map((row) => [rowKey(row), row.proposal?.targetValue ?? ''])),
  );
  const { run, isRunning, error, watched, others } = useFix(cause);
  const answers = useQueryClient();
  const onDone = useCallback(() => void answers.invalidateQueries(), [answers]);
  const filled = rows.filter((row) => targets.get(rowKey(row))?.trim());
  const count = plan.count.value + cause.blockedCount;

  if (watched !== null) return <Followed watched={watched} onDone={onDone} onClose={onClose} />;
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (filled.length > 0 && !isRunning) void run(rows, targets);
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        {rows.map((row, i) => (
          <RowInput
            key={rowKey(row)}
            row={row}
            isFirst={i === 0}
            value={targets.get(rowKey(row)) ?? ''}
            onChange={(value) => setTargets(new Map(targets).set(rowKey(row), value))}
          />
        ))}
        {cause.missingEntries.length > mostRows && (
          <Text size="sm">
            {t('moreRows', { count: cause.missingEntries.length - mostRows })}{' '}
            <Anchor component={Link} to={`/value-lists/${rows[0]!.valueMap.id}`}>
              {t('openList')}
            </Anchor>
          </Text>
        )}
        <FixPreview cause={cause} rows={filled} targets={targets} />
        <FixEffect cause={cause} plan={plan} others={others} />
        {error !== null && <Failure error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={isRunning} disabled={filled.length === 0}>
            {t('publishAndReplay', { count })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Followed({ watched, onDone, onClose }: { readonly watched: Watched; onDone(): void; onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <ReplayProgress watched={watched} onDone={onDone} />
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('close')}</Button>
      </Group>
    </Stack>
  );
}

function RowInput({
  row,
  isFirst,
  value,
  onChange,
}: {
  readonly row: MissingRow;
  readonly isFirst: boolean;
  readonly value: string;
  onChange(value: string): void;
}) {
  const { t } = useTranslation('problems');
  const input = useRef<HTMLInputElement>(null);
  // The dialog has the focus already when the form arrives.
  useEffect(() => {
    if (isFirst) input.current?.focus();
  }, [isFirst]);
  const choices = useCodeChoices(row.valueMap.id, targetsIn(row.valueMap.entries.nodes, row.value));
  const options = useId();
  const because =
    row.proposal == null
      ? null
      : row.proposal.version == null
        ? t('proposedElsewhere', { target: row.proposal.targetValue })
        : t('proposedBefore', { target: row.proposal.targetValue, version: row.proposal.version });
  return (
    <>
      <TextInput
        label={t('becomes', { code: codeName(row) })}
        description={[t('inList', { list: row.valueMap.name }), because].filter(Boolean).join(' ')}
        ref={input}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        list={options}
        autoComplete="off"
        {...(isFirst ? { 'data-autofocus': true } : {})}
      />
      <CodeOptions id={options} codes={choices.of(row.secondKey)} />
      <CodeName choices={choices} value={value} />
      <ChoiceProblems choices={choices} />
    </>
  );
}

/** What sending the form does, in numbers. */
function FixEffect({
  cause,
  plan,
  others,
}: {
  readonly cause: FixedCause;
  readonly plan: FixPlan;
  /** How many other changes the drafts of lists hold that were looked at again. */
  readonly others: ReadonlyMap<string, number>;
}) {
  const { t } = useTranslation('problems');
  const lists = [...new Map(cause.missingEntries.map(({ valueMap }) => [valueMap.id, valueMap])).values()]
    .filter(({ id, hasUnpublishedChanges }) => others.get(id) ?? hasUnpublishedChanges)
    .map(({ id, name, draftChanges }) => ({ id, name, count: others.get(id) ?? draftChanges.length }));
  return (
    <Stack gap="xs">
      <Text size="sm">
        {t('fixEffect', { count: plan.count.value })}{' '}
        {plan.alreadyDelivered > 0 && t('planDelivered', { count: plan.alreadyDelivered })}{' '}
        {cause.blockedCount > 0 && t('fixBehind', { count: cause.blockedCount })}
      </Text>
      {lists.map(({ id, name, count }) => (
        <Said key={id} tone="retrying">
          {t('othersToo', { count, list: name })}
        </Said>
      ))}
      {plan.warnings.map((warning) => (
        <Said key={warning} tone="retrying">
          {warning}
        </Said>
      ))}
    </Stack>
  );
}

/** How far a list is. */
interface Standing {
  /** That of its draft, from which the next try goes on. */
  readonly revision: number;
  /** The rows that are in use already, by this form; as JSON. */
  readonly published: string | null;
}

/**
 * Saves the rows, publishes each list, and tells what is to be followed then. Every try goes on from what the one before has done; after a
 * refusal it goes on from the draft as somebody else has left it, and `others` counts what is published with it.
 */
function useFix({ fingerprint, blockedCount, flow }: FixedCause) {
  const { t } = useTranslation('problems');
  const save = useCommand(FixSaveDocument, []);
  const publish = useCommand(FixPublishDocument, []);
  const [watched, setWatched] = useState<Watched | null>(null);
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  const standings = useRef(new Map<string, Standing>());
  const [others, setOthers] = useState<ReadonlyMap<string, number>>(new Map());

  async function lookAgain({ id, entries }: RowsOfList): Promise<void> {
    const { valueMap } = await ask(FixDraftDocument, { id });
    if (valueMap == null) return;
    const published = standings.current.get(id)?.published ?? null;
    standings.current.set(id, { revision: valueMap.draftRevision, published });
    setOthers((now) => new Map(now).set(id, othersIn(valueMap.draftChanges, entries)));
  }
  async function putInUse({ id, draftRevision, entries }: RowsOfList): Promise<void> {
    const print = JSON.stringify(entries);
    const { revision = draftRevision, published = null } = standings.current.get(id) ?? {};
    if (published === print) return;
    const saved = await save.run({ input: { id, expectedRevision: revision, entries } });
    const expectedRevision = saved.valueMapEntriesSave.valueMap!.draftRevision;
    standings.current.set(id, { revision: expectedRevision, published });
    const named = entries.map((entry) => `${codeName({ ...entry, value: entry.sourceValue })} → ${entry.targetValue}`);
    const note = t('fixNote', { rows: named.join(', ') });
    const done = await publish.run({ input: { id, expectedRevision, note, then: 'REPLAY_DEAD_LETTERS' } });
    standings.current.set(id, { revision: done.valueMapPublish.valueMap!.draftRevision, published: print });
  }
  async function run(rows: readonly MissingRow[], targets: ReadonlyMap<string, string>): Promise<void> {
    setRunning(true);
    setFailure(null);
    try {
      const isStopped = flow?.state === 'SUSPENDED';
      const behind = { count: isStopped ? blockedCount : 0, flowId: isStopped ? flow.id : null };
      const begun = await watch([{ fingerprint }], behind);
      for (const list of groupedByList(rows, targets)) {
        await putInUse(list).catch(async (thrown: unknown) => {
          if (thrown instanceof RefusedError) await lookAgain(list).catch(() => undefined);
          throw thrown;
        });
      }
      setWatched(begun);
    } catch (thrown) {
      setFailure(thrown as Error);
    } finally {
      setRunning(false);
    }
  }
  return { run, isRunning, error: failure, watched, others };
}
