/** A rule in one line: what makes the value. */
import type { TFunction } from 'i18next';
import { briefly } from '../model/reading.ts';
import type { EditedRule, Operand, Predicate } from '../model/rules.ts';

type Words = TFunction<'mappings'>;

/** What a summary says for keys and paths. */
export interface Named {
  /** What people call a value list, by its key. */
  nameOfList(key: string): string;
  /** What a field is called that the rule reads, by its path. */
  wordOf(path: string): string;
}

/** A value in a few characters; what is yes or no by its word. */
export function inWords(value: unknown, t: Words, most?: number): string {
  return typeof value === 'boolean' ? t(value ? 'yes' : 'no', { ns: 'common' }) : briefly(value, most);
}

export function summaryOf(rule: EditedRule, t: Words, { nameOfList, wordOf }: Named): string {
  switch (rule.kind) {
    case 'COPY':
      return t('kind.COPY');
    case 'CONSTANT':
      return rule.constant === null ? t('nothing') : inWords(rule.constant, t, 40);
    case 'EXPRESSION':
      return `ƒ ${briefly(rule.expression, 60)}`;
    case 'VALUE_MAP':
      return nameOfList(rule.valueMapKey);
    case 'CONDITION': {
      const [first, ...others] = rule.conditions;
      if (first === undefined) return rule.otherwise === null ? t('nothing') : operandWords(rule.otherwise, t, wordOf);
      const more = others.length === 0 ? '' : ` +${others.length}`;
      return `${t('ifShort', { when: predicateWords(first.when, t, wordOf), then: operandWords(first.then, t, wordOf) })}${more}`;
    }
    case 'LIST':
      return t('listOf', { source: wordOf(rule.source) });
  }
}

function operandWords(operand: Operand, t: Words, wordOf: Named['wordOf']): string {
  if ('copy' in operand) return briefly(wordOf(String(operand['copy'])), 40);
  if ('constant' in operand)
    return operand['constant'] === null ? t('nothing') : `“${inWords(operand['constant'], t, 30)}”`;
  if ('expression' in operand) return `ƒ ${briefly(operand['expression'], 30)}`;
  return briefly((operand['translate'] as Operand | undefined)?.['list'] ?? '', 30);
}

function predicateWords(predicate: Predicate, t: Words, wordOf: Named['wordOf']): string {
  const { field, is, value, all, any, not, expression } = predicate;
  if (typeof expression === 'string') return `ƒ ${briefly(expression, 40)}`;
  if (Array.isArray(all)) return all.map((each) => predicateWords(each as Predicate, t, wordOf)).join(` ${t('and')} `);
  if (Array.isArray(any)) return any.map((each) => predicateWords(each as Predicate, t, wordOf)).join(` ${t('or')} `);
  if (typeof not === 'object' && not !== null) return `${t('not')} (${predicateWords(not as Predicate, t, wordOf)})`;
  const compared = value === undefined ? '' : ` ${Array.isArray(value) ? value.join(', ') : inWords(value, t, 30)}`;
  return `${briefly(wordOf(String(field)), 40)} ${t(`is.${is as 'eq'}`)}${compared}`;
}
