/** What an edit made different in the rules of a mapping, as the audit notes it: which field, and its rule before and after. Out: also the same as the graph shows it. */
import { sameJson } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';
import type { MappingDefinition, Rule } from '../mapping/mapping.js';
import type { Mapping, RuleChange } from '../schema/mapping.js';
import type { Context } from './context.js';
import { shownRule } from './mapping-shapes.js';

interface NotedRule {
  readonly kind: string;
  readonly target: string;
  readonly before: Rule | null;
  readonly after: Rule | null;
}

/** Which rules: those that are being edited, or those in use. */
type Which = 'draft' | 'published';

/** For the audit; nothing when the rules are the same, or when it is not known what they were. */
export function notedRules(
  { commands }: Pick<Context, 'commands'>,
  before: Mapping | null,
  after: Mapping,
  which: Which,
): Document {
  if (before === null) return {};
  const [was, is] = [before[which].definition, after[which].definition];
  const rules = commands.mappings.changes(was, is) as unknown as Json[];
  const [condition, now] = [conditionOf(was), conditionOf(is)];
  return {
    ...(rules.length === 0 ? {} : { rules }),
    ...(sameJson(condition, now) ? {} : { changes: { includeWhen: [condition, now] } }),
  };
}

const conditionOf = ({ includeWhen }: MappingDefinition): Json => (includeWhen ?? null) as unknown as Json;

/** Changes of rules as the graph shows them. */
export const shownRuleChanges = (changes: readonly NotedRule[]): RuleChange[] =>
  changes.map(({ kind, target, before, after }) => ({
    kind,
    target,
    before: before && shownRule(before, ''),
    after: after && shownRule(after, ''),
  }));

/** What an entry of the audit notes of rules. */
export const ruleChangesIn = ({ rules }: Document): RuleChange[] =>
  Array.isArray(rules) ? shownRuleChanges(rules as unknown as readonly NotedRule[]) : [];
