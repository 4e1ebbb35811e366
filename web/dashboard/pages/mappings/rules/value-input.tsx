/** A fixed value of the type of its field: one of the allowed ones, yes or no, a number, a text; lists and groups as JSON. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export function ValueInput({
  label,
  type,
  values = null,
  value,
  onChange,
}: {
  readonly label: string;
  /** Of the field; unknown when left out. */
  readonly type?: string | undefined;
  /** The values that are allowed. */
  readonly values?: readonly string[] | null;
  readonly value: unknown;
  onChange(value: unknown): void;
}) {
  const { t } = useTranslation('mappings');
  const { t: common } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  if (type === 'boolean' && typeof value !== 'object') {
    return (
      <NativeSelect
        label={label}
        value={String(value)}
        data={[{ value: 'undefined', label: t('nothing') }, { value: 'true', label: common('yes') }, { value: 'false', label: common('no') }]} // prettier-ignore
        onChange={({ currentTarget }) =>
          onChange(currentTarget.value === 'undefined' ? null : currentTarget.value === 'true')
        }
      />
    );
  }
  if (values !== null && (value === null || values.includes(String(value)))) {
    return (
      <NativeSelect
        label={label}
        value={value === null ? '' : String(value)}
        data={['', ...values]}
        onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      label={label}
      value={typed ?? textOf(value)}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        onChange(valueOf(currentTarget.value, type));
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

/** A value as it is typed. */
export const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** What was typed, in the type of the field; without one, what looks like JSON is JSON. */
export function valueOf(text: string, type: string | undefined): unknown {
  if (text === '') return null;
  const isText = type !== undefined && ['text', 'decimal', 'reference', 'instant'].includes(type);
  const looksLikeJson = isText ? /^[[{]/u.test(text) : /^(?:-?\d+|true|false|[[{].*)$/su.test(text);
  if (!looksLikeJson) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
