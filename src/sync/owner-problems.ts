/** Why people cannot give a field the owner that they name. Pure. */
import { fieldsOf } from '../canonical/normalise.js';
import { isRefinable, type FieldOwner } from '../canonical/ownership.js';

/** In sentences; none: it can be set. `systems`: the connected ones, by key. */
export function ownerProblems(
  { entity, field, policy, owner }: FieldOwner,
  systems: Pick<ReadonlyMap<string, unknown>, 'has'>,
): readonly string[] {
  if (!fieldsOf[entity].some(({ name }) => name === field)) return [`There is no field ${entity}.${field}.`];
  if (!isRefinable(entity, field)) return [`The owner of ${entity}.${field} cannot be set.`];
  if (owner === null) return [];
  if (policy !== 'source')
    return [`${entity}.${field} belongs to one system or to several, not to ${owner} and others.`];
  return systems.has(owner) ? [] : [`There is no system ${owner}.`];
}
