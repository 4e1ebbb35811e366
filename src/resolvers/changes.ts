/**
 * Records as they change, and jobs as they go on. Changes come from the same log as all events, in commit order and resumable by
 * cursor; the record is read when the event is sent, so that it is as it is now.
 */
import { Arg, Ctx, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import { KoppelError } from '../base/errors.js';
import { Job } from '../schema/job.js';
import { EntityChangedPayload, type SyncEventRecordedPayload } from '../schema/payloads.js';
import { Syncable, typeOfId } from '../schema/syncable.js';
import { accessOfType } from './access.js';
import type { Context } from './context.js';
import { shownJob } from './jobs.js';

interface Following {
  readonly id?: string | null;
  readonly since?: string | null;
}

/** Changes of these kinds of record, of one of them when its id is given; refused when there is none with it. */
const changesOf =
  (...entityType: readonly string[]) =>
  async ({ args, context: given }: { readonly args: object; readonly context: unknown }) => {
    const { id, since } = args as Following;
    const context = given as Context;
    if (id != null && !(await isThere(context, id, entityType))) {
      throw new KoppelError('BAD_INPUT', { where: 'id', what: `there is no record ${id}` });
    }
    const filter = { entityType: [...entityType], step: 'applied', ...(id == null ? {} : { entityId: { eq: id } }) };
    return context.feed.open(context, { since: since ?? null, filter });
  };

const kindOf: Readonly<Record<string, string>> = {
  Product: 'PRODUCT',
  ProductVariant: 'PRODUCT_VARIANT',
  Customer: 'CUSTOMER',
  Order: 'ORDER',
  StockLevel: 'STOCK_LEVEL',
};

/** One that was deleted is still there, and comes again when a system shows it again. */
async function isThere({ fresh }: Context, id: string, entityType: readonly string[]): Promise<boolean> {
  return entityType.includes(kindOf[typeOfId(id) ?? ''] ?? '') && (await fresh().node(id)) !== null;
}

const changed = ({ event, cursor, isReplayed }: SyncEventRecordedPayload): EntityChangedPayload => ({
  event,
  cursor,
  isReplayed,
  changedFields: event.changedFields,
});

const idOf = (what: string) =>
  Arg('id', () => ID, { nullable: true, description: `Only this ${what}; all when left out.` });
const sinceOf = () =>
  Arg('since', () => String, { nullable: true, description: 'A cursor: what came after it is sent first.' });

@Resolver(() => EntityChangedPayload)
export class ChangeResolver {
  @Subscription(() => EntityChangedPayload, {
    description: 'Products and variants as the hub takes over changes of them.',
    subscribe: changesOf('PRODUCT', 'PRODUCT_VARIANT'),
  })
  productChanged(
    @Root() recorded: SyncEventRecordedPayload,
    @idOf('product or variant') _id?: string,
    @sinceOf() _since?: string,
  ) {
    return changed(recorded);
  }

  @Subscription(() => EntityChangedPayload, {
    description: 'Customers as the hub takes over changes of them.',
    subscribe: changesOf('CUSTOMER'),
  })
  customerChanged(
    @Root() recorded: SyncEventRecordedPayload,
    @idOf('customer') _id?: string,
    @sinceOf() _since?: string,
  ) {
    return changed(recorded);
  }

  @Subscription(() => EntityChangedPayload, {
    description: 'Orders as the hub takes over changes of them.',
    subscribe: changesOf('ORDER'),
  })
  orderChanged(@Root() recorded: SyncEventRecordedPayload, @idOf('order') _id?: string, @sinceOf() _since?: string) {
    return changed(recorded);
  }

  @Subscription(() => EntityChangedPayload, {
    description: 'Stock as the hub takes over counts of it.',
    subscribe: changesOf('STOCK_LEVEL'),
  })
  stockLevelChanged(
    @Root() recorded: SyncEventRecordedPayload,
    @idOf('level') _id?: string,
    @sinceOf() _since?: string,
  ) {
    return changed(recorded);
  }

  @FieldResolver(() => Syncable, { nullable: true, description: 'The record as it is now.' })
  entity(@Root() { event }: EntityChangedPayload, @Ctx() { reads, caller }: Context) {
    const type = typeOfId(event.canonicalId ?? '');
    return accessOfType(caller, type) && type !== 'StockLocation' ? reads.node(event.canonicalId!) : null;
  }

  @Subscription(() => Job, {
    description: 'A job each time that it has gone on; ends when the job has ended.',
    subscribe: ({ args, context }) =>
      (context as Context).jobFeed.open(context as Context, (args as { jobId: string }).jobId),
  })
  async jobProgressed(
    @Root() stored: Parameters<typeof shownJob>[1],
    @Ctx() context: Context,
    @Arg('jobId', () => ID, { description: 'Which one.' }) _jobId: string,
  ) {
    return Promise.resolve(shownJob(context, stored));
  }
}
