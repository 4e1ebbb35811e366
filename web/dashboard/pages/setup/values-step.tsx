/** Step 6: codes that really occur and that no value list translates, the most frequent first; what is entered is published at once. */
import { Alert, Autocomplete, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand } from '../../api/hooks.ts';
import {
  SetupValueMapDocument,
  SetupValuesPublishDocument,
  SetupValuesSaveDocument,
  type SetupValueMapQuery,
} from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { ChoiceProblems, CodeName, useCodeChoices, type Choices } from '../../parts/code-choices.tsx';
import { Failure } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Nothing } from '../../parts/nothing.tsx';
import { told } from '../../parts/told.ts';
import type { StepProps } from './steps.ts';
import { Looked, TrialRun, type TrialShown } from './trial-run.tsx';

type Unmapped = TrialShown['unmapped'][number];
/** What codes become, by their keys. */
type Entered = Readonly<Record<string, string>>;

export function ValuesStep({ state, onDone }: StepProps) {
  const { t } = useTranslation('setup');
  /** By the id of the list; it outlives the trial run below which it is entered. */
  const [entered, setEntered] = useState<Readonly<Record<string, Entered>>>({});
  /** Which revision of the draft of a list was saved here. */
  const [saved, setSaved] = useState<Readonly<Record<string, number>>>({});
  return (
    <Stack gap="md">
      <Text size="sm">{t('valuesText')}</Text>
      <TrialRun state={state}>
        {(trial) => {
          const lists = new Map<string, Unmapped[]>();
          for (const each of trial.unmapped) {
            const id = each.valueMap?.id ?? '';
            lists.set(id, [...(lists.get(id) ?? []), each]);
          }
          return (
            <Stack gap="lg">
              <Looked trial={trial} />
              {lists.size === 0 && <Nothing kind="well" title={t('allMapped')} />}
              {[...lists].map(([id, values]) => (
                <ValueList
                  key={id}
                  {...{ id, values }}
                  entered={entered[id] ?? {}}
                  onEnter={(more) => setEntered((all) => ({ ...all, [id]: { ...all[id], ...more } }))}
                  saved={saved[id]}
                  onSaved={(revision) => setSaved((all) => ({ ...all, [id]: revision }))}
                />
              ))}
            </Stack>
          );
        }}
      </TrialRun>
      {state.done.values && (
        <div>
          <Button onClick={onDone}>{t('next')}</Button>
        </div>
      )}
    </Stack>
  );
}

type List = NonNullable<SetupValueMapQuery['valueMap']>;

interface ListProps {
  readonly values: readonly Unmapped[];
  readonly entered: Entered;
  onEnter(more: Entered): void;
  /** The revision of the draft that was saved here. */
  readonly saved: number | undefined;
  onSaved(revision: number): void;
}

function ValueList({ id, ...props }: ListProps & { readonly id: string }) {
  const asked = useAsk(SetupValueMapDocument, { id });
  return (
    <Answer of={asked}>{({ valueMap }) => (valueMap == null ? null : <ValueForm list={valueMap} {...props} />)}</Answer>
  );
}

const keyOf = ({ value, secondKey }: { readonly value: string; readonly secondKey?: string | null }): string =>
  JSON.stringify([value, secondKey ?? '']);

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** What the list translates to already and is called the same. */
const proposalFor = (value: string, targets: readonly string[]): string | undefined =>
  targets.find((target) => plain(target) === plain(value) && plain(value) !== '');

