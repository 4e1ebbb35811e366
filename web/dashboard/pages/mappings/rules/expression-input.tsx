/** The editor of expressions; its code is loaded with the first expression that is opened. */
import { Input } from '@mantine/core';
import { Suspense, useCallback, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { lazyPart } from '../../../app/lazy-page.ts';
import { ask } from '../../../api/ask.ts';
import { MappingExpressionCheckedDocument } from '../../../graph/graphql.ts';
import { useEditor } from '../state.ts';
import type { Offered } from './fields.ts';

const ExpressionEditor = lazyPart(async () => (await import('../expression/editor.tsx')).ExpressionEditor, []);

export function ExpressionInput({
  label,
  value,
  offered,
  target,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly offered: readonly Offered[];
  /** Field that the expression is the value of, for checking it; null when it is not checked by itself. */
  readonly target: string | null;
  onChange(text: string): void;
}) {
  const { t } = useTranslation('mappings');
  const { mapping, mayEdit } = useEditor();
  const id = useId();
  const check = useCallback(
    async (expression: string) => {
      if (target === null || expression.trim() === '') return [];
      const input = { mappingId: mapping.id, expression, target };
      try {
        return (await ask(MappingExpressionCheckedDocument, { input })).expressionCheck;
      } catch {
        // The preview says that the hub does not answer; under the text nothing is wrong by that.
        return [];
      }
    },
    [mapping.id, target],
  );
  return (
    <Input.Wrapper label={label} labelElement="div" labelProps={{ id }} description={t('expressionHint')}>
      <Suspense fallback={<div className="expression-editor">{value}</div>}>
        <ExpressionEditor
          labelledBy={id}
          value={value}
          fields={offered}
          isReadOnly={!mayEdit}
          check={check}
          onChange={onChange}
        />
      </Suspense>
    </Input.Wrapper>
  );
}
