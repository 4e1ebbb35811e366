/** Saved tests: records that must keep coming out the same. Made from the present record, run, removed. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../../api/hooks.ts';
import { MappingTestDeleteDocument, MappingTestsDocument, MappingTestSaveDocument } from '../../../graph/graphql.ts';
import { Confirm } from '../../../parts/confirm.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { Shape } from '../../../parts/status.tsx';
import { told } from '../../../parts/told.ts';
import { briefly } from '../model/reading.ts';
import { useEditor } from '../state.ts';
import { useTests, type SavedTest } from './use-tests.ts';

export function TestsPanel({ tests: ofDraft }: { readonly tests: readonly SavedTest[] }) {
  const { t } = useTranslation('mappings');
  const { mapping, editing, mayEdit } = useEditor();
  const [removing, setRemoving] = useState<SavedTest | null>(null);
  const running = useTests(mapping.id, editing);
  const remove = useCommand(MappingTestDeleteDocument, [MappingTestsDocument]);
  const tests = editing.isChanged ? running.tests : ofDraft;
  return (
    <Stack gap="sm" component="section" aria-label={t('tests')}>
      <Text size="sm" className="muted">
        {t('testsAbout')}
      </Text>
      {tests.length === 0 && <Text size="sm">{t('noTests')}</Text>}
      <Stack gap="xs" component="ul" className="plain-list">
        {tests.map((test) => (
          <OneTest key={test.id} test={test} onRemove={mayEdit ? () => setRemoving(test) : null} />
        ))}
      </Stack>
      {running.error !== null && <Failure error={running.error} />}
      {mayEdit && tests.length > 0 && (
        <Button
          variant="default"
          w="fit-content"
          size="xs"
          loading={running.isRunning}
          onClick={() => void running.run().catch(() => {})}
        >
          {t('runTests')}
        </Button>
      )}
      {mayEdit && <SaveTest />}
      <Confirm
        title={t('removeTest')}
        action={t('removeTest')}
        isOpen={removing !== null}
        isRunning={remove.isRunning}
        error={remove.error}
        onClose={() => setRemoving(null)}
        onConfirm={() =>
          void remove.run({ input: { id: removing!.id } }).then(
            () => setRemoving(null),
            () => {},
          )
        }
      >
        {t('removeTestEffect', { name: removing?.name ?? '' })}
      </Confirm>
    </Stack>
  );
}

function OneTest({ test, onRemove }: { readonly test: SavedTest; readonly onRemove: (() => void) | null }) {
  const { t } = useTranslation('mappings');
  const { isPassed, name, operation } = test;
  const [tone, word] = isPassed == null ? (['excluded', t('testUnusable')] as const) : isPassed ? (['ok', t('testPassed')] as const) : (['failed', t('testFailed')] as const); // prettier-ignore
  return (
    <li>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <span className={`status tone-${tone}`}>
            <Shape tone={tone} />
            {word}
          </span>{' '}
          <Text component="span" size="sm" fw={600}>
            {name}
          </Text>{' '}
          <Text component="span" size="xs" className="muted">
            {operation === 'CREATE' ? t('onCreate') : t('onUpdate')}
          </Text>
        </div>
        {onRemove !== null && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="red"
            onClick={onRemove}
            aria-label={`${t('removeTest')}: ${name}`}
          >
            {t('removeShort')}
          </Button>
        )}
      </Group>
      {isPassed === false && <Differences test={test} />}
    </li>
  );
}

/** Fields in which the rules give something else than the test wants. */
function Differences({ test: { expected, actual } }: { readonly test: SavedTest }) {
  const { t } = useTranslation('mappings');
  const [wanted, given] = [expected, actual].map((each) => (each ?? {}) as Readonly<Record<string, unknown>>);
  const fields = [...new Set([...Object.keys(wanted!), ...Object.keys(given!)])].filter(
    (field) => JSON.stringify(wanted![field]) !== JSON.stringify(given![field]),
  );
  return (
    <Stack gap={2} component="ul" className="plain-list" ps="md">
      {fields.map((field) => (
        <li key={field}>
          <Text size="xs">
            <code>{field}</code>{' '}
            {t('wantedButGiven', {
              wanted: briefly(wanted![field] ?? '–', 60),
              given: briefly(given![field] ?? '–', 60),
            })}
          </Text>
        </li>
      ))}
    </Stack>
  );
}

/** Keeps the record that is shown, with what the saved draft makes of it. */
function SaveTest() {
  const { t } = useTranslation('mappings');
  const { mapping, sample, preview, previewing, editing } = useEditor();
  const [name, setName] = useState('');
  const save = useCommand(MappingTestSaveDocument, [MappingTestsDocument]);
  if (sample === null) return <Text size="sm">{t('testNeedsSample')}</Text>;
  // Whether it would be made or changed is known from what comes of it, as soon as that is there.
  const isKnown = sample.operation !== undefined || (preview !== null && !previewing.isBehind);
  const operation = sample.operation ?? (preview?.current == null ? 'CREATE' : 'UPDATE');
  function submit(event: FormEvent): void {
    event.preventDefault();
    save.run({ input: { mappingId: mapping.id, name, operation, sample: sample!.input } }).then(
      () => {
        setName('');
        told(t('testSaved'));
      },
      () => {},
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <TextInput
          label={t('saveTest', { sample: sample.label })}
          placeholder={t('testName')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          description={editing.isChanged ? t('testUsesDraft') : undefined}
        />
        {save.error !== null && <Failure error={save.error} />}
        <Button
          type="submit"
          variant="default"
          size="xs"
          w="fit-content"
          loading={save.isRunning}
          disabled={name.trim() === '' || !isKnown}
        >
          {t('saveTestAction')}
        </Button>
      </Stack>
    </form>
  );
}
