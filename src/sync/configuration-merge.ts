/**
 * Takes over what a configuration file says, and tells what that changes. Pure. What the file does not mention stays, unless
 * `prune` says that there should be nothing else; null takes a setting away. A row or a rule is taken over as a whole.
 */
import { sameJson } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';
import { ruleChanges } from '../mapping/mapping-parts.js';
import type { Rule, ValueListEntry } from '../mapping/mapping.js';
import { entryChanges, entryKey } from '../mapping/value-list-edit.js';
import { plainOwner, plainRule, type OwnersPart } from './configuration-file.js';

export interface FieldChange {
  readonly kind: 'ADDED' | 'REMOVED' | 'CHANGED';
  /** `settings.order.employee`, `entries.21 BE`, `rules.taxCode`. */
  readonly path: string;
  readonly before: Json;
  readonly after: Json;
}

export function mergedSettings(before: Document, said: Document | undefined, prune: boolean): Document {
  const names = new Set([...(prune && said !== undefined ? [] : Object.keys(before)), ...Object.keys(said ?? {})]);
  const merged = [...names].flatMap((name): readonly (readonly [string, Json])[] => {
    const [was, is] = [before[name], said !== undefined && Object.hasOwn(said, name) ? said[name] : undefined];
    if (is === undefined) return was === undefined ? [] : [[name, was]];
    if (is === null) return [];
    if (!isDocument(is)) return [[name, is]];
    return [[name, mergedSettings(isDocument(was) ? was : {}, is, prune)]];
  });
  return Object.fromEntries(merged);
}

/** Null: nobody has said anything of this entity any more. */
export function mergedOwners(before: OwnersPart | null, said: OwnersPart, prune: boolean): OwnersPart | null {
  const owners = Object.entries({ ...(prune ? {} : before), ...said }).filter(
    ([, owner]) => plainOwner(owner) !== null,
  );
  return owners.length === 0 ? null : Object.fromEntries(owners);
}

/** In the order of the file; what only `before` has stays behind what it stood behind. */
function merged<T>(
  before: readonly T[],
  said: readonly T[] | undefined,
  prune: boolean,
  names: (items: readonly T[]) => readonly string[],
): readonly T[] {
  if (said === undefined) return before;
  if (prune) return said;
  const made = names(said).map((name, index) => ({ name, item: said[index]! }));
  const mentioned = new Set(made.map(({ name }) => name));
  const kept = new Map<string, T[]>();
  let last = '';
  names(before).forEach((name, index) => {
    if (mentioned.has(name)) last = name;
    else
      kept
        .set(last, kept.get(last) ?? [])
        .get(last)
        ?.push(before[index]!);
  });
  const behind = (name: string): readonly T[] => kept.get(name) ?? [];
  return [...behind(''), ...made.flatMap(({ name, item }) => [item, ...behind(name)])];
}

export const mergedEntries = (
  before: readonly ValueListEntry[],
  said: readonly ValueListEntry[] | undefined,
  prune: boolean,
): readonly ValueListEntry[] => merged(before, said, prune, (entries) => entries.map(entryKey));

export const mergedRules = (
  before: readonly Rule[],
  said: readonly Rule[] | undefined,
  prune: boolean,
): readonly Rule[] => merged(before, said, prune, ruleNames);

const entryName = ({ from, secondKey }: Pick<ValueListEntry, 'from' | 'secondKey'>): string =>
  secondKey === undefined ? from : `${from} ${secondKey}`;

/** Of several rules for one field, each has its number. */
function ruleNames(rules: readonly Rule[]): readonly string[] {
  const counts = new Map<string, number>();
  return rules.map(({ target }) => {
    const count = (counts.get(target) ?? 0) + 1;
    counts.set(target, count);
    return count === 1 ? target : `${target} ${count}`;
  });
}

/** What differs between two values, each leaf of documents by its path. Undefined: there is none. */
export function fieldChanges(path: string, before: Json | undefined, after: Json | undefined): readonly FieldChange[] {
  if (before === undefined && after === undefined) return [];
  if (isDocument(before ?? after) && isDocument(after ?? before)) {
    const [was, is] = [(before ?? {}) as Document, (after ?? {}) as Document];
    const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
    return names.flatMap((name) => fieldChanges(`${path}.${name}`, was[name], is[name]));
  }
  if (before !== undefined && after !== undefined && sameJson(before, after)) return [];
  const kind = before === undefined ? 'ADDED' : after === undefined ? 'REMOVED' : 'CHANGED';
  return [{ kind, path, before: before ?? null, after: after ?? null }];
}

export function rowChanges(
  before: readonly ValueListEntry[],
  after: readonly ValueListEntry[],
): readonly FieldChange[] {
  const shown = (entry: ValueListEntry | null): Json => entry as unknown as Json;
  const list = (entries: readonly ValueListEntry[]) => ({ whenUnmapped: 'fail', entries }) as const;
  const changes = entryChanges(list(before), list(after)).map((change) => ({
    kind: change.kind,
    path: `entries.${entryName((change.after ?? change.before)!)}`,
    before: shown(change.before),
    after: shown(change.after),
  }));
  return [...changes, ...orderChange('entries', before.map(entryName), after.map(entryName))];
}

export function ownerChanges(before: OwnersPart | null, after: OwnersPart | null): readonly FieldChange[] {
  const shown = (owners: OwnersPart | null, field: string): Json | undefined =>
    owners !== null && Object.hasOwn(owners, field) ? plainOwner(owners[field]!) : undefined;
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  return fields.flatMap((field) => {
    const [was, is] = [shown(before, field), shown(after, field)];
    // A system is one word here, no document with parts of its own.
    if (sameJson(was ?? null, is ?? null)) return [];
    const kind = was === undefined ? 'ADDED' : is === undefined ? 'REMOVED' : 'CHANGED';
    return [{ kind, path: field, before: was ?? null, after: is ?? null }];
  });
}

export function changesOfRules(before: readonly Rule[], after: readonly Rule[]): readonly FieldChange[] {
  const shown = (rule: Rule | null): Json => (rule === null ? null : plainRule(rule));
  const changes = ruleChanges({ rules: before }, { rules: after }).map((change) => ({
    kind: change.kind,
    path: `rules.${change.target}`,
    before: shown(change.before),
    after: shown(change.after),
  }));
  return [...changes, ...orderChange('rules', ruleNames(before), ruleNames(after))];
}

/** What both have, when it stands in another order. */
function orderChange(path: string, before: readonly string[], after: readonly string[]): readonly FieldChange[] {
  const [was, is] = [new Set(before), new Set(after)];
  const old = before.filter((name) => is.has(name));
  const now = after.filter((name) => was.has(name));
  return sameJson(old, now) ? [] : [{ kind: 'CHANGED', path: `${path} (order)`, before: old, after: now }];
}

function isDocument(value: Json | undefined): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
