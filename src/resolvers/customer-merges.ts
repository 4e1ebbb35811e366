/** Merging customers and taking them apart: the plan, the word that they are one, and who may be one. */
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { errorCodes } from '../base/error-codes.js';
import { Actor } from '../schema/audit.js';
import { Customer } from '../schema/customer.js';
import {
  CustomerMerge,
  CustomersMergeInput,
  CustomersMergeItem,
  CustomersMergePayload,
  CustomersMergePlan,
  CustomersMergeSelection,
  CustomersUnmergeInput,
  CustomersUnmergePayload,
  MergedRecord,
  MovedReference,
  PossibleDuplicate,
} from '../schema/customer-merge.js';
import type { UserError } from '../schema/payloads.js';
import { System } from '../schema/system.js';
import type { MergePlan, MergeSelection } from '../sync/customer-merges.js';
import { nobodyOr } from './actors.js';
import type { Context } from './context.js';
import { refusal, userError } from './user-errors.js';

const most = 10;
const longestReason = 500;

const shownPlan = ({ planHash, survivorId, items }: MergePlan): CustomersMergePlan => ({
  planHash,
  survivorId,
  items: items.map(({ customerId, refusal: code, orders, records }) => ({
    customerId,
    refusal: code === null ? null : `${errorCodes[code].message} ${errorCodes[code].hint}`,
    orders,
    records: records.map(({ system, externalId, key, fate }) => ({ systemKey: system, externalId, key, fate })),
  })),
});

/** Whoever may not see people does not say that two of them are one. */
const seesPeople = ({ caller }: Context): boolean => caller.scopes.has('READ_CUSTOMERS');

/** The customers that are meant, each once; or what is wrong with them. */
function selectionOf(context: Context, { survivorId, duplicateIds }: MergeSelection): MergeSelection | UserError {
  const ids = [...new Set(duplicateIds)];
  if (!seesPeople(context)) return userError('NOT_FOUND', `There is no customer ${survivorId}.`, ['survivorId']);
  if (ids.length === 0) return userError('BLANK', 'Name at least one customer.', ['duplicateIds']);
  if (ids.length > most) return userError('TOO_MANY', `Name at most ${most} customers.`, ['duplicateIds']);
  return { survivorId, duplicateIds: ids };
}

function reasonIn(text: string): string | UserError {
  const why = text.trim();
  if (why === '') return userError('BLANK', 'Say why.', ['reason']);
  if (why.length > longestReason) return userError('TOO_LONG', `A reason has at most ${longestReason} characters.`, ['reason']); // prettier-ignore
  return why;
}

const nodeOf = async (context: Context, id: string): Promise<Customer | null> =>
  (await context.fresh().node(id)) as Customer | null;

@Resolver(() => Customer)
export class CustomerMergeResolver {
  @Query(() => CustomersMergePlan, {
    nullable: true,
    description: 'What merging customers would do now; null when one of them is not there.',
  })
  async customersMergePlan(
    @Arg('selection', () => CustomersMergeSelection) selection: CustomersMergeSelection,
    @Ctx() context: Context,
  ): Promise<CustomersMergePlan | null> {
    const meant = selectionOf(context, selection);
    if ('code' in meant) return null;
    try {
      return shownPlan(await context.commands.customerMerges.plan(meant));
    } catch (thrown) {
      refusal(thrown, ['survivorId']);
      return null;
    }
  }

  @Mutation(() => CustomersMergePayload, {
    description:
      'Says that customers are one. One survives: it is listed and written to systems, and orders of the others count with it. Nothing is lost: customersUnmerge takes them apart again.',
  })
  async customersMerge(
    @Arg('input', () => CustomersMergeInput) input: CustomersMergeInput,
    @Ctx() context: Context,
  ): Promise<CustomersMergePayload> {
    const refused = (error: UserError): CustomersMergePayload => ({ customer: null, userErrors: [error] });
    const reason = reasonIn(input.reason);
    if (typeof reason !== 'string') return refused(reason);
    const meant = selectionOf(context, input);
    if ('code' in meant) return refused(meant);
    const { survivorId, duplicateIds } = meant;
    try {
      const word = { by: context.caller.actorId, reason };
      await context.commands.customerMerges.merge(meant, input.planHash, word);
      await context.audit('customersMerge', survivorId, { duplicates: [...duplicateIds], reason });
      return { customer: await nodeOf(context, survivorId), userErrors: [] };
    } catch (thrown) {
      return refused(refusal(thrown, ['survivorId']));
    }
  }

