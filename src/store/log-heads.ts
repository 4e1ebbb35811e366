/** Where a log stands: grows by one with each entry that is committed. */
import type { Query } from './database.js';

export async function headOf(query: Query, topic: string): Promise<string> {
  const [row] = await query.query<{ head: string }>(
    'select coalesce(sum(next_offset), 0)::text as head from log_partition where topic = $1',
    [topic],
  );
  return row?.head ?? '0';
}
