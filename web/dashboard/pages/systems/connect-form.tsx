/**
 * Connecting a system, or changing one: name, settings by its connector's schema, a live test. What is new is tried before it is stored: when the system does
 * not take it nothing is saved, and each failure stands at the setting that it is about.
 */
import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusedError, useCommand } from '../../api/hooks.ts';
import {
  SystemsCreateDocument,
  SystemsTestDocument,
  SystemsTryDocument,
  SystemsUpdateDocument,
  type SystemsCheckFragment,
} from '../../graph/graphql.ts';
import { CheckList } from '../../parts/check-list.tsx';
import { Failure } from '../../parts/failure.tsx';
import { SettingsForm } from '../../parts/settings-form.tsx';
import { Overtaken } from '../../parts/overtaken.tsx';
import {
  errorsAtSettings,
  errorsOfChecks,
  fieldsOf,
  leadsElsewhere,
  toSend,
  withTitle,
  type SettingValues,
} from '../../parts/settings-schema.ts';
import { told } from '../../parts/told.ts';
import { useSettingsDraft, type StoredSystem } from './use-settings-draft.ts';

export interface ConnectorShown {
  readonly key: string;
  readonly name: string;
  readonly settingsSchema: Readonly<Record<string, unknown>>;
}

interface Props {
  readonly connector: ConnectorShown;
  readonly system: StoredSystem | null;
  /** Key of a system that is new. */
  readonly newKey: string;
  readonly saveWord: string;
  /** Beside the buttons. */
  readonly more?: ReactNode;
  onSaved(id: string): void;
}

const isFailed = ({ status }: SystemsCheckFragment): boolean => status === 'FAIL';

function useConnect({ connector, system, newKey, onSaved }: Props) {
  const { t } = useTranslation();
  const fields = fieldsOf(connector.settingsSchema);
  const [checks, setChecks] = useState<readonly SystemsCheckFragment[] | null>(null);
  const tryOut = useCommand(SystemsTryDocument, []);
  const test = useCommand(SystemsTestDocument, []);
  const create = useCommand(SystemsCreateDocument);
  const update = useCommand(SystemsUpdateDocument);
  const editing = useSettingsDraft({ system, fields, newName: connector.name }, update.isRunning);
  const { base, draft, saved } = editing;
  const { name, values } = draft;
  const isWhole = fields.every(({ kind, name: of }) => kind !== 'secret' || values[of] !== '');
  const isMoved = system !== null && leadsElsewhere(fields, system.settings, values);
  const error = tryOut.error ?? test.error ?? create.error ?? update.error;

  /** Whether anything was entered since what is being tried was taken from the form. */
  const isEnteredSince = useRef(false);
  function enter(entered: SettingValues): void {
    editing.change({ values: entered });
    isEnteredSince.current = true;
    setChecks((before) => before?.filter(isFailed) ?? null);
  }
  /** What is in order is so for what was tried, not for what is entered since. */
  const found = (all: readonly SystemsCheckFragment[]): void =>
    setChecks(isEnteredSince.current ? all.filter(isFailed) : all);
  /** What is entered, when it is all there or stored secrets cannot stand in for what is missing; else what is stored. */
  async function check(): Promise<boolean> {
    for (const each of [tryOut, test, create, update]) each.forget();
    setChecks(null);
    isEnteredSince.current = false;
    const answer =
      system !== null && !isWhole && !isMoved
        ? await test.run({ id: system.id })
        : await tryOut.run({ candidate: { connectorKey: connector.key, settings: toSend(fields, values, false) } });
    const { result } = answer.systemTest;
    found(result?.checks ?? []);
    return result?.isOk === true;
  }
  async function save(): Promise<void> {
    isEnteredSince.current = false;
    if ((system === null || isWhole || isMoved) && !(await check())) return;
    if (system === null) {
      const input = { connectorKey: connector.key, key: newKey, name, settings: toSend(fields, values, false) };
      const { systemCreate } = await create.run({ input });
      if (systemCreate.system !== null) onSaved(systemCreate.system.id);
      return;
    }
    const { id } = system;
    const expectedVersion = (base ?? system).version;
    await update.run({ input: { id, expectedVersion, name, settings: toSend(fields, values, true) } });
    saved(draft);
    if (!isWhole) found((await test.run({ id })).systemTest.result?.checks ?? []);
    told(t('saved'));
    onSaved(id);
  }
  const isRunning = tryOut.isRunning || test.isRunning;
  const isSaving = create.isRunning || update.isRunning;
  return { fields, editing, enter, isMoved, checks, error, check, save, isRunning, isSaving };
}

