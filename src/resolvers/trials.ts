/** Trial runs over the API: starting one, and its report in the words of the graph. */
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { entityTypes } from '../schema/entity-words.js';
import { Job, JobPayload } from '../schema/job.js';
import { durationOf } from '../schema/scalars.js';
import { FlowsTryInput, TrialReport, type TrialSide } from '../schema/trial.js';
import type { TrialMatch, TrialReport as StoredReport, TrialSample } from '../sync/trial-report.js';
import type { Context } from './context.js';
import { shownJob } from './jobs.js';
import { isHidden } from './personal-mappings.js';
import { refusal, userError } from './user-errors.js';
import { shownValueMap } from './value-map-shapes.js';

const masked = '•••';

/** One line for each kind of record: orders and invoices come from two streams, branches are no records of their own here. */
function readsOf({ reads }: StoredReport) {
  const found = new Map<string, { system: string; entityType: string; count: number; isComplete: boolean }>();
  for (const { system, entity, count, isComplete } of reads) {
    if (entity === 'stock_location') continue;
    const entityType = entityTypes[entity]!;
    const before = found.get(`${system} ${entityType}`) ?? { count: 0, isComplete: true };
    const sum = { count: before.count + count, isComplete: before.isComplete && isComplete };
    found.set(`${system} ${entityType}`, { system, entityType, ...sum });
  }
  return [...found.values()];
}

@Resolver(() => Job)
export class TrialResolver {
  @FieldResolver(() => TrialReport, {
    nullable: true,
    description: 'What a trial run has found; null for other jobs and until it has ended.',
  })
  async trial(@Root() { trialReport }: Job, @Ctx() context: Context): Promise<TrialReport | null> {
    const report = trialReport as StoredReport | null;
    if (report === null) return null;
    const { reads } = context;
    const flows = new Map((await reads.flows()).map((flow) => [flow.key, flow]));
    const systems = new Map((await reads.load.systems()).map((system) => [system.key, system]));
    const lists = new Map((await reads.valueLists()).map((row) => [row.key, row]));
    const side = (of: TrialMatch['entity'], each: TrialMatch['sides'][number]): TrialSide => {
      const hide = <T extends { readonly key: string; readonly label: string }>(found: readonly T[]) =>
        isHidden(context, of) ? [] : found;
      return {
        ...{ system: systems.get(each.system) ?? null, keys: each.keys, isComplete: each.isComplete },
        ...{ onlyHere: each.only.count, onlyHereExamples: hide(each.only.examples) },
        ...{ notNumeric: each.notNumeric.count, notNumericExamples: hide(each.notNumeric.examples) },
      };
    };
    const sample = ({ entity, changes, ...rest }: TrialSample, target: string | null) => ({
      ...{ ...rest, entityType: entityTypes[entity]!, about: { entity, system: null } },
      changes: changes.map((change) => ({ ...change, about: { entity, system: target } })),
      ...(isHidden(context, entity) ? { label: masked, reason: null, changes: [] } : {}),
    });
    return {
      reads: readsOf(report).map(({ system, ...rest }) => ({ ...rest, system: systems.get(system) ?? null })),
      flows: report.flows.map(({ flow, outcomes, causes, calls, estimatedMs, samples }) => ({
        ...{ flow: flows.get(flow) ?? null, calls },
        causes: outcomes.some(({ entity }) => isHidden(context, entity)) ? [] : causes,
        outcomes: outcomes.map(({ entity, ...rest }) => ({ ...rest, entityType: entityTypes[entity]! })),
        estimatedDuration: estimatedMs === null ? null : durationOf(estimatedMs),
        samples: samples.map((each) => sample(each, flows.get(flow)?.targetKey ?? null)),
      })),
      matches: report.matches.map(({ entity, matched, sides }) => ({
        ...{ entityType: entityTypes[entity]!, matched },
        sides: sides.map((each) => side(entity, each)),
      })),
      unmapped: report.unmapped.map(({ list, value, secondKey, count }) => {
        const row = lists.get(list);
        return {
          valueMap: row ? shownValueMap(row) : null,
          value,
          secondKey: secondKey === '' ? null : secondKey,
          count,
        };
      }),
    };
  }

  @Mutation(() => JobPayload, {
    description:
      'Finds out what flows would do: reads what their systems have, up to a limit, and plans it as the flows would. Writes nothing anywhere.',
  })
  async flowsTry(
    @Arg('input', () => FlowsTryInput) input: FlowsTryInput,
    @Ctx() context: Context,
  ): Promise<JobPayload> {
    const refused = (message: string, field: string): JobPayload => ({
      job: null,
      userErrors: [userError('INVALID', message, [field])],
    });
    const { flowIds, most, samples } = input;
    if (most < 25 || most > 5_000) return refused('Between 25 and 5000 records of a kind are read.', 'most');
    if (samples < 1 || samples > 100) return refused('Between 1 and 100 records of a flow are shown.', 'samples');
    if (flowIds.length === 0) return refused('Name at least one flow.', 'flowIds');
    const all = await context.reads.flows();
    const flows = all.filter(({ id }) => flowIds.includes(id)).map(({ key }) => key);
    const unknown = flowIds.find((id) => !all.some((flow) => flow.id === id));
    if (unknown !== undefined) return refused(`There is no flow ${unknown}.`, 'flowIds');
    try {
      const id = await context.commands.trials.start({ flows, most, samples }, context.caller.actorId);
      await context.audit('flowsTry', id, { flows });
      const job = await context.fresh().job(id);
      return { job: job && shownJob(context, job), userErrors: [] };
    } catch (thrown) {
      return { job: null, userErrors: [refusal(thrown, ['flowIds'])] };
    }
  }
}
