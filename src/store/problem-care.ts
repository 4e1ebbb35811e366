/** What people do with problems among themselves: who deals with one, notes, and words under which it is filed. */
import type { Query } from './database.js';
import { discardParked } from './parked.js';

/** Gives open problems to a user, or takes them from whoever has them; returns how many there were. */
async function assignParked(query: Query, ids: readonly string[], assignee: string | null): Promise<number> {
  const rows = await query.query(
    `update parked set assignee = $2 where id = any($1::text[]) and status in ('OPEN', 'REPLAYING') returning 1 as assigned`,
    [ids, assignee],
  );
  return rows.length;
}

/** False when there is no such problem; what is undefined stays. */
async function annotateParked(
  query: Query,
  id: string,
  { note, tags }: { readonly note?: string | null | undefined; readonly tags?: readonly string[] | undefined },
): Promise<boolean> {
  const rows = await query.query(
    `update parked set note = case when $2 then $3 else note end, tags = coalesce($4::text[], tags) where id = $1 returning 1 as noted`,
    [id, note !== undefined, note ?? null, tags ?? null],
  );
  return rows.length > 0;
}

/** What people may do with problems besides trying them again. */
export const problemCare = (query: Query) => ({
  discardParked: (ids: readonly string[], note: string, by: string) => discardParked(query, ids, note, by),
  assignParked: (ids: readonly string[], assignee: string | null) => assignParked(query, ids, assignee),
  annotateParked: (id: string, change: Parameters<typeof annotateParked>[2]) => annotateParked(query, id, change),
});
