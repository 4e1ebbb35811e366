/**
 * One question over everything: what is called exactly so comes first, then what the lists of the graph find. A key is shown
 * the kinds of record that it may see, and no others.
 */
import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { KoppelError } from '../base/errors.js';
import type { Language } from '../base/languages.js';
import { said } from '../base/sentences/say.js';
import { PageArgs } from '../schema/page.js';
import { SearchHitConnection } from '../schema/search.js';
import type { ScopeName } from '../schema/access.js';
import type { RecordKind, SearchKind } from '../store/search-reads.js';
import type { Context } from './context.js';
import { shownMapping } from './mapping-shapes.js';
import { shownValueMap } from './value-map-shapes.js';

const longest = 200;

/** In the order in which hits of the same rank are shown. */
const recordKinds: readonly (readonly [RecordKind, ScopeName])[] = [
  ['orders', 'READ_ORDERS'],
  ['productVariants', 'READ_CATALOGUE'],
  ['products', 'READ_CATALOGUE'],
  ['customers', 'READ_CUSTOMERS'],
  ['categories', 'READ_CATALOGUE'],
  ['deadLetters', 'READ_OPERATIONS'],
];

/** People look for names that the hub has given as they read them. */
const named = <T extends { readonly name: string }>(language: Language, rows: readonly T[]): readonly T[] =>
  rows.map((row) => ({ ...row, name: said(language, row.name) }));

const configured = ({ reads, language }: Context): readonly SearchKind[] => [
  { named: 'flows', all: async () => named(language, await reads.flows()) },
  { named: 'systems', all: () => reads.load.systems() },
  { named: 'mappings', all: async () => (await reads.mappings()).map(shownMapping) },
  { named: 'valueMaps', all: async () => named(language, (await reads.valueLists()).map(shownValueMap)) },
];

@Resolver()
export class SearchResolver {
  @Query(() => SearchHitConnection, {
    description:
      'Whatever has this name, number, SKU or code, in pages: what is called exactly so first. Kinds that the key may not see are left out.',
  })
  search(
    @Arg('text', () => String, { description: 'What is known of it; 1 to 200 characters.' }) text: string,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ) {
    const wanted = text.trim();
    if (wanted === '' || wanted.length > longest) {
      throw new KoppelError('BAD_INPUT', { where: 'text', what: `a search has 1 to ${longest} characters` });
    }
    const { scopes } = context.caller;
    const kinds = recordKinds.flatMap(([records, scope]) => (scopes.has(scope) ? [{ records }] : []));
    const rest = scopes.has('READ_OPERATIONS') ? configured(context) : [];
    return context.reads.search(wanted, [...kinds, ...rest], page);
  }
}
