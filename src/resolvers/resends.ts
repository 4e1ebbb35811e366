/** Sending again: records of a flow, records by their ids, and the record of an event. Each is a job. */
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { typeOfId } from '../schema/syncable.js';
import {
  EntityResyncInput,
  EntityResyncPayload,
  FlowBackfillInput,
  FlowBackfillPayload,
  SyncEventReplayInput,
  SyncEventReplayPayload,
  type BackfillSelection,
} from '../schema/resend.js';
import type { SyncEvent } from '../schema/sync-event.js';
import type { UserError } from '../schema/payloads.js';
import type { MappingPreview } from '../schema/mapping-inputs.js';
import type { ResendSelection } from '../store/resends.js';
import type { BackfillPlan, ResendRecord } from '../sync/resend.js';
import { accessOfType } from './access.js';
import type { Context } from './context.js';
import { shownJob } from './jobs.js';
import { shownPreview } from './mapping-shapes.js';
import { hiddenRecords, isHidden } from './personal-mappings.js';
import { mappingUsedBy } from './used-mapping.js';
import { refusal, userError } from './user-errors.js';

export type RecordKind = ResendRecord['entity'];

/** Records that can be sent again, in the words of the engine. */
export const entityOfType: Readonly<Record<string, RecordKind>> = {
  Product: 'product',
  ProductVariant: 'variant',
  Category: 'category',
  StockLocation: 'stock_location',
  StockLevel: 'stock_level',
  Customer: 'customer',
  Order: 'order',
};

const most = 1_000;
const mostSystems = 100;

const jobOf = async (context: Context, id: string) => {
  const job = await context.fresh().job(id);
  return job && shownJob(context, job);
};

@Resolver()
export class ResendResolver {
  @Mutation(() => FlowBackfillPayload, {
    description:
      'Sends records of a flow again without moving its position: the target is asked for each, and what is missing or different is written.',
  })
  async flowBackfill(
    @Arg('input', () => FlowBackfillInput) input: FlowBackfillInput,
    @Ctx() context: Context,
  ): Promise<FlowBackfillPayload> {
    const refused = (error: UserError): FlowBackfillPayload => ({ job: null, plan: null, userErrors: [error] });
    const { resends } = context.commands;
    const flow = await context.reads.flow(input.id);
    if (flow === null) return refused(userError('NOT_FOUND', `There is no flow ${input.id}.`, ['id']));
    const selection = selectionOf(input.selection);
    if ('code' in selection) return refused(selection);
    const name = input.name?.trim();
    try {
      const plan = shownPlan(await resends.plan(flow.key, selection));
      if (input.isDryRun) return { job: null, plan, userErrors: [] };
      const start = { by: context.caller.actorId, name: name == null || name === '' ? null : name };
      const id = await resends.backfill(flow.key, selection, start);
      await context.audit('flowBackfill', flow.id, { flow: flow.key, job: id, count: plan.count.value });
      return { job: await jobOf(context, id), plan, userErrors: [] };
    } catch (thrown) {
      return refused(refusal(thrown, ['id']));
    }
  }

  @Mutation(() => EntityResyncPayload, {
    description:
      'Takes records in again as their systems showed them last, and compares them with what the targets hold; what is missing or different is written.',
  })
  async entityResync(
    @Arg('input', () => EntityResyncInput) input: EntityResyncInput,
    @Ctx() context: Context,
  ): Promise<EntityResyncPayload> {
    const refused = (error: UserError): EntityResyncPayload => ({ job: null, userErrors: [error] });
    const ids = [...new Set(input.entityIds)];
    if (ids.length === 0) return refused(userError('BLANK', 'Name at least one record.', ['entityIds']));
    if (ids.length > most) return refused(userError('TOO_MANY', `Name at most ${most} records.`, ['entityIds']));
    const records = [];
    for (const id of ids) {
      const entity = await entityIn(context, id);
      if (entity === null) return refused(userError('NOT_FOUND', `There is no record ${id}.`, ['entityIds']));
      records.push({ entity, id });
    }
    const targets = input.systemIds == null ? null : await keysOfSystems(context, input.systemIds);
    if (targets !== null && 'code' in targets) return refused(targets);
    const by = { by: context.caller.actorId };
    const job = await context.commands.resends.resync(records, targets, by);
    const subject = ids.length === 1 ? ids[0]! : `${ids.length} records`;
    await context.audit('entityResync', subject, { job, count: ids.length, systems: targets ?? [] });
    return { job: await jobOf(context, job), userErrors: [] };
  }

