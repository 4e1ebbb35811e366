/** Taking changes back: the plan, and the job that carries it out. */
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { UserError } from '../schema/payloads.js';
import { SyncEvent } from '../schema/sync-event.js';
import { typeOfId } from '../schema/syncable.js';
import { System } from '../schema/system.js';
import { undoableTypes, UndoItem, UndoPlan, UndoSelection, UndoStartInput, UndoStartPayload } from '../schema/undo.js';
import type { UndoPlan as Planned } from '../sync/undo-plan.js';
import { accessOfType } from './access.js';
import type { Context } from './context.js';
import { shownJob } from './jobs.js';
import { refusal, userError } from './user-errors.js';

const most = 25;
const longestReason = 500;
const dispositions = { reverse: 'REVERSE', changedSince: 'SKIP_CHANGED_SINCE', irreversible: 'IRREVERSIBLE' } as const;

const shownPlan = ({ items, ...plan }: Planned): UndoPlan => ({
  ...plan,
  items: items.map(({ eventId, verdict, fields, message, told }) => ({
    eventId,
    disposition: dispositions[verdict],
    message,
    toldKeys: told,
    changes: fields.map(({ field, now, former }) => ({
      kind: now === null ? 'ADDED' : former === null ? 'REMOVED' : 'CHANGED',
      path: field,
      before: now,
      after: former,
    })),
  })),
});

/** The events that are meant, or what is wrong with them: each is there, may be seen, and is about another record. */
async function eventsOf(context: Context, { eventIds }: UndoSelection): Promise<readonly SyncEvent[] | UserError> {
  const field = ['selection', 'eventIds'];
  const ids = [...new Set(eventIds)];
  if (ids.length === 0) return userError('BLANK', 'Name at least one event.', field);
  if (ids.length > most) return userError('TOO_MANY', `Name at most ${most} events.`, field);
  const events: SyncEvent[] = [];
  for (const id of ids) {
    const event = await context.reads.event(id);
    const isSeen = event?.canonicalId == null || accessOfType(context.caller, typeOfId(event.canonicalId));
    if (event === null || !isSeen) return userError('NOT_FOUND', `There is no event ${id}.`, field);
    events.push(event);
  }
  const records = events.flatMap(({ canonicalId }) => canonicalId ?? []);
  if (new Set(records).size === records.length) return events;
  return userError('INVALID', 'Two of the events are about one record; take the later one back first.', field);
}

@Resolver(() => SyncEvent)
export class UndoableResolver {
  @FieldResolver(() => Boolean, {
    description:
      'Whether `undoPlan` has anything to plan: a change of a product, variant, category or customer that the hub took over, which did not make the record.',
  })
  isUndoable(@Root() { step, happened, entityType, changedFields }: SyncEvent): boolean {
    const isChange = step === 'applied' && happened.outcome !== 'created' && changedFields.length > 0;
    return isChange && undoableTypes.includes(entityType ?? '');
  }
}

@Resolver(() => UndoItem)
export class UndoResolver {
  @Query(() => UndoPlan, {
    nullable: true,
    description: 'What taking changes back would do now; null when an event is not there or two are about one record.',
  })
  async undoPlan(@Arg('selection', () => UndoSelection) selection: UndoSelection, @Ctx() context: Context) {
    const events = await eventsOf(context, selection);
    return 'code' in events ? null : shownPlan(await context.commands.undo.plan(events.map(({ id }) => id)));
  }

  @FieldResolver(() => SyncEvent, { description: 'The change.' })
  event(@Root() { eventId }: UndoItem, @Ctx() { reads }: Context) {
    return reads.event(eventId);
  }

  @FieldResolver(() => [System], { description: 'Systems that are told what is put back.' })
  async systems(@Root() { toldKeys }: UndoItem, @Ctx() { reads }: Context): Promise<System[]> {
    return (await reads.load.systems()).filter(({ key }) => toldKeys.includes(key));
  }

  @Mutation(() => UndoStartPayload, {
    description:
      'Takes changes back with compensating ones: the fields get the values of before and every system is told, as far as nobody has changed them since.',
  })
  async undoStart(
    @Arg('input', () => UndoStartInput) { selection, planHash, reason }: UndoStartInput,
    @Ctx() context: Context,
  ): Promise<UndoStartPayload> {
    const refused = (error: UserError): UndoStartPayload => ({ job: null, userErrors: [error] });
    const why = reason.trim();
    if (why === '') return refused(userError('BLANK', 'Say why.', ['reason']));
    if (why.length > longestReason) return refused(userError('TOO_LONG', `A reason has at most ${longestReason} characters.`, ['reason'])); // prettier-ignore
    const events = await eventsOf(context, selection);
    if ('code' in events) return refused(events);
    try {
      const start = { planHash, by: context.caller.actorId, reason: why };
      const id = await context.commands.undo.start(
        events.map((event) => event.id),
        start,
      );
      for (const { id: event, canonicalId, changedFields } of events)
        await context.audit('undoStart', canonicalId ?? event, {
          event,
          fields: [...changedFields],
          job: id,
          reason: why,
        });
      const job = await context.fresh().job(id);
      return { job: job && shownJob(context, job), userErrors: [] };
    } catch (thrown) {
      return refused(refusal(thrown, ['planHash']));
    }
  }
}
