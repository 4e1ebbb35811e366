/** Which records are taken at all. */
import { Fieldset } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { newRule } from '../model/rules.ts';
import { useEditor } from '../state.ts';
import { sourcesFor } from './fields.ts';
import { OptionalPredicate } from './predicate-input.tsx';

/** Stands at the record itself, as no rule does. */
const atRecord = { rule: newRule(''), at: '', lists: [], isFirst: true, isLast: true };

export function RecordCondition() {
  const { t } = useTranslation('mappings');
  const { mapping, preview, editing, mayEdit } = useEditor();
  return (
    <Fieldset disabled={!mayEdit} variant="unstyled" mb="sm" aria-label={t('recordsWhen')}>
      <OptionalPredicate
        label={t('recordsWhen')}
        value={editing.content.includeWhen}
        offered={sourcesFor(mapping.sourceFields, atRecord, preview)}
        onChange={(includeWhen) => editing.changeContent({ includeWhen })}
      />
    </Fieldset>
  );
}