  @Mutation(() => SyncEventReplayPayload, {
    description:
      'Lets the record of an event go its way again with the rules of today, also when it had succeeded: an old state of it is never sent.',
  })
  async syncEventReplay(
    @Arg('input', () => SyncEventReplayInput) { id, isDryRun }: SyncEventReplayInput,
    @Ctx() context: Context,
  ): Promise<SyncEventReplayPayload> {
    const refused = (error: UserError): SyncEventReplayPayload => ({
      ...{ event: null, job: null, preview: null },
      userErrors: [error],
    });
    const event = await context.reads.event(id);
    if (event === null) return refused(userError('NOT_FOUND', `There is no event ${id}.`, ['id']));
    const record = event.canonicalId;
    const entity = record === null ? null : await entityIn(context, record);
    if (record === null || entity === null) {
      const none = 'The hub has no record of this event; when it is an open problem, try that again.';
      return refused(userError('INVALID_STATE', none, ['id']));
    }
    const target = await targetOf(context, event);
    if (isDryRun) {
      const preview = target === null ? null : await previewOf(context, record, target);
      return { event, job: null, preview, userErrors: [] };
    }
    const targets = target === null ? null : [target];
    const job = await context.commands.resends.resync([{ entity, id: record }], targets, {
      by: context.caller.actorId,
    });
    await context.audit('syncEventReplay', id, { job, record });
    return { event, job: await jobOf(context, job), preview: null, userErrors: [] };
  }
}

/** Each once; or what is wrong with them. */
async function keysOfSystems({ reads }: Context, given: readonly string[]): Promise<readonly string[] | UserError> {
  const ids = [...new Set(given)];
  if (ids.length === 0) return userError('BLANK', 'Name at least one system, or leave it out for all.', ['systemIds']);
  if (ids.length > mostSystems) return userError('TOO_MANY', `Name at most ${mostSystems} systems.`, ['systemIds']);
  const keys: string[] = [];
  for (const id of ids) {
    const system = await reads.system(id);
    if (system === null) return userError('NOT_FOUND', `There is no system ${id}.`, ['systemIds']);
    keys.push(system.key);
  }
  return keys;
}

/** The kind of a record that is there and that the caller may see; null when there is none. */
async function entityIn({ reads, caller }: Context, id: string): Promise<RecordKind | null> {
  const type = typeOfId(id);
  const entity = entityOfType[type ?? ''];
  if (entity === undefined || !accessOfType(caller, type)) return null;
  return (await reads.node(id)) === null ? null : entity;
}

function selectionOf({ all, entityIds, externalIds, changedSince }: BackfillSelection): ResendSelection | UserError {
  const ids = entityIds ?? externalIds;
  if (all === false) return userError('INVALID', 'Say true for all, or name what is meant.', ['selection', 'all']);
  if (ids?.length === 0) return userError('BLANK', 'Name at least one record.', ['selection']);
  if (ids !== undefined && ids.length > most) return userError('TOO_MANY', `Name at most ${most} records.`, ['selection']); // prettier-ignore
  return {
    ...(all === undefined ? {} : { all }),
    ...(entityIds === undefined ? {} : { entityIds }),
    ...(externalIds === undefined ? {} : { externalIds }),
    ...(changedSince === undefined ? {} : { changedSince: new Date(changedSince).toISOString() }),
  };
}

const shownPlan = ({ count, known, warnings }: BackfillPlan) => ({
  count: { value: count, precision: 'EXACT' as const },
  known: { value: known, precision: 'EXACT' as const },
  warnings,
});

/** Steps that are about writing to a system; all others are about reading from one. */
const writing = new Set(['planned', 'intent', 'written', 'failed', 'in_doubt', 'released', 'repaired']);

/** Key of the system that an event was about writing to. */
async function targetOf({ reads }: Context, event: SyncEvent): Promise<string | null> {
  if (!writing.has(event.step)) return null;
  return (await reads.systemByKey(event.systemKey ?? ''))?.key ?? null;
}

async function previewOf(context: Context, canonicalId: string, target: string): Promise<MappingPreview | null> {
  const { reads, commands } = context;
  const system = await reads.systemByKey(target);
  const entity = entityOfType[typeOfId(canonicalId) ?? ''];
  if (system === null || entity === undefined) return null;
  const row = mappingUsedBy(await reads.mappings(), system, { direction: 'outbound', entity });
  if (row === undefined) return null;
  if (isHidden(context, row.entity)) return shownPreview({ type: 'nothing', message: hiddenRecords }, []);
  const draft = { definition: row.published, lists: new Map<string, never>() };
  const result = await commands.mappings.preview(draft, { type: 'record', target, canonicalId });
  return shownPreview(result, row.published.rules, { entity: row.entity, system: target });
}
