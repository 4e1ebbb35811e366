/** Jobs over the API: analyses of mappings, how far they are, and ending them. */
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { KoppelError } from '../base/errors.js';
import type { MappingDefinition, Predicate } from '../mapping/mapping.js';
import { JobConnection } from '../schema/connections.js';
import {
  ImpactOutcome,
  ImpactSample,
  Job,
  JobCancelInput,
  JobPayload,
  MappingImpactAnalyzeInput,
} from '../schema/job.js';
import { Mapping } from '../schema/mapping.js';
import { JobFilter } from '../schema/operation-filters.js';
import { PageArgs } from '../schema/page.js';
import { durationOf } from '../schema/scalars.js';
import type { ImpactReport as StoredReport } from '../sync/impact.js';
import type { Job as StoredJob } from '../store/jobs.js';
import type { Context } from './context.js';
import { writtenBy } from './job-error.js';
import { shownMapping, storedRules } from './mapping-shapes.js';
import { isHidden } from './personal-mappings.js';
import { refusal, userError } from './user-errors.js';

const mostSamples = 100;

/** What is shown of what jobs were started with. */
interface JobInput {
  readonly definition?: MappingDefinition;
  readonly name?: string | null;
  readonly comparison?: string;
}

/** Whoever only reads may stop what he has begun himself, which are exports. */
async function requireOwn({ caller, reads }: Context, id: string): Promise<void> {
  if (caller.scopes.has('REPLAY') || caller.scopes.has('WRITE_MAPPINGS')) return;
  const job = await reads.job(id);
  if (job === null || (job.kind === 'EXPORT' && job.createdBy === caller.actorId)) return;
  throw new KoppelError('FORBIDDEN', { what: 'Mutation.jobCancel', needed: 'WRITE_MAPPINGS or REPLAY' });
}

/** A job as the graph shows it to whoever asks. */
export function shownJob(context: Context, stored: StoredJob): Job {
  const { id, kind, status, done, total, createdAt, startedAt, finishedAt, createdBy, errorMessage } = stored;
  const { definition, name, comparison } = stored.input as unknown as JobInput;
  const found = definition === undefined ? null : (stored.result as unknown as StoredReport | null);
  const isKept = definition !== undefined && isHidden(context, definition.entity);
  const count = (what: string): number => Number((definition === undefined && stored.result?.[what]) || 0);
  const impact = found && {
    ...found,
    byField: found.byField.map((each) => ({
      ...each,
      ...(isKept ? { shifts: [] } : {}),
      about: writtenBy(definition!),
    })),
    estimatedDuration: found.estimatedMs == null ? null : durationOf(found.estimatedMs),
  };
  return {
    id,
    kind,
    status,
    done,
    total,
    createdAt,
    startedAt,
    finishedAt,
    createdById: createdBy,
    definition: definition ?? null,
    error: errorMessage,
    impact,
    isKept,
    erasureReport: kind === 'ERASURE' ? stored.result : null,
    exportOrder: kind === 'EXPORT' ? stored.input : null,
    comparisonId: kind === 'RECONCILIATION' ? (comparison ?? null) : null,
    trialReport: kind === 'TRIAL' ? stored.result : null,
    name: name ?? null,
    succeeded: count('succeeded'),
    failed: count('failed'),
    skipped: count('skipped'),
  };
}

@Resolver(() => Job)
export class JobResolver {
  @Query(() => JobConnection, { description: 'Jobs in pages, the newest first.' })
  jobs(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => JobFilter, { nullable: true }) filter: JobFilter | null,
    @Ctx() context: Context,
  ) {
    return context.reads.jobs(filter, page, (job) => shownJob(context, job));
  }

  @Query(() => Job, { nullable: true, description: 'A job by its id.' })
  async job(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    const found = await context.reads.job(id);
    return found && shownJob(context, found);
  }

  @FieldResolver(() => Mapping, {
    nullable: true,
    description: 'The mapping whose impact is found out; null of other jobs, and when it is there no more.',
  })
  async mapping(@Root() { definition }: Job, @Ctx() { reads }: Context) {
    const row = definition && (await reads.mappings()).find(({ key }) => key === definition.key);
    return row ? shownMapping(row) : null;
  }

  @FieldResolver(() => [ImpactSample], {
    description: 'Records that would come out differently, in the order of their ids.',
  })
  async impactSamples(
    @Root() job: Job,
    @Arg('first', () => Int, { defaultValue: 10 }) first: number,
    @Arg('after', () => ID, { nullable: true }) after: string | null,
    @Arg('outcome', () => ImpactOutcome, { nullable: true }) outcome: string | null,
    @Arg('field', () => String, { nullable: true }) field: string | null,
    @Ctx() { reads }: Context,
  ) {
    const limit = Math.min(Math.max(first, 1), mostSamples);
    const found = await reads.impacts(job.id, { outcome, field, limit, after: after ?? '' });
    return found.map(({ canonicalId, target, outcome: of, changes }) => ({
      entityId: canonicalId,
      systemKey: target,
      outcome: of,
      changes: job.isKept ? {} : changes,
    }));
  }

  @Mutation(() => JobPayload, {
    description: 'Finds out what a mapping would do to all records. Writes nothing anywhere.',
  })
  async mappingImpactAnalyze(
    @Arg('input', () => MappingImpactAnalyzeInput) input: MappingImpactAnalyzeInput,
    @Ctx() context: Context,
  ): Promise<JobPayload> {
    const { reads, commands } = context;
    const row = (await reads.mappings()).find(({ id, key }) => id === input.mappingId || key === input.mappingId);
    if (row === undefined) {
      const none = userError('NOT_FOUND', `There is no mapping ${input.mappingId}.`, ['mappingId']);
      return { job: null, userErrors: [none] };
    }
    const system = input.systemId == null ? null : await reads.system(input.systemId);
    if (input.systemId != null && system?.connectorKind !== row.connector) {
      const other = userError('NOT_FOUND', `There is no system ${input.systemId}.`, ['systemId']);
      return { job: null, userErrors: [other] };
    }
    const stored: MappingDefinition = system === null ? (row.draft ?? row.published) : row.published;
    const includeWhen = input.includeWhen == null ? {} : { includeWhen: input.includeWhen as Predicate };
    const definition = input.rules == null ? stored : { ...stored, rules: storedRules(input.rules), ...includeWhen };
    const lists = input.withDraftValueMaps ? await reads.draftLists() : new Map<string, never>();
    try {
      const draft = { definition, lists, ...(system === null ? {} : { systems: [system.key] }) };
      const id = await commands.mappings.analyse(draft, context.caller.actorId);
      await context.audit('mappingImpactAnalyze', row.id, { mapping: row.key, job: id });
      const job = await context.fresh().job(id);
      return { job: job && shownJob(context, job), userErrors: [] };
    } catch (thrown) {
      return { job: null, userErrors: [refusal(thrown, ['mappingId'])] };
    }
  }

  @Mutation(() => JobPayload, { description: 'Asks a job to end.' })
  async jobCancel(
    @Arg('input', () => JobCancelInput) input: JobCancelInput,
    @Ctx() context: Context,
  ): Promise<JobPayload> {
    try {
      await requireOwn(context, input.id);
      await context.commands.mappings.cancelJob(input.id);
    } catch (thrown) {
      if (thrown instanceof KoppelError && thrown.code === 'FORBIDDEN') throw thrown;
      return { job: null, userErrors: [refusal(thrown, ['id'])] };
    }
    await context.audit('jobCancel', input.id, {});
    const job = await context.fresh().job(input.id);
    return { job: job && shownJob(context, job), userErrors: [] };
  }
}
