/** All that the hub holds of a customer, as it stands in its tables: for the person who asks. */
import type { Document } from '../base/document.js';
import type { Query } from './database.js';
import type { LogKey } from './erasure-scrub.js';

/** Most entries of each store; a customer with more has `isComplete: false`. */
const most = 5_000;

/** What the hub calls a person: the customer with those who were merged into him, and the orders of all of them. */
export interface ExportedIds {
  readonly customerIds: readonly string[];
  readonly orderIds: readonly string[];
}

/** One list of rows per store, each row as JSON. `keys`: where the change log has what systems showed of him. */
export async function personDocuments(query: Query, ids: ExportedIds, topic: string, keys: readonly LogKey[]): Promise<Document> {
  const { customerIds, orderIds } = ids;
  const all = [...customerIds, ...orderIds];
  const parts: readonly (readonly [string, string, ...unknown[]])[] = [
    ['customer', 'select to_jsonb(x) as row from customer x where id = any($1::text[]) order by merged_into_id nulls first, id', customerIds],
    ['merges', 'select to_jsonb(x) as row from customer_merge x where survivor_id = any($1::text[]) or duplicate_id = any($1::text[]) order by merged_at, id', customerIds],
    ['orders', 'select to_jsonb(x) as row from sales_order x where id = any($1::text[]) order by placed_at, id', orderIds],
    ['references', 'select to_jsonb(x) as row from external_reference x where canonical_id = any($1::text[]) order by system, entity, external_id', all],
    ['changes', 'select payload::jsonb as row from log_entry where (topic, key) in (select * from unnest($1::text[], $2::text[])) order by at', keys.map((key) => key.topic), keys.map((key) => key.key)],
    ['events', 'select payload::jsonb as row from log_entry where topic = $1 and key = any($2::text[]) order by "offset"', topic, all],
    ['journal', 'select to_jsonb(x) as row from journal x where canonical_id = any($1::text[]) order by position', all],
    ['problems', 'select to_jsonb(x) as row from parked x where canonical_id = any($1::text[]) order by first_failed_at, id', all],
    ['systems', 'select to_jsonb(x) as row from projection x where canonical_id = any($1::text[]) order by target, entity, canonical_id', all],
    ['conflicts', 'select to_jsonb(x) as row from field_conflict x where canonical_id = any($1::text[]) order by detected_at, id', all],
  ];
  const stores: Record<string, readonly Document[]> = {};
  for (const [store, text, ...values] of parts) {
    const rows = await query.query<{ row: Document }>(`${text} limit ${most}`, values);
    stores[store] = rows.map(({ row }) => row);
  }
  return { ...stores, isComplete: Object.values(stores).every((rows) => rows.length < most) };
} // prettier-ignore
