/** Why records hold what they hold: for each field who stated it, when, in which event, and by which rule. */
import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Customer } from '../schema/customer.js';
import { FieldOwner } from '../schema/field-owner.js';
import { FieldRule } from '../schema/field-rule.js';
import { Mapping } from '../schema/mapping.js';
import { FieldProvenance } from '../schema/provenance.js';
import { SyncEvent } from '../schema/sync-event.js';
import { Syncable } from '../schema/syncable.js';
import { System } from '../schema/system.js';
import { accessOfType } from './access.js';
import type { Context } from './context.js';
import { ownersOf } from './field-owners.js';
import { shownMapping, shownRule } from './mapping-shapes.js';
import { storedRecord } from './stored-record.js';

@Resolver(() => Syncable)
export class ProvenanceResolver {
  @FieldResolver(() => [FieldProvenance], {
    description:
      'Where the value of each field comes from. Fields that have always been empty are left out; customers who were erased have none.',
  })
  provenance(
    @Root() record: Syncable,
    @Arg('paths', () => [String], { nullable: true, description: 'Of these fields; of all when left out.' })
    paths: string[] | null,
    @Ctx() { reads, commands }: Context,
  ) {
    const stored = storedRecord(record.id);
    const isErased = (record as Partial<Customer>).erasedAt != null;
    return stored === null || isErased ? [] : reads.provenanceOf(stored, paths ?? null, commands);
  }
}

@Resolver(() => FieldProvenance)
export class FieldProvenanceResolver {
  @FieldResolver(() => System, {
    nullable: true,
    description: 'Who stated the value; null when a person, the hub or nobody did, or the system was deleted since.',
  })
  system(@Root() { systemKey }: FieldProvenance, @Ctx() { reads }: Context) {
    return systemKey === null ? null : reads.systemByKey(systemKey);
  }

  @FieldResolver(() => SyncEvent, {
    nullable: true,
    description:
      'The change that brought the value, or ended the conflict about it; null when it is not kept any more.',
  })
  event(@Root() { eventId }: FieldProvenance, @Ctx() { reads }: Context) {
    return eventId === null ? null : reads.event(eventId);
  }

  @FieldResolver(() => Mapping, {
    nullable: true,
    description:
      'The mapping that made the value, also one that was deleted since; null when none did, and for those who may not see mappings.',
  })
  async mapping(@Root() { mappingKey }: FieldProvenance, @Ctx() { reads, caller }: Context) {
    if (mappingKey === null || !accessOfType(caller, 'Mapping')) return null;
    const found = (await reads.everMappings()).find(({ key }) => key === mappingKey);
    return found === undefined ? null : shownMapping(found);
  }

  @FieldResolver(() => FieldRule, {
    nullable: true,
    description: 'The rule of that version of the mapping that made the value, the first of several; null as above.',
  })
  fieldRule(@Root() { made }: FieldProvenance, @Ctx() { caller }: Context) {
    return made === null || !accessOfType(caller, 'Mapping') ? null : shownRule(made.rule, made.at);
  }

  @FieldResolver(() => FieldOwner, {
    nullable: true,
    description: 'Who decides about the field now; null for kinds of records of which nobody can say so.',
  })
  async owner(@Root() { entity, path }: FieldProvenance, @Ctx() context: Context) {
    return (await ownersOf(context, entity)).find((owner) => owner.path === path) ?? null;
  }
}
