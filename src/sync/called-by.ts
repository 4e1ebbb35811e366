/** What people call records, in sentences: by name, number or code, never by an id, which says nothing to anybody. Pure. */
import { isMadeForMachines } from '../base/ids.js';
import type { Mention } from './reference-fields.js';

/** By `<entity>:<canonical id>`, as `namesOf` gives them. */
export type RecordNames = ReadonlyMap<string, string>;

/** Kind and name; undefined for a record that has none that people know. */
export function calledBy(
  names: RecordNames,
  { entity, canonicalId }: Pick<Mention, 'entity' | 'canonicalId'>,
): string | undefined {
  const name = names.get(`${entity}:${canonicalId}`);
  const isKnown = name !== undefined && name !== canonicalId && !isMadeForMachines(name);
  return isKnown ? `${entity.replaceAll('_', ' ')} "${name}"` : undefined;
}

/** What a record waits for. */
export function waitingSentence(missing: readonly Mention[], names: RecordNames): string {
  const called = missing.map((mention) => calledBy(names, mention) ?? 'another record');
  return `It waits for ${[...new Set(called)].join(', ')}.`;
}
