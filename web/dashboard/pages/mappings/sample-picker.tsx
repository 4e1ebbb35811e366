/** Which record the rules are tried on: one that changed lately, one by code or by what a system calls it, a saved test's, or a pasted one. */
import { Button, Group, Modal, NativeSelect, Stack, Tabs, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { MappingSamplesDocument } from '../../graph/graphql.ts';
import type { WriteOperation } from '../../graph/kinds.ts';
import { Answer } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import type { SavedTest } from './side/use-tests.ts';
import { useEditor, type ChosenSample } from './state.ts';

interface Props {
  readonly tests: readonly SavedTest[];
  onChoose(sample: ChosenSample): void;
}

export function SamplePicker({ tests, onChoose }: Props) {
  const { t } = useTranslation('mappings');
  const { t: common } = useTranslation();
  const { sample, isInbound } = useEditor();
  const { colon } = useFormats();
  const [isOpen, setOpen] = useState(false);
  const choose = (chosen: ChosenSample): void => {
    onChoose(chosen);
    setOpen(false);
  };
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)} className="sample-button">
        {t('sample')}
        {colon}
        {sample?.label ?? common('none')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('chooseSample')}
        size="lg"
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        <Tabs defaultValue={isInbound ? 'paste' : 'recent'}>
          <Tabs.List>
            {!isInbound && <Tabs.Tab value="recent">{t('recent')}</Tabs.Tab>}
            {!isInbound && <Tabs.Tab value="named">{t('byName')}</Tabs.Tab>}
            {tests.length > 0 && <Tabs.Tab value="tests">{t('tests')}</Tabs.Tab>}
            <Tabs.Tab value="paste">{t('paste')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="recent" pt="sm">
            {!isInbound && <Recent onChoose={choose} />}
          </Tabs.Panel>
          <Tabs.Panel value="named" pt="sm">
            <Named onChoose={choose} />
          </Tabs.Panel>
          <Tabs.Panel value="tests" pt="sm">
            <Stack gap={4}>
              {tests.map(({ id, name }) => (
                <Button
                  key={id}
                  variant="subtle"
                  justify="flex-start"
                  onClick={() => choose({ input: { testId: id }, label: name })}
                >
                  {name}
                </Button>
              ))}
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="paste" pt="sm">
            <Pasted onChoose={choose} />
          </Tabs.Panel>
        </Tabs>
      </Modal>
    </>
  );
}

type Choose = Pick<Props, 'onChoose'>;

function Recent({ onChoose }: Choose) {
  const { t } = useTranslation('mappings');
  const { mapping } = useEditor();
  const asked = useAsk(MappingSamplesDocument, { id: mapping.id });
  return (
    <Answer of={asked}>
      {({ mappingSamples }) =>
        mappingSamples.length === 0 ? (
          <Text size="sm">{t('noRecords')}</Text>
        ) : (
          <Stack gap={4}>
            {mappingSamples.map(({ entityId, label, updatedAt }) => (
              <Button
                key={entityId}
                variant="subtle"
                justify="space-between"
                rightSection={<Moment at={updatedAt} />}
                onClick={() => onChoose({ input: { entityId }, label })}
              >
                {label}
              </Button>
            ))}
          </Stack>
        )
      }
    </Answer>
  );
}

function Named({ onChoose }: Choose) {
  const { t } = useTranslation('mappings');
  const [code, setCode] = useState('');
  const [externalId, setExternalId] = useState('');
  const send = (event: FormEvent, input: ChosenSample['input'], label: string): void => {
    event.preventDefault();
    if (label !== '') onChoose({ input, label });
  };
  return (
    <Stack>
      <form onSubmit={(event) => send(event, { code: code.trim() }, code.trim())}>
        <Group align="flex-end">
          <TextInput
            label={t('byCode')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            style={{ flex: 1 }}
            data-autofocus
          />
          <Button type="submit" variant="default">
            {t('take')}
          </Button>
        </Group>
      </form>
      <form onSubmit={(event) => send(event, { externalId: externalId.trim() }, externalId.trim())}>
        <Group align="flex-end">
          <TextInput
            label={t('byExternalId')}
            value={externalId}
            onChange={(event) => setExternalId(event.currentTarget.value)}
            style={{ flex: 1 }}
          />
          <Button type="submit" variant="default">
            {t('take')}
          </Button>
        </Group>
      </form>
    </Stack>
  );
}

function Pasted({ onChoose }: Choose) {
  const { t } = useTranslation('mappings');
  const { isInbound, preview } = useEditor();
  const [text, setText] = useState('');
  const [operation, setOperation] = useState<WriteOperation>('CREATE');
  const [isWrong, setWrong] = useState(false);
  function submit(event: FormEvent): void {
    event.preventDefault();
    try {
      const payload: unknown = JSON.parse(text);
      onChoose({ input: { payload }, label: t('pasted'), operation });
    } catch {
      setWrong(true);
    }
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        {isInbound && <Text size="sm">{t('noSampleInbound')}</Text>}
        <Textarea
          label={t('pasteJson')}
          autosize
          minRows={6}
          maxRows={16}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          value={text}
          error={isWrong ? t('noJson') : undefined}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setWrong(false);
          }}
        />
        <NativeSelect
          label={t('pastedOperation')}
          value={operation}
          data={[{ value: 'CREATE', label: t('onCreate') }, { value: 'UPDATE', label: t('onUpdate') }]} // prettier-ignore
          onChange={(event) => setOperation(event.currentTarget.value as WriteOperation)}
        />
        <Group>
          <Button type="submit">{t('take')}</Button>
          {preview?.source != null && (
            <Button variant="default" onClick={() => setText(JSON.stringify(preview.source, null, 2))}>
              {t('copyPresent')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