export function ConnectForm(props: Props) {
  const { t } = useTranslation('systems');
  const { fields, editing, enter, isMoved, checks, error, check, save, isRunning, isSaving } = useConnect(props);
  const { isOvertaken, reset } = editing;
  const said = checks?.map((check) => ({ ...check, message: withTitle(fields, check.message) })) ?? [];
  const refused = Object.entries(errorsAtSettings(error)).map(
    ([at, message]) => [at, withTitle(fields, message)] as const,
  );
  const errors = { ...errorsOfChecks(said), ...Object.fromEntries(refused) };
  const isElsewhere = error !== null && !(error instanceof RefusedError && refused.length > 0);
  const failed = said.filter(isFailed);
  const named = fields.filter((field) => failed.some(({ settings }) => settings.includes(field.name)));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // What went against it stands in `error`; what somebody else has stored is shown then.
    void save().catch(() => undefined);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={640}>
        <Entered
          {...{ fields, editing, errors, system: props.system, areSecretsNeeded: isMoved }}
          isOff={props.system === null && (isRunning || isSaving)}
          onEnter={enter}
        />
        {isOvertaken && <Overtaken onTakeTheirs={reset} />}
        {isElsewhere && error !== null && <Failure error={error} />}
        {failed.length > 0 && (
          <Alert color="red" role="alert" title={props.system === null ? t('notSaved') : t('notConnected')}>
            {named.length > 0 && t('lookAt', { names: named.map(({ title }) => title).join(', ') })}
          </Alert>
        )}
        {said.length > 0 && <CheckList checks={said} />}
        <Group>
          <Button type="submit" loading={isSaving || isRunning}>
            {props.saveWord}
          </Button>
          <Button
            variant="default"
            disabled={isRunning || isSaving}
            onClick={() => void check().catch(() => undefined)}
          >
            {t('test')}
          </Button>
          {props.more}
        </Group>
      </Stack>
    </form>
  );
}

/** The fields of the form. */
function Entered({
  fields,
  editing: { draft, change, round },
  errors,
  system,
  areSecretsNeeded,
  isOff,
  onEnter,
}: Pick<Parameters<typeof SettingsForm>[0], 'fields' | 'errors' | 'areSecretsNeeded'> & {
  readonly editing: ReturnType<typeof useSettingsDraft>;
  readonly system: StoredSystem | null;
  /** Of a system that is being made: what would be typed now would go with the form, so it is not taken. The focus stays where it is. */
  readonly isOff: boolean;
  onEnter(values: SettingValues): void;
}) {
  const { t } = useTranslation('systems');
  const { t: common } = useTranslation();
  return (
    <Stack gap="md">
      <TextInput
        label={common('name')}
        description={t('nameHint')}
        value={draft.name}
        required
        onChange={(event) => (isOff ? undefined : change({ name: event.currentTarget.value }))}
      />
      <SettingsForm
        key={round}
        fields={fields}
        values={draft.values}
        errors={errors}
        secretsSetAt={system?.secretsSetAt ?? null}
        areSecretsNeeded={areSecretsNeeded}
        onChange={(values) => (isOff ? undefined : onEnter(values))}
      />
    </Stack>
  );
}
