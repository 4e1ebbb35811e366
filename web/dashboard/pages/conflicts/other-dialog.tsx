/** Another value than any system has: typed by what the field holds, and refused at the field when it cannot hold it. */
import { Button, Checkbox, Group, Modal, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusedError, useCommand } from '../../api/hooks.ts';
import { ConflictResolveDocument } from '../../graph/graphql.ts';
import { Failure } from '../../parts/failure.tsx';
import { told } from '../../parts/told.ts';
import { useRecordName } from './conflict-cell.tsx';
import type { Row } from './shown-value.tsx';
import { textOf, valueOf } from './values.ts';

interface Props {
  readonly conflict: Row;
  linesOf(conflict: Row, value: unknown): readonly string[];
  onClose(): void;
  onDone(): void;
}

export function OtherDialog({ conflict, linesOf, onClose, onDone }: Props) {
  const { t } = useTranslation('conflicts');
  const { t: common } = useTranslation();
  const nameOf = useRecordName();
  const { id, field, base, values } = conflict;
  const resolve = useCommand(ConflictResolveDocument, []);
  const [text, setText] = useState(() => textOf(base ?? values.find(({ value }) => value != null)?.value));
  const [isEmptied, setEmptied] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      await resolve.run({ input: { id, resolution: { value: isEmptied ? null : valueOf(text, field) } } });
      told(t('otherTaken'));
      onDone();
    } catch {
      // Shown at the field, or below it.
    }
  };
  const refused = resolve.error instanceof RefusedError ? resolve.error.message : undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('otherTitle')}
      closeButtonProps={{ 'aria-label': common('close') }}
      centered
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <Text size="sm">{t('otherEffect', { field: field.label, record: nameOf(conflict) })}</Text>
          <ValueInput
            conflict={conflict}
            text={text}
            error={refused}
            isOff={isEmptied}
            wordOf={(value) => linesOf(conflict, value).join(', ')}
            onChange={setText}
          />
          {!field.isRequired && (
            <Checkbox
              label={t('leaveEmpty')}
              checked={isEmptied}
              onChange={(event) => setEmptied(event.currentTarget.checked)}
            />
          )}
          {resolve.error !== null && refused === undefined && <Failure error={resolve.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={resolve.isRunning} disabled={!isEmptied && text.trim() === ''}>
              {t('takeOther')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Texts that are this long, or have several lines, get more room. */
const longFrom = 60;

function ValueInput({
  conflict: { field, values },
  text,
  error,
  isOff,
  wordOf,
  onChange,
}: {
  readonly conflict: Row;
  readonly text: string;
  readonly error: string | undefined;
  readonly isOff: boolean;
  wordOf(value: unknown): string;
  onChange(text: string): void;
}) {
  const { t } = useTranslation('conflicts');
  const { label, type, isList, enumValues } = field;
  const common = { label, value: text, error, disabled: isOff, 'data-autofocus': true } as const;
  const choices =
    type === 'boolean'
      ? [true, false].map((each) => ({ value: String(each), label: wordOf(each) }))
      : enumValues?.map((each) => ({ value: each, label: wordOf(each) }));
  if (choices !== undefined) {
    return <NativeSelect {...common} data={choices} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
  const isLong = isList || values.some(({ value }) => textOf(value).length > longFrom || textOf(value).includes('\n'));
  if (isLong) {
    return (
      <Textarea
        {...common}
        autosize
        minRows={3}
        maxRows={12}
        description={isList ? t('oneALine') : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  const isFigure = type === 'decimal' || type === 'integer';
  return (
    <TextInput
      {...common}
      inputMode={isFigure ? 'decimal' : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
