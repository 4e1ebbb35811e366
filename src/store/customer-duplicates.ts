/**
 * Customers that are perhaps one, by what they have in common: an address of e-mail, a VAT number, or name and postcode. In: ids, or a
 * filter. Out: pairs, or a condition. Every comparison is one that an index answers. Only customers of one kind that stand for
 * themselves and were not erased.
 */
import type { PossibleDuplicate } from '../schema/customer-merge.js';
import type { Query } from './database.js';
import { raw, selected, type Sql } from './sql.js';

/** Most customers that are named beside one. */
const most = 10;

/** What two customers may have in common, and the column that says it (table `customer_key`, which a trigger keeps). */
const signs = [
  { sign: 'EMAIL', key: 'email_key' },
  { sign: 'VAT_NUMBER', key: 'vat_key' },
  { sign: 'NAME_AND_POSTCODE', key: 'place_key' },
] as const;

export const readPossibleDuplicates = (
  query: Query,
  ids: readonly string[],
): Promise<(PossibleDuplicate & { readonly of: string })[]> =>
  selected(
    query,
    `with pair as (
       ${signs
         .map(
           ({ sign, key }) => `select c.customer_id as "of", d.customer_id as other, '${sign}' as sign
       from customer_key c join customer_key d on d.kind = c.kind and d.${key} = c.${key} and d.customer_id <> c.customer_id
       where c.customer_id = any($1)`,
         )
         .join('\n       union all\n       ')}
     ), found as (
       select "of", other, array_agg(sign order by sign) as signs,
         row_number() over (partition by "of" order by count(*) desc, other) as place
       from pair group by "of", other)
     select "of", other as "customerId", signs from found where place <= ${most} order by "of", place`,
    [ids],
  );

/**
 * Customers that have something in common with another one. Neighbours in an index have the same key, so that each index is read once, and
 * nothing else of those who are like nobody.
 */
export function duplicateConditions(hasSome: boolean | null | undefined): Sql[] {
  if (typeof hasSome !== 'boolean') return [];
  const twins = signs.map(
    ({ key }) => `select t.id from (
        select k.customer_id as id, count(*) over (partition by k.kind, k.${key}) as n from customer_key k where k.${key} is not null) t
      where t.n > 1`,
  );
  return [raw(`c.id ${hasSome ? 'in' : 'not in'} (${twins.join(' union all ')})`)];
}
