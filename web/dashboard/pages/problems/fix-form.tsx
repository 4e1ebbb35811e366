/** The form of "Fix and replay". Once it is sent, the dialog shows how far the records are; the cause that it was about may be gone then. */
import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useEffect, useId, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceProblems, CodeName, CodeOptions, useCodeChoices } from '../../parts/code-choices.tsx';
import { Failure } from '../../parts/failure.tsx';
import { FixPreview } from './fix-preview.tsx';
import { rowKey, targetsIn, type FixedCause, type FixPlan, type MissingRow } from './fix-rows.ts';
import { codeName } from './naming.ts';
import { Said } from './said.tsx';
import { ReplayProgress } from './progress.tsx';
import type { Watched } from './targets.ts';
import { useFix } from './use-fix.ts';

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
