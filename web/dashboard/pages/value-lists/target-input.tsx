/** What a code becomes, edited in place. What is typed stays until it is saved; what is against that stands below it. */
import { TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { choicesFor, useEditing } from './editing.ts';
import { CodeName } from '../../parts/code-choices.tsx';
import { useSentence } from '../../parts/failure.tsx';
import { useRefusal } from './refusal.ts';
import { codeOf, type Entry } from './table-text.ts';

export function TargetInput({ entry, isHole = false }: { readonly entry: Entry; readonly isHole?: boolean }) {
  const { t } = useTranslation('valueLists');
  const { save, choices } = useEditing();
  const sentence = useSentence();
  /** Null while nobody has typed anything else than what is stored. */
  const [typed, setTyped] = useState<string | null>(null);
  const { error, tell } = useRefusal();
  /** What is on its way to the hub. */
  const sent = useRef<string | null>(null);
  const text = typed ?? entry.targetValue;

  function takeBack(): void {
    setTyped(null);
    tell(null);
  }
  async function keep(): Promise<void> {
    const targetValue = text.trim();
    if (targetValue === sent.current) return;
    if (targetValue === '' || (sent.current === null && targetValue === entry.targetValue)) return takeBack();
    sent.current = targetValue;
    const row = { ...entry, targetValue };
    const refusal = await save([row]);
    // Something else was typed and sent meanwhile: that decides.
    if (sent.current !== targetValue) return;
    sent.current = null;
    tell(refusal, row);
    if (refusal === null) setTyped((now) => (now?.trim() === targetValue ? null : now));
  }
  return (
    <>
      <TextInput
        size="xs"
        miw={64}
        aria-label={t('becomesOf', { code: codeOf(entry) })}
        value={text}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={error === null ? undefined : sentence(error)}
        onBlur={() => void keep()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') takeBack();
        }}
        list={choicesFor(entry.secondKey)}
        autoComplete="off"
        {...(isHole ? { placeholder: '–', variant: 'filled', styles: { input: { borderStyle: 'dashed', borderColor: 'var(--koppel-failed)' } } } : {})}
      />
      <CodeName choices={choices} value={text} />
    </>
  );
} // prettier-ignore
