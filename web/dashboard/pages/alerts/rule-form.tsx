/** A rule: what it watches, from which threshold on, of which flows or systems, and who is told. In: the rule as it is now, or null for a new one. */
import { Checkbox, Fieldset, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand } from '../../api/hooks.ts';
import {
  AlertsChoicesDocument,
  AlertsRuleSaveDocument,
  type AlertsChannelFragment,
  type AlertsRuleFragment,
} from '../../graph/graphql.ts';
import type { AlertRuleKind, Severity } from '../../graph/kinds.ts';
import { useSeenVersion } from '../../parts/seen-version.ts';
import { told } from '../../parts/told.ts';
import { FormDialog, wrongAt } from './form-dialog.tsx';
import { ruleKinds, shapes, thresholdOf, wholeOf, type CountingKind } from './proposals.ts';

const severities = ['INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const satisfies readonly Severity[];
const fields = ['name', 'kind', 'threshold', 'windowMinutes', 'flowIds', 'systemIds', 'channelIds'] as const;

interface Draft {
  readonly kind: AlertRuleKind;
  readonly name: string;
  readonly severity: Severity;
  readonly threshold: string;
  readonly windowMinutes: string;
  readonly flowIds: readonly string[];
  readonly systemIds: readonly string[];
  readonly channelIds: readonly string[];
}

/** A rule as it is saved again. */
export const inputOf = (rule: AlertsRuleFragment) => ({
  id: rule.id,
  version: rule.version,
  name: rule.name,
  kind: rule.kind,
  severity: rule.severity,
  threshold: rule.threshold,
  windowMinutes: rule.windowMinutes,
  flowIds: rule.flows.map(({ id }) => id),
  systemIds: rule.systems.map(({ id }) => id),
  channelIds: rule.channels.map(({ id }) => id),
  isEnabled: rule.isEnabled,
});

const textOf = (number: number | null | undefined): string => (number == null ? '' : String(number));

function useRuleDraft(rule: AlertsRuleFragment | null, version: number, channels: readonly AlertsChannelFragment[]) {
  const { t } = useTranslation('alerts');
  const startOf = (kind: AlertRuleKind): Draft => ({
    kind,
    name: t(`kind.${kind}`),
    severity: kind === 'SYSTEM_UNREACHABLE' || kind === 'CREDENTIALS' ? 'CRITICAL' : 'WARNING',
    threshold: textOf(shapes[kind].threshold),
    windowMinutes: textOf(shapes[kind].windowMinutes),
    flowIds: [],
    systemIds: [],
    channelIds: channels.map(({ id }) => id),
  });
  const stored = rule === null ? null : inputOf(rule);
  const [draft, setDraft] = useState<Draft>(() =>
    stored === null
      ? startOf('LAG')
      : { ...stored, threshold: textOf(stored.threshold), windowMinutes: textOf(stored.windowMinutes) },
  );
  const change = (changes: Partial<Draft>): void => setDraft({ ...draft, ...changes });
  const become = (kind: AlertRuleKind): void => {
    const { channelIds } = draft;
    setDraft({ ...startOf(kind), channelIds });
  };
  const { threshold, windowMinutes } = shapes[draft.kind];
  const isReady =
    draft.name.trim() !== '' &&
    (threshold === null || thresholdOf(draft.threshold, draft.kind) !== null) &&
    (windowMinutes === undefined || wholeOf(draft.windowMinutes) !== null);
  const input = {
    ...draft,
    ...(rule === null ? {} : { id: rule.id, version }),
    name: draft.name.trim(),
    threshold: threshold === null ? null : thresholdOf(draft.threshold, draft.kind),
    windowMinutes: windowMinutes === undefined ? null : wholeOf(draft.windowMinutes),
    isEnabled: rule?.isEnabled ?? true,
  };
  return { draft, change, become, isReady, input };
}

export function RuleForm({
  rule,
  channels,
  onClose,
}: {
  readonly rule: AlertsRuleFragment | null;
  readonly channels: readonly AlertsChannelFragment[];
  onClose(): void;
}) {
  const { t } = useTranslation('alerts');
  const { t: common } = useTranslation();
  const save = useCommand(AlertsRuleSaveDocument);
  const version = useSeenVersion(rule?.version ?? 0, save.error);
  const { draft, change, become, isReady, input } = useRuleDraft(rule, version, channels);
  const wrong = (field: string): string | undefined => wrongAt(save.error, field);
  const submit = async (): Promise<void> => {
    await save.run({ input });
    onClose();
    told(common('saved'));
  };
  return (
    <FormDialog
      title={rule === null ? t('newRule') : rule.name}
      action={common('save')}
      isRunning={save.isRunning}
      isReady={isReady}
      error={save.error}
      fields={fields}
      onSubmit={submit}
      onClose={onClose}
    >
      <NativeSelect
        label={t('watches')}
        value={draft.kind}
        // Another kind is another rule, with another history.
        disabled={rule !== null}
        error={wrong('kind')}
        data={ruleKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={(event) => become(event.currentTarget.value as AlertRuleKind)}
        data-autofocus
      />
      <Thresholds draft={draft} wrong={wrong} onChange={change} />
      <TextInput
        label={common('name')}
        value={draft.name}
        maxLength={100}
        error={wrong('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('severityHead')}
        value={draft.severity}
        data={severities.map((value) => ({ value, label: t(`severity.${value}`) }))}
        onChange={(event) => change({ severity: event.currentTarget.value as Severity })}
      />
      <Subjects draft={draft} error={wrong('flowIds') ?? wrong('systemIds')} onChange={change} />
      <Told channels={channels} chosen={draft.channelIds} onChange={(channelIds) => change({ channelIds })} />
    </FormDialog>
  );
}

interface PartProps {
  readonly draft: Draft;
  onChange(changes: Partial<Draft>): void;
}

function Thresholds({ draft, wrong, onChange }: PartProps & { wrong(field: string): string | undefined }) {
  const { t } = useTranslation('alerts');
  const { threshold, windowMinutes, least = 1 } = shapes[draft.kind];
  return (
    <Stack gap={6}>
      <Text size="sm" className="muted">
        {t(`kindAbout.${draft.kind}`)}
      </Text>
      <Group grow align="flex-start">
        {threshold !== null && (
          <TextInput
            label={t(`threshold.${draft.kind as CountingKind}`)}
            inputMode="numeric"
            value={draft.threshold}
            error={
              wrong('threshold') ??
              (thresholdOf(draft.threshold, draft.kind) === null ? t('whole', { least }) : undefined)
            }
            onChange={(event) => onChange({ threshold: event.currentTarget.value })}
          />
        )}
        {windowMinutes !== undefined && (
          <TextInput
            label={t('window')}
            inputMode="numeric"
            value={draft.windowMinutes}
            error={
              wrong('windowMinutes') ?? (wholeOf(draft.windowMinutes) === null ? t('whole', { least: 1 }) : undefined)
            }
            onChange={(event) => onChange({ windowMinutes: event.currentTarget.value })}
          />
        )}
      </Group>
    </Stack>
  );
}

/** Which flows or systems; none chosen means all, also those that come later. */
function Subjects({ draft, error, onChange }: PartProps & { readonly error: string | undefined }) {
  const { t } = useTranslation('alerts');
  const { t: common } = useTranslation();
  const { data } = useAsk(AlertsChoicesDocument, {});
  const of = shapes[draft.kind].of;
  if (of === null || data === undefined) return null;
  const chosen = of === 'flows' ? draft.flowIds : draft.systemIds;
  const set = (ids: string[]): void => onChange(of === 'flows' ? { flowIds: ids } : { systemIds: ids });
  return (
    <Fieldset legend={of === 'flows' ? common('pageFlows') : common('pageSystems')}>
      <Checkbox.Group value={[...chosen]} error={error} description={t('noneIsAll')} onChange={set}>
        <Choices of={data[of]} />
      </Checkbox.Group>
    </Fieldset>
  );
}

function Told({
  channels,
  chosen,
  onChange,
}: {
  readonly channels: readonly AlertsChannelFragment[];
  readonly chosen: readonly string[];
  onChange(ids: readonly string[]): void;
}) {
  const { t } = useTranslation('alerts');
  return (
    <Fieldset legend={t('isTold')}>
      {channels.length === 0 ? (
        <Text size="sm">
          {t('noChannels')}{' '}
          <Link to="/alerts" search={{ tab: 'channels' }}>
            {t('to_channels')}
          </Link>
        </Text>
      ) : (
        <Checkbox.Group value={[...chosen]} onChange={onChange}>
          <Choices of={channels} />
        </Checkbox.Group>
      )}
    </Fieldset>
  );
}

const Choices = ({ of }: { readonly of: readonly { readonly id: string; readonly name: string }[] }) => (
  <Stack gap={6} mt={6}>
    {of.map(({ id, name }) => (
      <Checkbox key={id} value={id} label={name} />
    ))}
  </Stack>
);
