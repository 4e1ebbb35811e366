/** Taking changes back: the plan, and the job that carries it out. */
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { FlowRun } from '../schema/flow.js';
import type { UserError } from '../schema/payloads.js';
import { SyncEvent } from '../schema/sync-event.js';
import { typeOfId } from '../schema/syncable.js';
import { System } from '../schema/system.js';
import {
  undoableTypes,
  UndoItem,
  UndoPlan,
  UndoSelection,
  UndoStartInput,
  UndoStartPayload,
  UndoSystemCount,
} from '../schema/undo.js';
import type { UndoSelection as Selected } from '../store/undo-reads.js';
import type { UndoPlan as Planned } from '../sync/undo-plan.js';
import { accessOfType } from './access.js';
import type { Context } from './context.js';
import { shownJob } from './jobs.js';
import { refusal, userError } from './user-errors.js';

const most = 500;
/** So many events are noted one by one. */
const mostNoted = 25;
const longestReason = 500;
const dispositions = { reverse: 'REVERSE', changedSince: 'SKIP_CHANGED_SINCE', irreversible: 'IRREVERSIBLE' } as const;

const shownPlan = ({ items, records: { reverse, ...records }, told, ...plan }: Planned): UndoPlan => ({
  ...plan,
  records: { ...records, reversible: reverse },
  systems: told.map(({ system, records: count }) => ({ systemKey: system, records: count })),
  items: items.map(({ eventId, entity, changeCount, verdict, fields, message, told: toldKeys }) => ({
    ...{ eventId, changeCount, message, toldKeys },
    disposition: dispositions[verdict],
    changes: fields.map(({ field, now, former }) => ({
      ...{ path: field, label: null, before: now, after: former },
      about: { entity, system: null, isOurs: true },
    })),
  })),
});

/** What is meant, in the words of the hub; or what is wrong with it. */
async function selectionOf(context: Context, selection: UndoSelection): Promise<Selected | UserError> {
  const { eventIds, filter, runId, jobId, mappingVersion } = selection;
  if (runId != null) return { of: 'run', id: runId };
  if (jobId != null) return { of: 'job', id: jobId };
  if (mappingVersion != null) {
    const { mappingId, version } = mappingVersion;
    const mapping = (await context.reads.everMappings()).find(({ id, key }) => id === mappingId || key === mappingId);
    if (mapping !== undefined) return { of: 'version', mapping: mapping.key, version };
    return userError('NOT_FOUND', `There is no mapping ${mappingId}.`, ['selection', 'mappingVersion']);
  }
  if (filter != null) {
    const { occurredAt, entityId, correlationId } = filter;
    if (occurredAt != null || entityId != null || correlationId != null) return { of: 'filter', filter };
    return userError('INVALID', 'Say from when on, or of which record or change.', ['selection', 'filter']);
  }
  const ids = [...new Set(eventIds)];
  if (ids.length === 0) return userError('BLANK', 'Name at least one event.', ['selection', 'eventIds']);
  if (ids.length > most) return userError('TOO_MANY', `Name at most ${most} events.`, ['selection', 'eventIds']);
  return { of: 'events', ids };
}

/** The same, when all of it is there and may be seen. */
async function seenSelection(context: Context, selection: UndoSelection): Promise<Selected | UserError> {
  const selected = await selectionOf(context, selection);
  if ('code' in selected) return selected;
  const about = await context.commands.undo.about(selected);
  const isSeen = about?.samples.every((id) => accessOfType(context.caller, typeOfId(id))) === true;
  const [missing] = about?.missing ?? [];
  if (isSeen && missing === undefined) return selected;
  const nothing = 'There is nothing like that which has ended and may be taken back.';
  const message = selected.of === 'events' ? `There is no event ${missing ?? selected.ids[0]}.` : nothing;
  return userError('NOT_FOUND', message, ['selection']);
}

/** One line for each event when there are few, else one for all. */
async function note(context: Context, selected: Selected, noted: { job: string; records: number; reason: string }) {
  const { job, records, reason } = noted;
  if (selected.of === 'events' && selected.ids.length <= mostNoted) {
    for (const id of selected.ids) {
      const event = await context.reads.event(id);
      const fields = [...(event?.changedFields ?? [])];
      await context.audit('undoStart', event?.canonicalId ?? id, { event: id, fields, job, reason });
    }
    return;
  }
  const run = selected.of === 'run' ? await context.reads.load.run.load(selected.id) : null;
  await context.audit('undoStart', await subjectOf(context, selected, job), {
    ...(run === null ? {} : { flow: run.flowKey }),
    ...(selected.of === 'version' ? { version: selected.version } : {}),
    ...{ records, job, reason },
  });
}

async function subjectOf(context: Context, selected: Selected, job: string): Promise<string> {
  if (selected.of === 'events' || selected.of === 'filter') return job;
  if (selected.of !== 'version') return selected.id;
  return (await context.reads.everMappings()).find(({ key }) => key === selected.mapping)?.id ?? job;
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

@Resolver(() => FlowRun)
export class UndoableRunResolver {
  @FieldResolver(() => Boolean, {
    description:
      'Whether `undoPlan` takes the run: it has ended, something came in with it, and its flow is about products, categories or customers.',
  })
  async isUndoable(@Root() { flowKey, finishedAt, counts }: FlowRun, @Ctx() { reads }: Context): Promise<boolean> {
    if (finishedAt === null || counts.read === 0) return false;
    const flow = await reads.flowByKey(flowKey);
    return undoableTypes.includes(flow?.entityType ?? '');
  }
}

@Resolver(() => UndoSystemCount)
export class UndoSystemResolver {
  @FieldResolver(() => System, { nullable: true, description: 'Null when it was deleted since.' })
  system(@Root() { systemKey }: UndoSystemCount, @Ctx() { reads }: Context) {
    return reads.systemByKey(systemKey);
  }
}

@Resolver(() => UndoItem)
export class UndoResolver {
  @Query(() => UndoPlan, {
    nullable: true,
    description:
      'What taking changes back would do now. Several changes of one record are put back to what it held before the first of them. Null when something of the selection is not there, may not be seen or has not ended.',
  })
  async undoPlan(@Arg('selection', () => UndoSelection) selection: UndoSelection, @Ctx() context: Context) {
    const selected = await seenSelection(context, selection);
    const plan = 'code' in selected ? null : await context.commands.undo.plan(selected);
    return plan && shownPlan(plan);
  }

  @FieldResolver(() => SyncEvent, { description: 'The latest of the changes of the record.' })
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
    const selected = await seenSelection(context, selection);
    if ('code' in selected) return refused(selected);
    try {
      const start = { planHash, by: context.caller.actorId, reason: why };
      const { job: id, records } = await context.commands.undo.start(selected, start);
      await note(context, selected, { job: id, records, reason: why });
      const job = await context.fresh().job(id);
      return { job: job && shownJob(context, job), userErrors: [] };
    } catch (thrown) {
      return refused(refusal(thrown, ['planHash']));
    }
  }
}
