/** Records at other moments, and what differs between two. */
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { FieldChange } from '../schema/configuration-file.js';
import { entityTypes } from '../schema/entity-words.js';
import { EntitySnapshot, TimeBasis, type TimeBasisName } from '../schema/provenance.js';
import { DateTime } from '../schema/scalars.js';
import { SyncEvent } from '../schema/sync-event.js';
import { typeOfId } from '../schema/syncable.js';
import type { PastState } from '../sync/record-past.js';
import { accessOfType } from './access.js';
import type { Context } from './context.js';
import { storedRecord } from './stored-record.js';

const idOf = () => Arg('id', () => ID, { description: 'Of a product, variant, category, customer, order or stock level.' }); // prettier-ignore
const basisOf = () =>
  Arg('basis', () => TimeBasis, { defaultValue: 'KNOWN_TO_HUB', description: 'What the moment means.' });

/** What a caller may see of a record at moments; undefined when there is no such record, or he may not see it. */
async function snapshotsOf(
  context: Context,
  id: string,
  asked: readonly Date[],
  basis: TimeBasisName,
): Promise<readonly (EntitySnapshot | null)[] | undefined> {
  const { reads, caller, commands } = context;
  const stored = storedRecord(id);
  const record = stored !== null && accessOfType(caller, typeOfId(id)) ? await reads.node(id) : null;
  if (stored === null || record === null) return undefined;
  const now = context.now();
  const moments = asked.map((moment) => (moment > now ? now : moment));
  const states = await commands.past.statesAt(stored, moments, basis);
  const isErased = (record as { readonly erasedAt?: Date | null }).erasedAt != null;
  return states?.map((state, i) => state && shown(context, { id, at: moments[i]!, basis, isErased }, state));
}

interface Moment {
  readonly id: string;
  readonly at: Date;
  readonly basis: TimeBasisName;
  readonly isErased: boolean;
}

function shown({ reads, commands }: Context, { id, at, basis, isErased }: Moment, state: PastState): EntitySnapshot {
  const { entity } = storedRecord(id)!;
  const { fields, isMasked } = reads.fieldsThen(entity, state.fields, { fieldsOf: commands.fieldsOf, isErased });
  return {
    ...{ entityId: id, entityType: entityTypes[entity]!, at, basis, isMasked, fields },
    data: Object.fromEntries(fields.flatMap(({ path, value }) => (value === null ? [] : [[path, value]]))),
    version: state.version,
    eventId: state.eventId,
  };
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** Field by field, in the order of the record. Before a record was known everything was empty. */
function differences(id: string, before: EntitySnapshot | null, after: EntitySnapshot | null): readonly FieldChange[] {
  const about = { entity: storedRecord(id)!.entity, system: null };
  return (after ?? before)?.fields.flatMap(({ path }): FieldChange[] => {
    const [was, is] = [before?.data[path] ?? null, after?.data[path] ?? null];
    if (same(was, is)) return [];
    return [{ kind: was === null ? 'ADDED' : is === null ? 'REMOVED' : 'CHANGED', path, before: was, after: is, about }];
  }) ?? []; // prettier-ignore
}

@Resolver(() => EntitySnapshot)
export class MomentResolver {
  @Query(() => EntitySnapshot, {
    nullable: true,
    description:
      'A record as it was at a moment. Null when it was not known yet, is unknown or hidden. A moment of which too little is kept is refused with MOMENT_NOT_KEPT, one that is too many changes ago with MOMENT_TOO_FAR.',
  })
  async entityAt(
    @idOf() id: string,
    @Arg('at', () => DateTime, { description: 'One yet to come is answered as now.' }) at: Date,
    @basisOf() basis: TimeBasisName,
    @Ctx() context: Context,
  ): Promise<EntitySnapshot | null> {
    return (await snapshotsOf(context, id, [at], basis))?.[0] ?? null;
  }

  @Query(() => [FieldChange], {
    nullable: true,
    description:
      'What of a record differs between two moments; null when it is unknown or hidden. Refused as `entityAt` is.',
  })
  async entityDiff(
    @idOf() id: string,
    @Arg('from', () => DateTime, { description: 'The moment of `before`.' }) from: Date,
    @Arg('to', () => DateTime, { description: 'The moment of `after`.' }) to: Date,
    @basisOf() basis: TimeBasisName,
    @Ctx() context: Context,
  ): Promise<readonly FieldChange[] | null> {
    const states = await snapshotsOf(context, id, [from, to], basis);
    return states === undefined ? null : differences(id, states[0] ?? null, states[1] ?? null);
  }

  @FieldResolver(() => SyncEvent, {
    nullable: true,
    description: 'The last change that counts at the moment; null when it is not kept any more.',
  })
  lastEvent(@Root() { eventId }: EntitySnapshot, @Ctx() { reads }: Context) {
    return eventId === null ? null : reads.event(eventId);
  }
}