function ValueForm({ list, values, entered, onEnter, saved, onSaved }: ListProps & { readonly list: List }) {
  const { t } = useTranslation('setup');
  const save = useCommand(SetupValuesSaveDocument, [SetupValueMapDocument]);
  const publish = useCommand(SetupValuesPublishDocument);
  const covered = new Set(list.entries.nodes.map(({ sourceValue: value, secondKey }) => keyOf({ value, secondKey })));
  const open = values.filter((each) => !covered.has(keyOf(each)));
  const targets = [...new Set(list.entries.nodes.map(({ targetValue }) => targetValue))];
  const choices = useCodeChoices(list.id, targets);
  const proposals = Object.fromEntries(
    open.flatMap((each) => {
      const proposal = proposalFor(each.value, targets);
      return proposal === undefined ? [] : [[keyOf(each), proposal]];
    }),
  );
  const filled = open.filter((each) => (entered[keyOf(each)] ?? '').trim() !== '');
  async function publishAll(): Promise<void> {
    let revision = list.draftRevision;
    if (filled.length > 0) {
      const entries = filled.map((each) => ({
        ...{ sourceValue: each.value, secondKey: each.secondKey ?? null },
        targetValue: entered[keyOf(each)]!.trim(),
      }));
      const { valueMapEntriesSave } = await save.run({ input: { id: list.id, expectedRevision: revision, entries } });
      revision = valueMapEntriesSave.valueMap?.draftRevision ?? revision;
      onSaved(revision);
    }
    await publish.run({ input: { id: list.id, expectedRevision: revision, note: t('publishNote') } });
    told(t('published', { name: list.name }));
  }
  const error = save.error ?? publish.error;
  return (
    <Stack gap="xs" component="section" aria-label={list.name}>
      <Group justify="space-between">
        <Title order={3} size="h5">
          <Link to="/value-lists/$listId" params={{ listId: list.id }}>
            {list.name}
          </Link>
        </Title>
        {Object.keys(proposals).length > 0 && (
          <Button size="xs" variant="light" onClick={() => onEnter({ ...proposals, ...entered })}>
            {t('acceptProposals')}
          </Button>
        )}
      </Group>
      {open.length > 0 && (
        <>
          {list.whenUnmapped === 'FAIL' && <Alert color="yellow">{t('failsWithout')}</Alert>}
          <ChoiceProblems choices={choices} />
          <Rows {...{ open, choices, entered, onEnter }} />
        </>
      )}
      {error !== null && <Failure error={error} />}
      <Publishing
        open={open.length}
        filled={filled.length}
        isWaiting={list.hasUnpublishedChanges}
        isOwn={list.draftRevision === saved}
        isRunning={save.isRunning || publish.isRunning}
        onPublish={() => void publishAll().catch(() => undefined)}
      />
    </Stack>
  );
}

/** The list is done only when what was entered is in use: saving may go well and publishing not. */
function Publishing({
  open,
  filled,
  isWaiting,
  isOwn,
  isRunning,
  onPublish,
}: {
  /** How many codes have no match, and for how many of them one is entered. */
  readonly open: number;
  readonly filled: number;
  /** What was saved is not published. */
  readonly isWaiting: boolean;
  /** That was saved here. What somebody else has saved is looked at and published on the page of the list. */
  readonly isOwn: boolean;
  readonly isRunning: boolean;
  onPublish(): void;
}) {
  const { t } = useTranslation('setup');
  const formats = useFormats();
  if (open === 0 && !isWaiting && !isRunning) return <Text size="sm">{t('listDone')}</Text>;
  const isMine = isWaiting && isOwn;
  const hint = isWaiting ? t('publishWaits') : filled === 0 ? t('publishLacks') : null;
  return (
    <Group>
      <Button disabled={filled === 0 && !isMine} loading={isRunning} onClick={onPublish}>
        {filled === 0 && isMine ? t('publishSaved') : t('publish', { number: formats.number(filled) })}
      </Button>
      {hint !== null && !isRunning && (
        <Text size="sm" className="muted">
          {hint}
        </Text>
      )}
    </Group>
  );
}

/** Who reads a code of a country may not know it by heart. */
function countryIn({ value, secondKey }: Unmapped): string | null {
  return [secondKey, value].find((code) => code != null && /^[A-Z]{2}$/.test(code)) ?? null;
}

function Rows({
  open,
  choices,
  entered,
  onEnter,
}: {
  readonly open: readonly Unmapped[];
  readonly choices: Choices;
  readonly entered: Entered;
  onEnter(more: Entered): void;
}) {
  const { t } = useTranslation('setup');
  const formats = useFormats();
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('value')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t('occurs')}
            </Table.Th>
            <Table.Th scope="col">{t('becomes')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {open.map((each) => (
            <Table.Tr key={keyOf(each)}>
              <Table.Th scope="row" fw={400}>
                {each.value}
                {each.secondKey != null && ` · ${each.secondKey}`}
                {countryIn(each) !== null && (
                  <Text size="xs" className="muted">
                    {formats.country(countryIn(each)!)}
                  </Text>
                )}
              </Table.Th>
              <Table.Td ta="right">{formats.number(each.count)}</Table.Td>
              <Table.Td>
                <Autocomplete
                  aria-label={t('becomesWhat', { value: each.value })}
                  data={choices.of(each.secondKey).map(({ value }) => value)}
                  renderOption={({ option: { value } }) => (
                    <span>
                      {value} <span className="muted">{choices.listed.get(value)}</span>
                    </span>
                  )}
                  value={entered[keyOf(each)] ?? ''}
                  onChange={(value) => onEnter({ [keyOf(each)]: value })}
                />
                <CodeName choices={choices} value={entered[keyOf(each)] ?? ''} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
