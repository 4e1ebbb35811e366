/** The rules by which the hub watches: what each watches, who is told, whether it is on. Without any, some are proposed. */
import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import {
  AlertsRuleDeleteDocument,
  AlertsRulesDocument,
  AlertsRuleSaveDocument,
  type AlertsRuleFragment,
  type AlertsRulesQuery,
} from '../../graph/graphql.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Nothing } from '../../parts/nothing.tsx';
import { RecordTable, type Column } from '../../parts/record-table.tsx';
import { Shape } from '../../parts/status.tsx';
import { told, toldFailure } from '../../parts/told.ts';
import { AlsoProposed, ProposedRules } from './proposed-rules.tsx';
import { RowActions } from './row-actions.tsx';
import { inputOf, RuleForm } from './rule-form.tsx';
import { useRuleSentence } from './rule-words.ts';

export function RulesTab() {
  const { t } = useTranslation('alerts');
  const mayWrite = useMay('WRITE_FLOWS');
  const asked = useAsk(AlertsRulesDocument, {});
  const [edited, edit] = useState<AlertsRuleFragment | 'new' | null>(null);
  return (
    <Answer of={asked} skeleton={<Lines count={3} height={48} />}>
      {(data) => (
        <Stack gap="md">
          {mayWrite && (
            <Group justify="flex-end">
              <Button onClick={() => edit('new')} variant={data.alertRules.length === 0 ? 'default' : 'filled'}>
                {t('newRule')}
              </Button>
            </Group>
          )}
          {data.alertRules.length === 0 ? <NoRules data={data} /> : <RuleList rules={data.alertRules} onEdit={edit} />}
          {mayWrite && data.alertRules.length > 0 && (
            <AlsoProposed
              rules={data.alertRules}
              channels={data.alertChannels}
              onSaved={() => told(t('proposedSaved'))}
            />
          )}
          {edited !== null && (
            <RuleForm
              rule={edited === 'new' ? null : (data.alertRules.find(({ id }) => id === edited.id) ?? edited)}
              channels={data.alertChannels}
              onClose={() => edit(null)}
            />
          )}
        </Stack>
      )}
    </Answer>
  );
}

function NoRules({ data: { alertChannels } }: { readonly data: AlertsRulesQuery }) {
  const { t } = useTranslation('alerts');
  const mayWrite = useMay('WRITE_FLOWS');
  if (!mayWrite) return <Nothing kind="yet" title={t('noRules')} />;
  return (
    <Stack gap="sm" maw={560}>
      <Text size="sm">{t('noRules')}</Text>
      <ProposedRules rules={[]} channels={alertChannels} onSaved={() => told(t('proposedSaved'))} />
    </Stack>
  );
}

function RuleList({
  rules,
  onEdit,
}: {
  readonly rules: readonly AlertsRuleFragment[];
  onEdit(rule: AlertsRuleFragment): void;
}) {
  const { t } = useTranslation('alerts');
  const { t: common } = useTranslation();
  const mayWrite = useMay('WRITE_FLOWS');
  const columns: readonly Column<AlertsRuleFragment>[] = [
    { key: 'rule', title: t('rule'), show: (rule) => <RuleName rule={rule} /> },
    { key: 'told', title: t('isTold'), from: 'sm', show: (rule) => <ToldBy rule={rule} /> },
    { key: 'severity', title: t('severityHead'), from: 'md', show: ({ severity }) => t(`severity.${severity}`) },
    {
      key: 'on',
      title: t('on'),
      show: (rule) => (mayWrite ? <OnSwitch rule={rule} /> : rule.isEnabled ? common('yes') : common('no')),
    },
    ...(mayWrite
      ? [
          {
            key: 'do',
            title: t('actions'),
            show: (rule: AlertsRuleFragment) => <RuleActions rule={rule} onEdit={onEdit} />,
          },
        ]
      : []),
  ];
  return <RecordTable label={t('tab.rules')} rows={rules} columns={columns} />;
}

function RuleName({ rule }: { readonly rule: AlertsRuleFragment }) {
  const sentence = useRuleSentence();
  return (
    <>
      <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
        {rule.name}
      </Text>
      <Text size="xs" className="muted">
        {sentence(rule)}
      </Text>
      <Text size="xs" hiddenFrom="sm" component="div">
        <ToldBy rule={rule} />
      </Text>
    </>
  );
}

function ToldBy({ rule: { channels } }: { readonly rule: AlertsRuleFragment }) {
  const { t } = useTranslation('alerts');
  const formats = useFormats();
  if (channels.length > 0) return formats.list(channels.map(({ name }) => name));
  return (
    <span className="status">
      <Shape tone="retrying" />
      {t('nobody')}
    </span>
  );
}

function OnSwitch({ rule }: { readonly rule: AlertsRuleFragment }) {
  const { t } = useTranslation('alerts');
  const save = useCommand(AlertsRuleSaveDocument);
  return (
    <Switch
      aria-label={`${t('on')}: ${rule.name}`}
      checked={rule.isEnabled}
      disabled={save.isRunning}
      onChange={(event) =>
        void save.run({ input: { ...inputOf(rule), isEnabled: event.currentTarget.checked } }).catch(toldFailure)
      }
    />
  );
}

function RuleActions({ rule, onEdit }: { readonly rule: AlertsRuleFragment; onEdit(rule: AlertsRuleFragment): void }) {
  const { t } = useTranslation('alerts');
  const { t: common } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  const remove = useCommand(AlertsRuleDeleteDocument);
  const { id, version, name } = rule;
  const confirm = async (): Promise<void> => {
    try {
      await remove.run({ input: { id, version } });
      told(t('deleted', { name }));
    } catch {
      // The dialog shows it.
    }
  };
  return (
    <Group gap={6} wrap="nowrap">
      <RowActions name={name} onEdit={() => onEdit(rule)} onRemove={() => setAsked(true)} />
      <Confirm
        title={t('ruleDeleteTitle', { name })}
        action={common('remove')}
        isOpen={isAsked}
        isRunning={remove.isRunning}
        error={remove.error}
        onConfirm={() => void confirm()}
        onClose={() => setAsked(false)}
      >
        <Text size="sm">{t('ruleDeleteEffect')}</Text>
      </Confirm>
    </Group>
  );
}
