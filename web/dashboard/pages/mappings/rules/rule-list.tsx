/** The rules in three columns: what is read, what makes the value, what is written and what came of it. On narrow screens one below the other. */
import { Text } from '@mantine/core';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isLetterKey } from '../../../app/shortcuts.ts';
import { useEditor } from '../state.ts';
import { AddRule } from './add-rule.tsx';
import { CodesSwitch, FieldName } from './field-name.tsx';
import { RuleRow } from './rule-row.tsx';

export function RuleList() {
  const { t } = useTranslation('mappings');
  const { rows, mayEdit, isInbound } = useEditor();
  const list = useRowKeys();
  return (
    <section aria-label={t('rules')}>
      <CodesSwitch />
      <div className="rule-heads" aria-hidden="true">
        <span>{isInbound ? t('sourceSystem') : t('sourceHub')}</span>
        <span>{t('rule')}</span>
        <span>{isInbound ? t('targetHub') : t('targetSystem')}</span>
      </div>
      {rows.length === 0 && (
        <Text className="muted" py="md">
          {t('noRules')}
        </Text>
      )}
      <ol className="rule-list" ref={list}>
        {rows.map((row) => (
          <RuleRow key={row.rule.id} row={row} />
        ))}
      </ol>
      {mayEdit && <AddRule list={null} />}
      <Unused />
    </section>
  );
}

/** Fields of the record that no rule of the saved draft reads. */
function Unused() {
  const { t } = useTranslation('mappings');
  const { mapping } = useEditor();
  const { unusedSources } = mapping.coverage;
  if (unusedSources.length === 0) return null;
  return (
    <details className="unused-fields">
      <summary>{t('unused', { count: unusedSources.length })}</summary>
      <ul className="plain-list">
        {unusedSources.map(({ path, name }) => (
          <li key={path}>
            <FieldName path={path} name={name} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** `j` and `k` go from rule to rule. */
function useRowKeys() {
  const list = useRef<HTMLOListElement>(null);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!isLetterKey(event) || (event.key !== 'j' && event.key !== 'k')) return;
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('[data-rule-button]') ?? [])];
    const at = buttons.findIndex((button) => button.closest('li')?.contains(document.activeElement));
    buttons[Math.min(Math.max(at + (event.key === 'j' ? 1 : -1), 0), buttons.length - 1)]?.focus();
  });
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return list;
}
