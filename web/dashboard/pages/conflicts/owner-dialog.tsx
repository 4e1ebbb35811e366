/** Gives fields to another who decides, or takes back what was said of them. A sentence says the effect before anything happens. */
import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand } from '../../api/hooks.ts';
import {
  ConflictFieldsDocument,
  ConflictOwnersSaveDocument,
  ConflictsDocument,
  ConflictsOfFieldDocument,
  ConflictTabsDocument,
  OpenProblemsDocument,
} from '../../graph/graphql.ts';
import type { EntityType } from '../../graph/kinds.ts';
import { Failure } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import { told } from '../../parts/told.ts';
import { defaultOf, useRuleWords, type OwnedField } from './owner-words.ts';

/** `system:<id>`, one of the policies of several systems, or what holds when nobody says anything. */
type Choice = `system:${string}` | 'LAST_WRITER' | 'MANUAL' | 'DEFAULT';

interface Props {
  readonly entityType: EntityType;
  readonly fields: readonly OwnedField[];
  readonly isBack: boolean;
  onClose(): void;
  onDone(): void;
}

const touched = [ConflictFieldsDocument, ConflictsDocument, ConflictTabsDocument, OpenProblemsDocument];

export function OwnerDialog({ entityType, fields, isBack, onClose, onDone }: Props) {
  const { t } = useTranslation('conflicts');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const save = useCommand(ConflictOwnersSaveDocument, touched);
  const [choice, setChoice] = useState<Choice>(() => (isBack ? 'DEFAULT' : choiceOf(fields)));
  const isAlreadySo = fields.every((each) => isSo(each, choice));
  const names = formats.list(fields.map(({ label }) => label));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      await save.run({ input: { entityType, owners: fields.map(({ path }) => ({ path, ...ownerOf(choice) })) } });
      told(t('ownerSaved', { fields: names }));
      onDone();
    } catch {
      // The dialog shows it.
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('ownerTitle', { count: fields.length, field: names })}
      closeButtonProps={{ 'aria-label': common('close') }}
      centered
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          {fields.length > 1 && (
            <Text size="sm" className="muted" style={{ overflowWrap: 'anywhere' }}>
              {names}
            </Text>
          )}
          <Choices fields={fields} value={choice} onChange={setChoice} />
          {isAlreadySo ? (
            <Text size="sm" className="muted">
              {t('ownerSame')}
            </Text>
          ) : (
            <Effect entityType={entityType} fields={fields} choice={choice} />
          )}
          {save.error !== null && <Failure error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={save.isRunning} disabled={isAlreadySo}>
              {choice === 'DEFAULT' ? t('ownerBackAct') : t('ownerAct')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Where the dialog begins: at what the first field has now. */
function choiceOf([first]: readonly OwnedField[]): Choice {
  if (first === undefined || !first.isOwn) return 'DEFAULT';
  if (first.policy !== 'SYSTEM') return first.policy;
  return `system:${first.systems[0]?.id ?? ''}`;
}

function ownerOf(choice: Choice) {
  if (choice === 'DEFAULT') return { policy: 'SYSTEM' as const };
  if (choice === 'MANUAL' || choice === 'LAST_WRITER') return { policy: choice };
  return { policy: 'SYSTEM' as const, systemId: choice.slice('system:'.length) };
}

const isSo = (field: OwnedField, choice: Choice): boolean => choiceOf([field]) === choice;

function Choices({
  fields,
  value,
  onChange,
}: {
  readonly fields: readonly OwnedField[];
  readonly value: Choice;
  onChange(choice: Choice): void;
}) {
  const { t } = useTranslation('conflicts');
  const wordsOf = useRuleWords();
  const [first] = fields;
  // A system that is not read any more may still have the field.
  const systems = new Map([...(first?.sources ?? []), ...fields.flatMap((each) => (each.isOwn ? each.systems : []))].map((each) => [each.id, each.name])); // prettier-ignore
  const usual = first !== undefined && fields.length === 1 ? wordsOf(defaultOf(first)) : undefined;
  // The dialog begins at what is chosen, as a group of radios does.
  const choice = (each: Choice) => ({ value: each, 'data-autofocus': each === value || undefined });
  return (
    <Radio.Group label={t('ownerWho')} value={value} onChange={(next) => onChange(next as Choice)}>
      <Stack gap={8} mt={6}>
        {[...systems].map(([id, name]) => (
          <Radio key={id} {...choice(`system:${id}`)} label={t('owner.SYSTEM', { system: name })} />
        ))}
        <Radio {...choice('LAST_WRITER')} label={t('owner.LAST_WRITER')} />
        <Radio {...choice('MANUAL')} label={t('owner.MANUAL')} />
        <Radio {...choice('DEFAULT')} label={t('owner.DEFAULT')} description={usual} />
      </Stack>
    </Radio.Group>
  );
}

function Effect({ entityType, fields, choice }: Pick<Props, 'entityType' | 'fields'> & { readonly choice: Choice }) {
  const { t } = useTranslation('conflicts');
  const wordsOf = useRuleWords();
  const [only] = fields;
  const count = useOpenConflicts(entityType, fields);
  const rule = choice === 'DEFAULT' && only !== undefined && fields.length === 1 ? defaultOf(only) : undefined;
  const policy = rule?.policy ?? choice;
  const system = rule === undefined ? nameIn(fields, choice) : wordsOf(rule);
  const isNamed = policy.startsWith('system:') || (rule !== undefined && rule.systems.length > 0);
  const sentence =
    policy === 'MANUAL' || policy === 'LAST_WRITER'
      ? t(`ownerEffect.${policy}`)
      : isNamed
        ? t('ownerEffect.SYSTEM', { system })
        : rule === undefined
          ? t('ownerEffect.DEFAULT')
          : t('ownerEffect.MAKER');
  return (
    <Text size="sm" role="status">
      {sentence} {policy !== 'MANUAL' && count > 0 && t('ruleEnds', { count })}
    </Text>
  );
}

const nameIn = (fields: readonly OwnedField[], choice: Choice): string =>
  fields.flatMap(({ sources, systems }) => [...sources, ...systems]).find(({ id }) => choice === `system:${id}`)
    ?.name ?? '';

/** Of one field; of several none is counted. */
function useOpenConflicts(entityType: EntityType, fields: readonly OwnedField[]): number {
  const [only] = fields;
  const { data } = useAsk(ConflictsOfFieldDocument, { entityType, path: only?.path ?? null }, { isOff: fields.length !== 1 }); // prettier-ignore
  return fields.length === 1 ? (data?.fieldConflicts.totalCount.value ?? 0) : 0;
}
