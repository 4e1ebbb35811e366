/** The three rules that most shops want, each with its threshold: proposed where there is none yet, and asked about in the first steps. */
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand, type Command } from '../../api/hooks.ts';
import {
  AlertsRuleSaveDocument,
  type AlertsRuleFragment,
  type AlertsRuleSaveMutation,
  type AlertsRuleSaveMutationVariables,
} from '../../graph/graphql.ts';
import { Failure } from '../../parts/failure.tsx';
import { proposals, shapes, thresholdOf, type ProposedKind } from './proposals.ts';
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

const ruleOf = (rules: readonly AlertsRuleFragment[], wanted: ProposedKind): AlertsRuleFragment | undefined =>
  rules.find(({ kind, flows, systems }) => kind === wanted && flows.length + systems.length === 0);

type SaveRule = Command<AlertsRuleSaveMutation, AlertsRuleSaveMutationVariables>;

/** Makes the three rules, or changes those that are there; each tells the channels that are given, and whom it told already. */
export function useSaveProposed(): SaveRule & {
  save(rules: readonly AlertsRuleFragment[], typed: TypedThresholds, channelIds: readonly string[]): Promise<void>;
} {
  const { t } = useTranslation('alerts');
  const command = useCommand(AlertsRuleSaveDocument);
  return {
    ...command,
    async save(rules, typed, channelIds) {
      for (const { kind, severity } of proposals) {
        const there = ruleOf(rules, kind);
        const told = [...new Set([...(there?.channels.map(({ id }) => id) ?? []), ...channelIds])];
        const rule =
          there === undefined
            ? { kind, severity, name: t(`kind.${kind}`), flowIds: [], systemIds: [] }
            : inputOf(there);
        await command.run({
          input: { ...rule, threshold: thresholdOf(typed[kind], kind), channelIds: told, isEnabled: true },
        });
      }
    },
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
    </Stack>
  );
}

/** With a button of its own. */
export function ProposedRules({
  rules,
  channels,
  onSaved,
}: {
  readonly rules: readonly AlertsRuleFragment[];
  readonly channels: readonly { readonly id: string }[];
  onSaved(): void;
}) {
  const { t } = useTranslation('alerts');
  const [typed, setTyped] = useState(() => thresholdsOf(rules));
  const { save, isRunning, error } = useSaveProposed();
  const channelIds = channels.map(({ id }) => id);
  return (
    <Stack gap="md">
      <ThresholdFields typed={typed} onChange={setTyped} />
      {error !== null && <Failure error={error} />}
      <Group>
        <Button
          loading={isRunning}
          disabled={!areWhole(typed)}
          onClick={() => void save(rules, typed, channelIds).then(onSaved, () => undefined)}
        >
          {t('takeProposed')}
        </Button>
      </Group>
    </Stack>
  );
}
