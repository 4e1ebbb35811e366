/** Who tells the hub first that people have changed a record in a target: the look after a write, or the target's stream. Pure. */
import { isCarriedBy, type ProjectedEntity } from '../canonical/entities.js';
import type { FieldOwner } from '../canonical/ownership.js';
import type { Flow } from './configuration.js';

/** What of a configuration counts here. */
export interface Sources {
  readonly flows: readonly Pick<Flow, 'entity' | 'source' | 'isInUse'>[];
  readonly fieldOwners: readonly Pick<FieldOwner, 'entity' | 'policy'>[];
}

/**
 * Whether what people changed in a target is first told by its stream, which waits while a write of ours is under way: the
 * target is a source too, of records whose last statements are kept. Of all others the stream may have been read already.
 */
export function isLeftToStream(configuration: Sources, system: string, entity: ProjectedEntity): boolean {
  const isKept =
    entity in statedIn || configuration.fieldOwners.some((each) => each.policy !== 'source' && isOf(each, entity));
  const isSource = (flow: Sources['flows'][number]): boolean =>
    flow.isInUse && flow.source === system && isCarriedBy(entity, flow.entity);
  return isKept && configuration.flows.some(isSource);
}

/** Levels of stock have one system each that counts them, so what a target shows of them is never news. */
const statedIn: Partial<Record<ProjectedEntity, true>> = { customer: true, contact: true, order: true };
const isProduct = (entity: string): boolean => entity === 'product' || entity === 'variant';
const isOf = (owner: { readonly entity: string }, entity: string): boolean =>
  owner.entity === entity || (isProduct(owner.entity) && isProduct(entity));
