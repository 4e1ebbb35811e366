/** Which canonical entities the kinds of flow bring in, and which of them each is about. Pure. */
import type { CanonicalEntity, FlowEntity } from './entities.js';
import { fieldPolicies } from './ownership.js';

/** The kinds of flow that bring each canonical entity in, the one whose flow is named first. */
export const broughtInBy = {
  product: ['product'],
  variant: ['product'],
  category: ['category'],
  stock_location: ['stock', 'order'],
  stock_level: ['stock'],
  customer: ['customer', 'order'],
  order: ['order'],
} as const satisfies Record<CanonicalEntity, readonly FlowEntity[]>;

export const bringsIn = (flow: FlowEntity, entity: CanonicalEntity): boolean =>
  (broughtInBy[entity] as readonly FlowEntity[]).includes(flow);

/** The entities that a flow is about: their fields can be named without saying of which they are. */
export const ownEntities = {
  product: ['product', 'variant'],
  category: ['category'],
  stock: ['stock_level', 'stock_location'],
  customer: ['customer'],
  order: ['order'],
} as const satisfies Record<FlowEntity, readonly CanonicalEntity[]>;

/** Whether a kind of flow is about such records, and not about others that need them. */
export const isAbout = (flow: FlowEntity, entity: CanonicalEntity): boolean =>
  (ownEntities[flow] as readonly CanonicalEntity[]).includes(entity);

/** The fields that a flow can be said to own: of its own entities by name, of those that come along as `entity.field`. */
export function ownableFields(flow: FlowEntity): {
  readonly plain: readonly string[];
  readonly dotted: ReadonlySet<string>;
} {
  const brought = (Object.keys(broughtInBy) as CanonicalEntity[]).filter((entity) => bringsIn(flow, entity));
  return {
    plain: [...new Set(ownEntities[flow].flatMap((entity) => Object.keys(fieldPolicies[entity])))],
    dotted: new Set(
      brought.flatMap((entity) => Object.keys(fieldPolicies[entity]).map((field) => `${entity}.${field}`)),
    ),
  };
}
