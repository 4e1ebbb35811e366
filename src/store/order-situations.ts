/** How orders and invoices stand to each other as a target sees them (canonical/invoices.ts): one statement for many. */
import type { OrderSituation, SettledOrder } from '../canonical/invoices.js';
import type { Query } from './database.js';

/** A record that the target has; one that it only mentioned may be nothing there. */
const isThere = (id: string): string => `exists (
    select from external_reference r
    where r.system = $1 and r.entity = 'order' and r.canonical_id = ${id} and r.origin <> 'MENTIONED')`;

/** By canonical id; ids without a row are absent. */
export async function loadOrderSituations(
  query: Query,
  target: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OrderSituation>> {
  if (ids.length === 0) return new Map();
  const rows = await query.query<{
    id: string;
    created_at: Date;
    settles: readonly SettledOrder[];
    invoiced_there_as: string | null;
  }>(
    `select o.id, o.created_at,
       coalesce((
         select json_agg(json_build_object(
           'number', s.number, 'origin', s.provenance ->> '*', 'isThere', ${isThere('n.id')}) order by n.at)
         from jsonb_array_elements_text(o.settles) with ordinality as n(id, at)
         left join sales_order s on s.id = n.id), '[]') as settles,
       (select coalesce(i.number, '') from sales_order i
        where i.settles <> '[]' and i.settles ? o.id and i.type = 'INVOICE' and ${isThere('i.id')}
        order by i.id limit 1) as invoiced_there_as
     from sales_order o
     where o.id = any($2::text[])`,
    [target, ids],
    'order-situations',
  );
  return new Map(
    rows.map(({ id, created_at, settles, invoiced_there_as }) => [
      id,
      { knownSince: created_at.toISOString(), settles, invoicedThereAs: invoiced_there_as },
    ]),
  );
}
