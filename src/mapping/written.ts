/**
 * What the rules of one record (or item) write together. In: the rules and the fields that they were found to write. Out: two
 * rules for one field, required fields without a rule, and lists whose rules do not fit each other. A rule for a whole list and
 * rules for items of it that are named by code go together: the items replace, or come after, what the list has.
 */
import type { Field } from '../base/document.js';
import type { MappingProblem, Rule } from './mapping.js';
import type { FoundField } from './paths.js';

export type Operation = 'create' | 'update';
const operations = ['create', 'update'] as const;

export type Written = ReadonlyMap<Rule, FoundField>;

/** Whether a rule, and the field it writes, take part in an operation. */
export function takesPart(rule: Rule, field: Field, operation: Operation): boolean {
  const key = operation === 'create' ? 'onCreate' : 'onUpdate';
  return rule.isEnabled !== false && rule[key] !== false && field[key] !== false;
}

export function checkWritten(
  rules: readonly Rule[],
  written: Written,
  target: readonly Field[],
  at: string,
): readonly MappingProblem[] {
  const required = missingRules([...written.keys()], target, '');
  return [
    ...rules.flatMap((rule, index) => besideOthers(rules, index, rule, written, `${at}.${index}`)),
    ...required.map((message): MappingProblem => ({ code: 'MISSING_REQUIRED_RULE', at, message })),
  ];
}

function besideOthers(
  rules: readonly Rule[],
  index: number,
  rule: Rule,
  written: Written,
  at: string,
): readonly MappingProblem[] {
  const found = written.get(rule);
  if (found === undefined) return [];
  const others = rules.flatMap((other, place) => {
    const otherFound = written.get(other);
    return otherFound === undefined || place === index ? [] : [{ other, otherFound, isEarlier: place < index }];
  });
  const isTwice = others.some(
    ({ other, otherFound, isEarlier }) =>
      isEarlier &&
      overlaps([rule.target, found], [other.target, otherFound]) &&
      operations.some(
        (operation) => takesPart(rule, found.field, operation) && takesPart(other, otherFound.field, operation),
      ),
  );
  if (isTwice) return [{ code: 'DUPLICATE_TARGET', at, message: `"${rule.target}" is written by another rule too` }];
  const list = found.item?.list;
  const isApart = others.some(
    ({ other, otherFound }) =>
      list !== undefined &&
      (otherFound.item?.list ?? other.target) === list &&
      operations.some(
        (operation) => takesPart(rule, found.field, operation) !== takesPart(other, otherFound.field, operation),
      ),
  );
  return isApart ? [{ code: 'INVALID_RULE', at, message: apart(rule.target, list ?? '') }] : [];
}

const apart = (target: string, list: string): string =>
  `"${target}" must take part in the same operations as the other rules of "${list}", else the list would lose their items`;

type Target = readonly [path: string, found: FoundField];

/** One field, or one inside of the other. An item that is named overlaps what holds its list, not the list. */
function overlaps([a, { item: one }]: Target, [b, { item: two }]: Target): boolean {
  if (one !== undefined && two !== undefined) return a === b;
  if (one !== undefined) return one.list.startsWith(`${b}.`);
  if (two !== undefined) return two.list.startsWith(`${a}.`);
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

/** Required fields need a rule on create; inside an object only when something of that object is written. */
function missingRules(rules: readonly Rule[], target: readonly Field[], prefix: string): readonly string[] {
  return target.flatMap((field) => {
    const path = prefix + field.name;
    const direct = rules.some((rule) => rule.target === path && takesPart(rule, field, 'create'));
    const inside = rules.some((rule) => rule.target.startsWith(`${path}.`) && path !== '.');
    const isMissing =
      field.required === true && field.onCreate !== false && field.computed !== true && !direct && !inside;
    return [
      ...(isMissing ? [`"${path}" is required, but no rule gives it a value`] : []),
      ...(inside && field.byCode === undefined ? missingRules(rules, field.fields ?? [], `${path}.`) : []),
    ];
  });
}