  @Mutation(() => CustomersUnmergePayload, {
    description:
      'Takes a customer apart from the one that stands for it: it is listed, written and counted by itself again, and links that went over come back as far as they are still as they were.',
  })
  async customersUnmerge(
    @Arg('input', () => CustomersUnmergeInput) { id, reason: why }: CustomersUnmergeInput,
    @Ctx() context: Context,
  ): Promise<CustomersUnmergePayload> {
    const refused = (error: UserError): CustomersUnmergePayload => ({ customer: null, userErrors: [error] });
    const reason = reasonIn(why);
    if (typeof reason !== 'string') return refused(reason);
    if (!seesPeople(context)) return refused(userError('NOT_FOUND', `There is no customer ${id}.`, ['id']));
    try {
      const survivor = await context.commands.customerMerges.takeApart(id, { by: context.caller.actorId, reason });
      await context.audit('customersUnmerge', id, { survivor, reason });
      return { customer: await nodeOf(context, id), userErrors: [] };
    } catch (thrown) {
      return refused(refusal(thrown, ['id']));
    }
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'The customer that stands for this one.' })
  mergedInto(@Root() { mergedIntoId }: Customer, @Ctx() { reads }: Context) {
    return mergedIntoId === null ? null : reads.load.customer.load(mergedIntoId);
  }

  @FieldResolver(() => [CustomerMerge], { description: 'Customers for whom this one stands, the latest first.' })
  merges(@Root() { id }: Customer, @Ctx() context: Context) {
    return seesPeople(context) ? context.reads.load.merges.load(id) : [];
  }

  @FieldResolver(() => [PossibleDuplicate], {
    description:
      'Customers of the same kind that are perhaps the same one, those with most in common first; at most 10.',
  })
  possibleDuplicates(@Root() { id }: Customer, @Ctx() context: Context) {
    return seesPeople(context) ? context.reads.load.possibleDuplicates.load(id) : [];
  }
}

@Resolver(() => CustomersMergePlan)
class PlanResolver {
  @FieldResolver(() => Customer, { nullable: true, description: 'The one that goes on.' })
  survivor(@Root() { survivorId }: CustomersMergePlan, @Ctx() { reads }: Context) {
    return reads.load.customer.load(survivorId);
  }
}

@Resolver(() => CustomersMergeItem)
class ItemResolver {
  @FieldResolver(() => Customer, { nullable: true, description: 'The one that would be merged.' })
  customer(@Root() { customerId }: CustomersMergeItem, @Ctx() { reads }: Context) {
    return reads.load.customer.load(customerId);
  }
}

const systemOf = ({ reads }: Context, key: string): Promise<System | null> => reads.systemByKey(key);
const connected = { nullable: true, description: 'Null when it is not connected any more.' } as const;

@Resolver(() => MergedRecord)
class MergedRecordResolver {
  @FieldResolver(() => System, connected)
  system(@Root() { systemKey }: MergedRecord, @Ctx() context: Context) {
    return systemOf(context, systemKey);
  }
}

@Resolver(() => MovedReference)
class MovedReferenceResolver {
  @FieldResolver(() => System, connected)
  system(@Root() { systemKey }: MovedReference, @Ctx() context: Context) {
    return systemOf(context, systemKey);
  }
}

@Resolver(() => CustomerMerge)
class MergeResolver {
  @FieldResolver(() => Customer, { nullable: true, description: 'The one for whom another stands.' })
  customer(@Root() { duplicateId }: CustomerMerge, @Ctx() { reads }: Context) {
    return reads.load.customer.load(duplicateId);
  }

  @FieldResolver(() => Actor, { nullable: true, description: 'Who said so.' })
  mergedBy(@Root() { mergedById }: CustomerMerge, @Ctx() context: Context) {
    return nobodyOr(context, mergedById);
  }
}

@Resolver(() => PossibleDuplicate)
class DuplicateResolver {
  @FieldResolver(() => Customer, { nullable: true, description: 'The one that is perhaps the same.' })
  customer(@Root() { customerId }: PossibleDuplicate, @Ctx() { reads }: Context) {
    return reads.load.customer.load(customerId);
  }
}

export const customerMergeResolvers = [
  CustomerMergeResolver,
  PlanResolver,
  ItemResolver,
  MergedRecordResolver,
  MovedReferenceResolver,
  MergeResolver,
  DuplicateResolver,
];
