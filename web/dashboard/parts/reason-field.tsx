/** Where a person says why: what they write stands in the audit, so it is as long as the API takes it. */
import { TextInput, type TextInputProps } from '@mantine/core';

const longestReason = 500;

type ReasonProps = Pick<TextInputProps, 'label' | 'description' | 'required'> & {
  readonly value: string;
  readonly onReason: (reason: string) => void;
  /** Where the dialog begins. */
  readonly isFirst?: boolean;
};

export function ReasonField({ onReason, isFirst = false, ...field }: ReasonProps) {
  return (
    <TextInput
      {...field}
      {...(isFirst ? { 'data-autofocus': true } : {})}
      onChange={(event) => onReason(event.currentTarget.value)}
      maxLength={longestReason}
      withAsterisk={false}
    />
  );
}
