/**
 * Whether a value that the hub puts back lasts. In: the configuration, a record, one of its fields. Out: the systems that are told it, and what
 * is in the way: a system whose word counts and that nothing is written to would say again what it says now. Pure.
 */
import type { CanonicalEntity, ProjectedEntity } from '../canonical/entities.js';
import { isCarriedBy } from '../canonical/entities.js';
import { ownerByOrigin, type Ownership } from '../canonical/ownership.js';
import type { CanonicalRecord } from '../canonical/record.js';
import type { MappingDefinition, Rule } from '../mapping/mapping.js';
import type { Configuration, ConnectedSystem } from './configuration.js';

/** Paths of a projected document in which a field of the entity is read. */
type Read = readonly [ProjectedEntity, readonly string[]];

const computed: Readonly<Record<string, readonly string[]>> = {
  options: ['colour', 'size'],
  contacts: ['primaryContact'],
  addresses: ['billingAddress', 'shippingAddress'],
};

function readsOf(entity: CanonicalEntity, field: string): readonly Read[] {
  const names = [field, ...(computed[field] ?? [])];
  switch (entity) {
    case 'product':
      return [['product', names], ['variant', names.map((name) => `product.${name}`)]]; // prettier-ignore
    case 'variant':
      return [['variant', names], ['product', names.map((name) => `variants.${name}`)]]; // prettier-ignore
    case 'customer':
      return [['customer', names]];
    case 'category':
      return [['category', names]];
    default:
      return [];
  }
}

/** Whether updates of such a record in a system carry the field. */
export function isTold(configuration: Configuration, system: string, entity: CanonicalEntity, field: string): boolean {
  const connected = configuration.systems.get(system);
  return readsOf(entity, field).some(([projected, paths]) => {
    if (connected?.connector.targets.some((target) => target.entity === projected) !== true) return false;
    const isCarried = configuration.flows.some(
      (flow) =>
        flow.isInUse && flow.target === system && flow.settings.updateExisting && isCarriedBy(projected, flow.entity),
    );
    const mapping = isCarried ? configuration.outbound(system, projected)?.compiled : undefined;
    return [...(mapping?.dependsOn ?? [])].some(
      ([target, read]) =>
        mapping?.createOnly.has(target) !== true &&
        read.some((path) => paths.some((one) => path === one || path.startsWith(`${one}.`))),
    );
  });
}

const topOf = ({ target }: Rule): string => target.split('.', 1)[0] ?? target;

/** Whether what a system shows of such records says the field. */
function isSaid(
  configuration: Configuration,
  connected: ConnectedSystem,
  entity: CanonicalEntity,
  field: string,
): boolean {
  const says = ({ entity: of, rules }: MappingDefinition): boolean =>
    of === entity
      ? rules.some((rule) => topOf(rule) === field)
      : entity === 'variant' && of === 'product' && rules.some((rule) => rule.kind === 'list' && rule.target === 'variants' && rule.rules.some((inner) => topOf(inner) === field)); // prettier-ignore
  return connected.connector.catalogue.some(({ record }) => {
    const definition = configuration.inbound(connected.key, record)?.compiled.definition;
    return definition !== undefined && says(definition);
  });
}

export interface Reach {
  /** Keys of the systems that are told. */
  readonly told: readonly string[];
  /** Why it would not last; null when it does. */
  readonly obstacle: string | null;
}

/** `holders`: keys of the systems that have the record. */
export function reachOf(
  configuration: Configuration,
  ownership: Ownership,
  record: CanonicalRecord,
  field: string,
  holders: readonly string[],
): Reach {
  const { entity } = record;
  const told = [...configuration.systems.keys()].filter((key) => isTold(configuration, key, entity, field)).sort();
  const owners = ownership.owners(entity, field);
  const origin = ownerByOrigin(record, field);
  const isShared = owners !== undefined || ownership.policy(entity, field) !== 'source';
  // What nobody owns by name belongs to whoever made the record; a field that came from elsewhere would change hands.
  if (!isShared && origin !== record.provenance['*'] && origin !== undefined && ownership.isSource(entity, origin)) {
    const name = configuration.systems.get(origin)?.name ?? origin;
    return { told, obstacle: `The field belongs to ${name} only because it said it first. Say under Conflicts, Who decides, whose it is; then it can be put back.` }; // prettier-ignore
  }
  const counts = (key: string): boolean => owners?.has(key) ?? (isShared || key === origin);
  const insisting = holders
    .map((key) => configuration.systems.get(key))
    .find(
      (each) =>
        each !== undefined &&
        ownership.isSource(entity, each.key) &&
        counts(each.key) &&
        isSaid(configuration, each, entity, field) &&
        !told.includes(each.key),
    );
  if (insisting === undefined) return { told, obstacle: null };
  return {
    told,
    obstacle: `${insisting.name} has a say in this field and no flow writes it there, so it would go on saying what it says now. Put it back in ${insisting.name}.`, // prettier-ignore
  };
}
