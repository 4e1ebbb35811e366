/** A rule in one line: what makes the value. */
import type { TFunction } from 'i18next';
import { briefly } from '../model/reading.ts';
import type { EditedRule, Operand, Predicate } from '../model/rules.ts';

type Words = TFunction<'mappings'>;

/** `nameOfList`: what people call a value list, by its key. */
export function summaryOf(rule: EditedRule, t: Words, nameOfList: (key: string) => string): string {
  switch (rule.kind) {
    case 'COPY':
      return t('kind.COPY');
    case 'CONSTANT':
      return rule.constant === null ? t('nothing') : briefly(rule.constant, 40);
    case 'EXPRESSION':
      return `ƒ ${briefly(rule.expression, 60)}`;
    case 'VALUE_MAP':
      return nameOfList(rule.valueMapKey);
    case 'CONDITION': {
      const [first, ...others] = rule.conditions;
      if (first === undefined) return rule.otherwise === null ? t('nothing') : operandWords(rule.otherwise, t);
      const more = others.length === 0 ? '' : ` +${others.length}`;
      return `${t('ifShort', { when: predicateWords(first.when, t), then: operandWords(first.then, t) })}${more}`;
    }
    case 'LIST':
      return t('listOf', { source: rule.source });
  }
}

export function operandWords(operand: Operand, t: Words): string {
  if ('copy' in operand) return briefly(operand['copy'], 30);
  if ('constant' in operand)
    return operand['constant'] === null ? t('nothing') : `“${briefly(operand['constant'], 30)}”`;
  if ('expression' in operand) return `ƒ ${briefly(operand['expression'], 30)}`;
  return briefly((operand['translate'] as Operand | undefined)?.['list'] ?? '', 30);
}

export function predicateWords(predicate: Predicate, t: Words): string {
  const { field, is, value, all, any, not, expression } = predicate;
  if (typeof expression === 'string') return `ƒ ${briefly(expression, 40)}`;
  if (Array.isArray(all)) return all.map((each) => predicateWords(each as Predicate, t)).join(` ${t('and')} `);
  if (Array.isArray(any)) return any.map((each) => predicateWords(each as Predicate, t)).join(` ${t('or')} `);
  if (typeof not === 'object' && not !== null) return `${t('not')} (${predicateWords(not as Predicate, t)})`;
  const compared = value === undefined ? '' : ` ${Array.isArray(value) ? value.join(', ') : briefly(value, 30)}`;
  return `${briefly(field, 40)} ${t(`is.${is as 'eq'}`)}${compared}`;
}
