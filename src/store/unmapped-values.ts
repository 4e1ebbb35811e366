/** Values that a value list had no entry for: how often and where last, so that a person can add what matters first. */
import type { Tx } from './database.js';

export interface UnmappedValue {
  readonly list: string;
  readonly value: string;
  /** Of lists with two keys (country). */
  readonly secondKey?: string;
  readonly traceId: string;
}

export async function countUnmapped(tx: Tx, values: readonly UnmappedValue[]): Promise<void> {
  if (values.length === 0) return;
  await tx.query(
    `insert into unmapped_value as u (value_list, value, second_key, count, example_trace_id)
     select list, value, second_key, count(*), max(trace_id)
     from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as v(list, value, second_key, trace_id)
     group by list, value, second_key
     order by list, value, second_key
     on conflict (value_list, value, second_key) do update
     set count = u.count + excluded.count, last_seen_at = now(), example_trace_id = excluded.example_trace_id`,
    [
      values.map((v) => v.list),
      values.map((v) => v.value),
      values.map((v) => v.secondKey ?? ''),
      values.map((v) => v.traceId),
    ],
    'unmapped-count',
  );
}
