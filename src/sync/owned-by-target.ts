/**
 * Which fields of a target's record are not ours to change. Of the target: everything that the field is made of came from
 * there, so nothing of it is written back; a field of constants belongs to it when the record did. So does what is contested
 * until people have decided, and what they may have to decide: of a record that was found there and of which nothing has come in yet,
 * nobody knows whether the two systems agree. Unstated: no system has ever said what it is made of, so whatever people have there stays. Pure.
 */
import type { Document } from '../base/document.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import type { FieldOwner, RefinableEntity } from '../canonical/ownership.js';
import type { CompiledMapping } from '../mapping/mapping.js';
import type { CanonicalDocument } from '../store/canonical-documents.js';
import { isIdle } from './idle-wishes.js';

export interface NotOurs {
  readonly ofTarget: ReadonlySet<string>;
  /** Those of them about which people decide. */
  readonly contested: ReadonlySet<string>;
  readonly unstated: ReadonlySet<string>;
}

/** What a target holds of a record about which it has said nothing yet, and at which paths people decide. */
export interface Unheard {
  readonly held: Document | null;
  readonly isManual: (path: string) => boolean;
}

export function fieldsNotOurs(
  mapping: Pick<CompiledMapping, 'dependsOn'>,
  { originOf, isContested = () => false }: Pick<CanonicalDocument, 'originOf' | 'isContested'>,
  target: string,
  unheard?: Unheard,
): NotOurs {
  const ofTarget = new Set<string>();
  const contested = new Set<string>();
  const unstated = new Set<string>();
  for (const [field, paths] of mapping.dependsOn) {
    const origins = paths.length === 0 ? [originOf('*')] : paths.map(originOf);
    const mayBeContested = unheard !== undefined && !isIdle(unheard.held?.[field]) && paths.some(unheard.isManual);
    if (mayBeContested || paths.some(isContested)) contested.add(field);
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

/** Whether people decide about what stands at a path of a document, when several systems have changed it. */
export function manualPaths(owners: readonly FieldOwner[], entity: ProjectedEntity): (path: string) => boolean {
  const manual = new Set(
    owners.flatMap(({ policy, ...of }) => (policy === 'manual' ? [`${of.entity}.${of.field}`] : [])),
  );
  return (path) => manual.size > 0 && manual.has(fieldAt(entity, path));
}

/** The field of a record of the hub that a path of a document is made of, with the kind of record. */
function fieldAt(entity: ProjectedEntity, path: string): string {
  const [first = path, second = ''] = path.split('.', 2);
  const of = (record: RefinableEntity, field: string): string => `${record}.${field}`;
  switch (entity) {
    case 'product':
      return first === 'variants' ? of('variant', optionOf[second] ?? second) : of('product', first);
    case 'variant':
      return first === 'product' ? of('product', second) : of('variant', first);
    case 'contact':
      return of('customer', first === 'kind' ? first : 'contacts');
    case 'customer':
      return of('customer', chosenOf[first] ?? first);
    default:
      return `${entity}.${first}`;
  }
}

/** What documents have beside the fields of the record, and call otherwise. */
const chosenOf: Readonly<Record<string, string>> = {
  primaryContact: 'contacts',
  billingAddress: 'addresses',
  shippingAddress: 'addresses',
};
const optionOf: Readonly<Record<string, string>> = { colour: 'options', size: 'options' };
