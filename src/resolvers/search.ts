/**
 * One question over everything: what is called exactly so comes first, then what the lists of the graph find. A key is shown
 * the kinds of record that it may see, and no others.
 */
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { KoppelError } from '../base/errors.js';
import { SearchHit } from '../schema/search.js';
import type { ScopeName } from '../schema/access.js';
import type { Context } from './context.js';
import { shownMapping } from './mapping-shapes.js';
import { shownValueMap } from './value-map-shapes.js';

const mostHits = 50;
const longest = 200;

type Hit = { readonly id: string };
interface Kind {
  readonly scope: ScopeName;
  find(context: Context, text: string, limit: number): Promise<readonly Hit[]>;
}

const named = <T extends { readonly key: string; readonly name?: string }>(all: readonly T[], text: string): T[] => {
  const wanted = text.toLowerCase();
  return all.filter(({ key, name = '' }) => key.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted));
};

/** In the order in which hits of the same rank are shown. */
const kinds: readonly Kind[] = [
  {
    scope: 'READ_ORDERS',
    find: async ({ reads }, search, first) =>
      (await reads.orders({ search, filter: null, sort: null }, { first })).nodes,
  },
  {
    scope: 'READ_CATALOGUE',
    find: async ({ reads }, search, first) => (await reads.productVariants(search, null, { first })).nodes,
  },
  {
    scope: 'READ_CATALOGUE',
    find: async ({ reads }, search, first) =>
      (await reads.products({ search, filter: null, sort: null }, { first })).nodes,
  },
  {
    scope: 'READ_CUSTOMERS',
    find: async ({ reads }, search, first) =>
      (await reads.customers({ search, filter: null, sort: null }, { first })).nodes,
  },
  {
    scope: 'READ_CATALOGUE',
    find: async ({ reads }, search, first) => (await reads.categories(search, null, { first })).nodes,
  },
  {
    scope: 'READ_OPERATIONS',
    find: async ({ reads }, search, first) =>
      (await reads.deadLetters({ search, filter: { status: ['OPEN'] }, sort: null }, { first })).nodes,
  },
  { scope: 'READ_OPERATIONS', find: async ({ reads }, text) => named(await reads.flows(), text) },
  { scope: 'READ_OPERATIONS', find: async ({ reads }, text) => named(await reads.load.systems(), text) },
  { scope: 'READ_OPERATIONS', find: async ({ reads }, text) => named(await reads.mappings(), text).map(shownMapping) },
  {
    scope: 'READ_OPERATIONS',
    find: async ({ reads }, text) => named(await reads.valueLists(), text).map(shownValueMap),
  },
];

@Resolver()
export class SearchResolver {
  @Query(() => [SearchHit], {
    description:
      'Whatever has this name, number, SKU or code: what is called exactly so first. Kinds that the key may not see are left out.',
  })
  async search(
    @Arg('text', () => String, { description: 'What is known of it; 1 to 200 characters.' }) text: string,
    @Arg('first', () => Int, { defaultValue: 20, description: `At most this many; 1 to ${mostHits}.` }) first: number,
    @Ctx() context: Context,
  ): Promise<(typeof SearchHit)[]> {
    const wanted = text.trim();
    if (wanted === '' || wanted.length > longest) {
      throw new KoppelError('BAD_INPUT', { where: 'text', what: `a search has 1 to ${longest} characters` });
    }
    const limit = Math.min(Math.max(first, 1), mostHits);
    const found: Hit[] = [];
    for (const { scope, find } of kinds) {
      if (context.caller.scopes.has(scope)) found.push(...(await find(context, wanted, limit)).slice(0, limit));
    }
    const ranked = [...found.filter((hit) => isCalled(hit, wanted)), ...found.filter((hit) => !isCalled(hit, wanted))];
    return ranked.slice(0, limit) as (typeof SearchHit)[];
  }
}

const names = ['number', 'sku', 'gtin', 'code', 'key', 'externalId', 'email', 'name', 'reference'] as const;

/** Whether it is called exactly so. */
function isCalled(hit: Hit, text: string): boolean {
  const parts = hit as Hit & Partial<Record<(typeof names)[number], unknown>>;
  return names.some((name) => typeof parts[name] === 'string' && parts[name].toLowerCase() === text.toLowerCase());
}
