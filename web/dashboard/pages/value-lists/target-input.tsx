/** What a code becomes, edited in place. */
import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { choicesFor, useEditing } from './editing.ts';
import { CodeName } from '../../parts/code-choices.tsx';
import { codeOf, type Entry } from './table-text.ts';

export function TargetInput({ entry, isHole = false }: { readonly entry: Entry; readonly isHole?: boolean }) {
  const { t } = useTranslation('valueLists');
  const { save, choices } = useEditing();
  const [text, setText] = useState(entry.targetValue);
  useEffect(() => setText(entry.targetValue), [entry.targetValue]);

  async function keep(): Promise<void> {
    const targetValue = text.trim();
    if (targetValue === entry.targetValue) return;
    const isSaved = targetValue !== '' && (await save([{ ...entry, targetValue }]));
    if (!isSaved) setText(entry.targetValue);
  }
  return (
    <>
      <TextInput
        size="xs"
        miw={64}
        aria-label={t('becomesOf', { code: codeOf(entry) })}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => void keep()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') setText(entry.targetValue);
        }}
        list={choicesFor(entry.secondKey)}
        autoComplete="off"
        {...(isHole ? { placeholder: '–', variant: 'filled', styles: { input: { borderStyle: 'dashed', borderColor: 'var(--koppel-failed)' } } } : {})}
      />
      <CodeName choices={choices} value={text} />
    </>
  );
} // prettier-ignore
