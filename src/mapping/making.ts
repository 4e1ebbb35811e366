/**
 * How the rules of an inbound mapping make one field of a record. In: the version of the mapping that was used, and where defaults
 * stood in when it was. Out: the rules of the field, and whether the record says the value, a default stands in for it, or it
 * is worked out. Pure.
 */
import type { CanonicalEntity } from '../canonical/entities.js';
import type { Making } from '../canonical/provenance.js';
import type { MappingDefinition, Rule } from './mapping.js';

/** A rule with its place: `rules.3.rules.0`. */
export interface PlacedRule {
  readonly at: string;
  readonly rule: Rule;
}

/** Variants that a system shows inside their product. */
export const partsOfProduct = 'variants';

const placed = (rules: readonly Rule[], at: string): readonly PlacedRule[] =>
  rules.map((rule, index) => ({ at: `${at}.${index}`, rule })).filter(({ rule }) => rule.isEnabled !== false);

const makes = (field: string, { target }: Rule): boolean => target === field || target.startsWith(`${field}.`);

/** The rules that make a field of an entity; none when the mapping is about something else, or leaves the field out. */
export function rulesOfField(
  { entity: made, rules }: Pick<MappingDefinition, 'entity' | 'rules'>,
  entity: CanonicalEntity,
  field: string,
): readonly PlacedRule[] {
  const all = placed(rules, 'rules');
  if (made === entity) return all.filter(({ rule }) => makes(field, rule));
  const parts = entity === 'variant' ? all.find(({ rule }) => rule.target === partsOfProduct) : undefined;
  return parts?.rule.kind === 'list'
    ? placed(parts.rule.rules, `${parts.at}.rules`).filter(({ rule }) => makes(field, rule))
    : [];
}

/** Only the record that was read tells whether a default stood in. */
export const mayStandIn = (rules: readonly PlacedRule[]): boolean =>
  rules.some(({ rule }) => rule.default !== undefined && rule.defaultWhen !== 'forced');

/** Null when no rule makes the field. `stoodIn`: whether the default of a rule did, by its target. */
export function makingOf(rules: readonly PlacedRule[], stoodIn: (target: string) => boolean): Making | null {
  if (rules.length === 0) return null;
  if (rules.every(({ rule }) => isFixed(rule) || stoodIn(rule.target))) return 'default';
  return rules.some(({ rule: { kind } }) => kind === 'expression' || kind === 'condition') ? 'computed' : 'said';
}

/** Whatever the record says. */
const isFixed = (rule: Rule): boolean =>
  rule.kind === 'constant' || (rule.default !== undefined && rule.defaultWhen === 'forced');
