/**
 * Which fields of a target's record the target itself has stated: nothing of them is written back to it. A field belongs to
 * the target when everything that it is made from came from there; one of constants does when the record did. Pure.
 */
import type { CompiledMapping } from '../mapping/mapping.js';
import type { OriginOf } from '../store/canonical-documents.js';

export function fieldsOfTarget(
  mapping: Pick<CompiledMapping, 'dependsOn'>,
  originOf: OriginOf,
  target: string,
): ReadonlySet<string> {
  const owned = new Set<string>();
  for (const [field, paths] of mapping.dependsOn) {
    if (paths.length === 0 ? originOf('*') === target : paths.every((path) => originOf(path) === target))
      owned.add(field);
  }
  return owned;
}
