/**
 * Which fields of a target's record are not ours to change. Of the target: everything that the field is made of came from
 * there, so nothing of it is written back; a field of constants belongs to it when the record did. So does what is contested
 * until people have decided. Unstated: no system has ever said what it is made of, so whatever people have there stays. Pure.
 */
import type { CompiledMapping } from '../mapping/mapping.js';
import type { CanonicalDocument } from '../store/canonical-documents.js';

export interface NotOurs {
  readonly ofTarget: ReadonlySet<string>;
  /** Those of them about which people decide. */
  readonly contested: ReadonlySet<string>;
  readonly unstated: ReadonlySet<string>;
}

export function fieldsNotOurs(
  mapping: Pick<CompiledMapping, 'dependsOn'>,
  { originOf, isContested = () => false }: Pick<CanonicalDocument, 'originOf' | 'isContested'>,
  target: string,
): NotOurs {
  const ofTarget = new Set<string>();
  const contested = new Set<string>();
  const unstated = new Set<string>();
  for (const [field, paths] of mapping.dependsOn) {
    const origins = paths.length === 0 ? [originOf('*')] : paths.map(originOf);
    if (paths.some(isContested)) contested.add(field);
    if (contested.has(field)) ofTarget.add(field);
    else if (origins.every((origin) => origin === null)) unstated.add(field);
    else if (origins.every((origin) => origin === target || origin === null)) ofTarget.add(field);
  }
  return { ofTarget, contested, unstated };
}

/** Which fields of a target's record are made from something that was moved back on purpose. */
export function fieldsMovedBack(
  mapping: Pick<CompiledMapping, 'dependsOn'>,
  isMovedBack: (path: string) => boolean = () => false,
): ReadonlySet<string> {
  return new Set([...mapping.dependsOn].flatMap(([field, paths]) => (paths.some(isMovedBack) ? [field] : [])));
}
