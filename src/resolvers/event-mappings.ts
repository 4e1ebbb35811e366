/** Which mappings decided about an event: those by which its record was translated then, whichever are in use now. */
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { EventMapping } from '../schema/event-mapping.js';
import { Mapping } from '../schema/mapping.js';
import { SyncEvent } from '../schema/sync-event.js';
import { System } from '../schema/system.js';
import { accessOfType } from './access.js';
import type { Context } from './context.js';
import { shownMapping } from './mapping-shapes.js';
import { mappingUsedBy } from './used-mapping.js';

@Resolver(() => SyncEvent)
export class MappedEventResolver {
  @FieldResolver(() => [EventMapping], {
    description:
      'The mappings by which the record was translated on the way that the event is of, in the versions of then. Empty where none was asked, where it is not noted, and when it may not be seen.',
  })
  mappings(@Root() event: SyncEvent, @Ctx() { reads, caller }: Context) {
    return accessOfType(caller, 'Mapping') ? reads.mappingsOf(event) : [];
  }
}

@Resolver(() => EventMapping)
export class EventMappingResolver {
  @FieldResolver(() => Mapping, {
    nullable: true,
    description: 'The mapping, also one that was deleted since; null when it is not known any more.',
  })
  async mapping(@Root() { mappingKey }: EventMapping, @Ctx() { reads }: Context) {
    const found = (await reads.everMappings()).find(({ key }) => key === mappingKey);
    return found === undefined ? null : shownMapping(found);
  }

  @FieldResolver(() => System, {
    nullable: true,
    description: 'The system whose records it translates; null when it was deleted since.',
  })
  system(@Root() { systemKey }: EventMapping, @Ctx() { reads }: Context) {
    return systemKey === null ? null : reads.systemByKey(systemKey);
  }

  @FieldResolver(() => Boolean, { description: 'Whether the system still uses this version of this mapping.' })
  async isInUse(@Root() { mappingKey, systemKey, version }: EventMapping, @Ctx() { reads }: Context) {
    const rows = await reads.everMappings();
    const row = rows.find(({ key }) => key === mappingKey);
    const system = systemKey === null ? null : await reads.systemByKey(systemKey);
    if (row === undefined || row.deletedAt !== null || system === null || row.publishedVersion !== version)
      return false;
    const { direction, entity, published } = row;
    const present = await reads.mappings();
    return mappingUsedBy(present, system, { direction, entity, record: published.record })?.id === row.id;
  }
}
