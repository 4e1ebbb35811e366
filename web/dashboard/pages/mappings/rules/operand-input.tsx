/** One value of a table of conditions: a field, a fixed value, a translated code, or an expression. */
import { Group, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Operand } from '../model/rules.ts';
import { useEditor } from '../state.ts';
import { ExpressionInput } from './expression-input.tsx';
import type { Offered } from './fields.ts';
import { PathInput } from './path-input.tsx';
import { ValueInput } from './value-input.tsx';

const kinds = ['copy', 'constant', 'translate', 'expression'] as const;
type Kind = (typeof kinds)[number];

const empty: Readonly<Record<Kind, Operand>> = {
  copy: { copy: '' },
  constant: { constant: null },
  translate: { translate: { source: '', list: '' } },
  expression: { expression: '' },
};
const word = { copy: 'COPY', constant: 'CONSTANT', translate: 'VALUE_MAP', expression: 'EXPRESSION' } as const;

export interface OperandProps {
  readonly label: string;
  readonly value: Operand;
  readonly offered: readonly Offered[];
  readonly type: string | undefined;
  readonly values: readonly string[] | null;
  onChange(value: Operand): void;
}

export function OperandInput(props: OperandProps) {
  const { t } = useTranslation('mappings');
  const { label, value, onChange } = props;
  const kind = kinds.find((each) => each in value) ?? 'constant';
  return (
    <Group align="flex-start" gap="sm">
      <NativeSelect
        label={label}
        value={kind}
        data={kinds.map((each) => ({ value: each, label: t(`kind.${word[each]}`) }))}
        onChange={(event) => onChange(empty[event.currentTarget.value as Kind])}
        w={190}
      />
      <div style={{ flex: '1 1 200px', minWidth: 0 }}>
        <Inside {...props} kind={kind} />
      </div>
    </Group>
  );
}

function Inside({ kind, value, offered, type, values, onChange }: OperandProps & { readonly kind: Kind }) {
  const { t } = useTranslation('mappings');
  switch (kind) {
    case 'copy':
      return (
        <PathInput
          label={t('source')}
          value={String(value['copy'])}
          offered={offered}
          onChange={(copy) => onChange({ copy })}
        />
      );
    case 'constant':
      return (
        <ValueInput
          label={t('value')}
          type={type}
          values={values}
          value={value['constant']}
          onChange={(constant) => onChange({ constant })}
        />
      );
    case 'expression':
      return (
        <ExpressionInput
          label={t('expression')}
          value={String(value['expression'])}
          offered={offered}
          target={null}
          onChange={(expression) => onChange({ expression })}
        />
      );
    case 'translate':
      return <Translated value={value} offered={offered} onChange={onChange} />;
  }
}

function Translated({ value, offered, onChange }: Pick<OperandProps, 'value' | 'offered' | 'onChange'>) {
  const { t } = useTranslation('mappings');
  const { valueMaps } = useEditor();
  const lookup = value['translate'] as { readonly source: string; readonly list: string; readonly secondKey?: string };
  const change = (part: Partial<typeof lookup>): void => {
    const { secondKey, ...next } = { ...lookup, ...part };
    onChange({ translate: secondKey === undefined || secondKey === '' ? next : { ...next, secondKey } });
  };
  return (
    <Group grow align="flex-start" preventGrowOverflow={false} gap="sm">
      <PathInput
        label={t('source')}
        value={lookup.source}
        offered={offered}
        onChange={(source) => change({ source })}
      />
      <NativeSelect
        label={t('kind.VALUE_MAP')}
        value={lookup.list}
        data={[{ value: '', label: t('choose') }, ...valueMaps.map(({ key, name }) => ({ value: key, label: name }))]}
        onChange={(event) => change({ list: event.currentTarget.value })}
      />
      <PathInput
        label={t('secondKey')}
        value={lookup.secondKey ?? ''}
        offered={offered}
        onChange={(secondKey) => change({ secondKey })}
      />
    </Group>
  );
}
