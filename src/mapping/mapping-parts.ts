/** What a definition is made of, found by walking it: pure. */
import { contentHash } from '../base/content-hash.js';
import type { Json } from '../base/document.js';
import type { MappingDefinition, Operand, Rule } from './mapping.js';

/** Every rule with its index path (`rules.3.rules.0`), those of lists included. */
export function rulesOf(
  definition: Pick<MappingDefinition, 'rules'>,
): readonly { readonly at: string; readonly rule: Rule }[] {
  const found: { at: string; rule: Rule }[] = [];
  const visit = (rules: readonly Rule[], at: string): void =>
    rules.forEach((rule, index) => {
      found.push({ at: `${at}.${index}`, rule });
      if (rule.kind === 'list') visit(rule.rules, `${at}.${index}.rules`);
    });
  visit(definition.rules, 'rules');
  return found;
}

/** Keys of the value lists that a definition uses. */
export function listsOf(definition: Pick<MappingDefinition, 'rules'>): ReadonlySet<string> {
  const keys = new Set<string>();
  const add = (operand: Operand | undefined): void => {
    if (operand !== undefined && 'translate' in operand) keys.add(operand.translate.list);
  };
  for (const { rule } of rulesOf(definition)) {
    if (rule.kind === 'valueList') keys.add(rule.list);
    if (rule.kind === 'condition') {
      for (const row of rule.rows) add(row.then);
      add(rule.otherwise);
    }
  }
  return keys;
}

export interface RuleChange {
  readonly kind: 'ADDED' | 'REMOVED' | 'CHANGED';
  readonly target: string;
  readonly before: Rule | null;
  readonly after: Rule | null;
}

/** What differs between two definitions, by the field that a rule writes; of several rules for one field, in their order. */
export function ruleChanges(
  before: Pick<MappingDefinition, 'rules'>,
  after: Pick<MappingDefinition, 'rules'>,
): readonly RuleChange[] {
  const named = (rules: readonly Rule[]): ReadonlyMap<string, Rule> => {
    const counts = new Map<string, number>();
    return new Map(
      rules.map((rule) => {
        const count = counts.get(rule.target) ?? 0;
        counts.set(rule.target, count + 1);
        return [`${rule.target} ${count}`, rule];
      }),
    );
  };
  const [old, made] = [named(before.rules), named(after.rules)];
  const changes: RuleChange[] = [];
  for (const [name, rule] of made) {
    const was = old.get(name);
    if (was === undefined) changes.push({ kind: 'ADDED', target: rule.target, before: null, after: rule });
    else if (contentHash(was as unknown as Json) !== contentHash(rule as unknown as Json))
      changes.push({ kind: 'CHANGED', target: rule.target, before: was, after: rule });
  }
  for (const [name, rule] of old) {
    if (!made.has(name)) changes.push({ kind: 'REMOVED', target: rule.target, before: rule, after: null });
  }
  return changes;
}

/** Whether two definitions say the same: of which records, and what becomes of their fields. */
export const sameRules = (
  one: Pick<MappingDefinition, 'rules' | 'includeWhen'>,
  other: Pick<MappingDefinition, 'rules' | 'includeWhen'>,
): boolean =>
  ruleChanges(one, other).length === 0 &&
  contentHash((one.includeWhen ?? null) as Json) === contentHash((other.includeWhen ?? null) as Json);
