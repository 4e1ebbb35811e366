/** What people call records: the SKU of a variant, the number of a customer; for sentences that name them. */
import type { Query } from './database.js';

/**
 * Names by `<entity>:<canonical id>`. Of a record that was only mentioned so far, what it was mentioned by. One statement, none
 * without records.
 */
export async function namesOf(
  query: Query,
  records: readonly { readonly entity: string; readonly canonicalId: string }[],
): Promise<ReadonlyMap<string, string>> {
  if (records.length === 0) return new Map();
  const rows = await query.query<{ entity: string; id: string; name: string | null }>(
    `select k.entity, k.id, coalesce(
       case k.entity
         when 'variant' then (select sku from variant where id = k.id)
         when 'product' then (select code from product where id = k.id)
         when 'category' then (select name from category where id = k.id)
         when 'customer' then (select number from customer where id = k.id)
         when 'contact' then (select number from customer where id = k.id)
         when 'order' then (select number from sales_order where id = k.id) end,
       (select min(coalesce(r.natural_key, r.external_id)) from external_reference r
        where r.canonical_id = k.id and r.entity = case k.entity when 'contact' then 'customer' else k.entity end)) as name
     from (select distinct * from unnest($1::text[], $2::text[]) as u(entity, id)) k`,
    [records.map((each) => each.entity), records.map((each) => each.canonicalId)],
    'record-names',
  );
  return new Map(rows.flatMap(({ entity, id, name }) => (name === null ? [] : [[`${entity}:${id}`, name]])));
}
