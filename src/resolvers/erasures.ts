/** A person's data over the API: what is held of a customer, what erasing would remove, doing it, and its report. */
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import {
  CustomerEraseInput,
  CustomerErasePayload,
  CustomerExportInput,
  CustomerExportPayload,
  ErasureReport,
  type ErasureOutcome,
  type ErasureStore,
} from '../schema/erasure.js';
import { Job } from '../schema/job.js';
import type { UserError } from '../schema/payloads.js';
import type { ErasureReport as StoredReport } from '../sync/erasure.js';
import type { Context } from './context.js';
import { shownJob } from './jobs.js';
import { refusal, userError } from './user-errors.js';

/** `mappingTests` → `MAPPING_TESTS`. */
const nameOf = (store: string): ErasureStore['store'] =>
  store.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase() as ErasureStore['store'];

async function shown({ stores, systems, isLogInKafka }: Omit<StoredReport, 'reach'>, { reads }: Context) {
  const byKey = new Map((await reads.load.systems()).map((system) => [system.key, system]));
  const outcomes = systems.map(({ system, externalId, outcome, reason }): ErasureOutcome => ({
    system: byKey.get(system) ?? null,
    externalId,
    state: outcome,
    reason,
  }));
  return { stores: stores.map((each) => ({ ...each, store: nameOf(each.store) })), systems: outcomes, isLogInKafka };
}

@Resolver(() => Job)
export class ErasureResolver {
  @FieldResolver(() => ErasureReport, {
    nullable: true,
    description: 'What an erasure has removed; null for other jobs and until it has ended.',
  })
  async erasure(@Root() { erasureReport }: Job, @Ctx() context: Context): Promise<ErasureReport | null> {
    const report = erasureReport as unknown as StoredReport | null;
    if (report === null) return null;
    return { customerId: report.customerId, reach: report.reach, ...(await shown(report, context)) };
  }

  @Mutation(() => CustomerErasePayload, {
    description:
      'Removes what the hub holds of a customer: names, addresses, ways to reach him. Orders stay with their amounts. A dry run gives the plan first; the real one needs its hash and what it asks to be typed.',
  })
  async customerErase(
    @Arg('input', () => CustomerEraseInput) input: CustomerEraseInput,
    @Ctx() context: Context,
  ): Promise<CustomerErasePayload> {
    const { id: customerId, reach, isDryRun, confirmation, planHash } = input;
    const refused = (error: UserError): CustomerErasePayload => ({ job: null, plan: null, userErrors: [error] });
    const { erasures } = context.commands;
    try {
      if (isDryRun) {
        const plan = await erasures.plan(customerId, reach);
        const { openOrders, confirmations } = plan;
        const asked = { planHash: plan.planHash, openOrders, confirmation: confirmations[0] ?? customerId };
        return { job: null, plan: { ...asked, ...(await shown(plan, context)) }, userErrors: [] };
      }
      if (confirmation == null || planHash == null) {
        return refused(userError('BLANK', 'Send what the plan asks to be typed, and its hash.', ['confirmation']));
      }
      const job = await erasures.start({ customerId, reach }, { confirmation, planHash }, context.caller.actorId);
      await context.audit('customerErase', customerId, { reach, job });
      const stored = await context.fresh().job(job);
      return { job: stored && shownJob(context, stored), plan: null, userErrors: [] };
    } catch (thrown) {
      return refused(refusal(thrown, ['id']));
    }
  }

  @Mutation(() => CustomerExportPayload, {
    description:
      'All that the hub holds of a customer, as one document to give to him. It is kept nowhere; that it was asked for is noted.',
  })
  async customerExport(
    @Arg('input', () => CustomerExportInput) { id }: CustomerExportInput,
    @Ctx() context: Context,
  ): Promise<CustomerExportPayload> {
    try {
      const document = await context.commands.erasures.export(id);
      await context.audit('customerExport', id, {});
      return { document, userErrors: [] };
    } catch (thrown) {
      return { document: null, userErrors: [refusal(thrown, ['id'])] };
    }
  }
}
