/** The rules that most shops want: proposed where there is none yet, and asked about in the first steps; three of them have a threshold. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askAgain } from '../../api/again.ts';
import { useCommand, type Command } from '../../api/hooks.ts';
import {
  AlertsRuleSaveDocument,
  type AlertsRuleFragment,
  type AlertsRuleSaveMutation,
  type AlertsRuleSaveMutationVariables,
} from '../../graph/graphql.ts';
import type { AlertRuleKind } from '../../graph/kinds.ts';
import { Failure } from '../../parts/failure.tsx';
import { toldFailure } from '../../parts/told.ts';
import { proposals, proposedAsIs, shapes, thresholdOf, type ProposedKind } from './proposals.ts';
import { inputOf } from './rule-form.tsx';

/** What is typed as the threshold of each. */
export type TypedThresholds = Readonly<Record<ProposedKind, string>>;

/** Those of the rules that are there, else what is proposed. A rule about some flows or systems only is another one. */
export const thresholdsOf = (rules: readonly AlertsRuleFragment[]): TypedThresholds =>
  Object.fromEntries(
    proposals.map(({ kind, threshold }) => [kind, String(ruleOf(rules, kind)?.threshold ?? threshold)]),
  ) as TypedThresholds;

export const areWhole = (typed: TypedThresholds): boolean =>
  proposals.every(({ kind }) => thresholdOf(typed[kind], kind) !== null);

const ruleOf = (rules: readonly AlertsRuleFragment[], wanted: AlertRuleKind): AlertsRuleFragment | undefined =>
  rules.find(({ kind, flows, systems }) => kind === wanted && flows.length + systems.length === 0);

/** The proposed kinds that count nothing, and about which there is no rule of any sort. */
export const unwatched = (rules: readonly AlertsRuleFragment[]) =>
  proposedAsIs.filter((proposal) => rules.every(({ kind }) => kind !== proposal.kind));

type SaveRule = Command<AlertsRuleSaveMutation, AlertsRuleSaveMutationVariables>;
type Proposal = (typeof proposals)[number] | (typeof proposedAsIs)[number];

/** Makes the proposed rules, or changes those that are there; each tells the channels that are given, and whom it told already. */
export function useSaveProposed(): SaveRule & {
  save(rules: readonly AlertsRuleFragment[], typed: TypedThresholds, channelIds: readonly string[]): Promise<void>;
  /** Only those that are not there. */
  add(rules: readonly AlertsRuleFragment[], channelIds: readonly string[]): Promise<void>;
} {
  const { t } = useTranslation('alerts');
  const answers = useQueryClient();
  const command = useCommand(AlertsRuleSaveDocument, []);
  const [isRunning, setRunning] = useState(false);
  // What is shown is asked again once for all of them: with the first rule the page becomes another one.
  const together = async (saves: () => Promise<void>): Promise<void> => {
    setRunning(true);
    try {
      await saves();
      await askAgain(answers);
    } catch (error) {
      void askAgain(answers);
      throw error;
    } finally {
      setRunning(false);
    }
  };
  const saveOne = async (
    { kind, severity }: Proposal,
    there: AlertsRuleFragment | undefined,
    threshold: number | null,
    channelIds: readonly string[],
  ): Promise<void> => {
    const told = [...new Set([...(there?.channels.map(({ id }) => id) ?? []), ...channelIds])];
    const rule =
      there === undefined ? { kind, severity, name: t(`kind.${kind}`), flowIds: [], systemIds: [] } : inputOf(there);
    await command.run({ input: { ...rule, threshold, channelIds: told, isEnabled: true } });
  };
  return {
    ...command,
    isRunning,
    save: (rules, typed, channelIds) =>
      together(async () => {
        for (const proposal of proposals) {
          const { kind } = proposal;
          await saveOne(proposal, ruleOf(rules, kind), thresholdOf(typed[kind], kind), channelIds);
        }
        for (const proposal of proposedAsIs) await saveOne(proposal, ruleOf(rules, proposal.kind), null, channelIds);
      }),
    add: (rules, channelIds) =>
      together(async () => {
        for (const proposal of unwatched(rules)) await saveOne(proposal, undefined, null, channelIds);
      }),
  };
}

export function ThresholdFields({
  typed,
  onChange,
}: {
  readonly typed: TypedThresholds;
  onChange(typed: TypedThresholds): void;
}) {
  const { t } = useTranslation('alerts');
  return (
    <Stack gap="sm">
      {proposals.map(({ kind }) => (
        <TextInput
          key={kind}
          label={t(`kind.${kind}`)}
          description={t(`threshold.${kind}`)}
          inputMode="numeric"
          maw={320}
          value={typed[kind]}
          error={thresholdOf(typed[kind], kind) === null ? t('whole', { least: shapes[kind].least ?? 1 }) : undefined}
          onChange={(event) => onChange({ ...typed, [kind]: event.currentTarget.value })}
        />
      ))}
      <AsIs kinds={proposedAsIs} lead={t('proposedToo')} />
    </Stack>
  );
}

/** What is watched without anything to set. */
function AsIs({ kinds, lead }: { readonly kinds: readonly (typeof proposedAsIs)[number][]; readonly lead: string }) {
  const { t } = useTranslation('alerts');
  return (
    <div>
      <Text size="sm">{lead}</Text>
      <ul className="alert-proposed">
        {kinds.map(({ kind }) => (
          <Text key={kind} component="li" size="sm">
            {t(`said.${kind}`)}
          </Text>
        ))}
      </ul>
    </div>
  );
}

interface ProposedProps {
  readonly rules: readonly AlertsRuleFragment[];
  readonly channels: readonly { readonly id: string }[];
  onSaved(): void;
}

/** With a button of its own. What goes against a later rule is told beside the page: with the first one there are rules, and nothing is proposed. */
export function ProposedRules({ rules, channels, onSaved }: ProposedProps) {
  const { t } = useTranslation('alerts');
  const [typed, setTyped] = useState(() => thresholdsOf(rules));
  const { save, isRunning } = useSaveProposed();
  const channelIds = channels.map(({ id }) => id);
  return (
    <Stack gap="md">
      <ThresholdFields typed={typed} onChange={setTyped} />
      <Group>
        <Button
          loading={isRunning}
          disabled={!areWhole(typed)}
          onClick={() => void save(rules, typed, channelIds).then(onSaved, toldFailure)}
        >
          {t('takeProposed')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Below rules that are there: what none of them watches although most shops want it; nothing when there is no such thing. */
export function AlsoProposed({ rules, channels, onSaved }: ProposedProps) {
  const { t } = useTranslation('alerts');
  const { add, isRunning, error } = useSaveProposed();
  const missing = unwatched(rules);
  if (missing.length === 0) return null;
  const channelIds = channels.map(({ id }) => id);
  return (
    <Stack gap="xs" maw={560} align="flex-start">
      <AsIs kinds={missing} lead={t('notWatched')} />
      {error !== null && <Failure error={error} />}
      <Button
        size="xs"
        variant="default"
        loading={isRunning}
        onClick={() => void add(rules, channelIds).then(onSaved, () => undefined)}
      >
        {t('watchToo', { count: missing.length })}
      </Button>
    </Stack>
  );
}
