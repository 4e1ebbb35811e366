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

const open = (c: string): string =>
  `${c}.merged_into_id is null and ${c}.erased_at is null and ${c}.deleted_at is null`;

/** What two customers have in common: the expression of an index, and when it says something. */
const signs = [
  { sign: 'EMAIL', key: (c: string) => `lower(${c}.email)`, isSaid: (c: string) => `${c}.email <> ''` },
  { sign: 'VAT_NUMBER', key: (c: string) => `customer_vat_key(${c}.vat_number)`, isSaid: (c: string) => `${c}.vat_number is not null` },
  {
    sign: 'NAME_AND_POSTCODE',
    key: (c: string) => `customer_place_key(coalesce(${c}.company_name, ${c}.full_name, ${c}.last_name), ${c}.addresses)`,
    isSaid: (c: string) => `${c}.addresses <> '[]'`,
  },
] as const; // prettier-ignore

export const readPossibleDuplicates = (
  query: Query,
  ids: readonly string[],
): Promise<(PossibleDuplicate & { readonly of: string })[]> =>
  selected(
    query,
    `with pair as (
       ${signs
         .map(
           ({ sign, key, isSaid }) => `select c.id as "of", d.id as other, '${sign}' as sign
       from customer c join customer d on ${key('d')} = ${key('c')} and ${isSaid('d')} and d.kind = c.kind and d.id <> c.id and ${open('d')}
       where c.id = any($1) and ${isSaid('c')} and ${open('c')}`,
         )
         .join('\n       union all\n       ')}
     ), found as (
       select "of", other, array_agg(sign order by sign) as signs,
         row_number() over (partition by "of" order by count(*) desc, other) as place
       from pair group by "of", other)
     select "of", other as "customerId", signs from found where place <= ${most} order by "of", place`,
    [ids],
  );

/** Customers that have something in common with another one. */
export function duplicateConditions(hasSome: boolean | null | undefined): Sql[] {
  if (typeof hasSome !== 'boolean') return [];
  const shared = signs.map(
    ({ key, isSaid }) => `coalesce((c.kind, ${key('c')}) in (
      select d.kind, ${key('d')} from customer d where ${open('d')} and ${isSaid('d')} and ${key('d')} is not null
      group by 1, 2 having count(*) > 1), false)`,
  );
  const has = `(${open('c')} and (${shared.join(' or ')}))`;
  return [raw(hasSome ? has : `not ${has}`)];
}
