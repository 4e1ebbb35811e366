/** Fields on which systems do not agree and about which people decide: one open conflict per record and field. */
import type { Json } from '../base/document.js';
import type { Claim, Contest } from '../canonical/contests.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import type { IdFilter } from '../schema/filters.js';
import { textConditions } from './conditions.js';
import type { Query, Tx } from './database.js';
import type { List } from './pages.js';
import { raw, sql } from './sql.js';

export type ConflictResolution = 'AGREED' | 'CHOSEN' | 'POLICY';

export interface FieldConflictRow {
  readonly id: string;
  readonly entity: CanonicalEntity;
  readonly canonicalId: string;
  readonly field: string;
  readonly base: Json | undefined;
  readonly claims: Readonly<Record<string, Claim>>;
  readonly detectedAt: Date;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: string | null;
  readonly resolution: ConflictResolution | null;
  /** With which it was ended, by a person or a policy. */
  readonly value: Json;
}

const columns = `id, entity, canonical_id as "canonicalId", field, base, base is null as "isWithoutBase", claims,
  detected_at as "detectedAt", resolved_at as "resolvedAt", resolved_by as "resolvedBy", resolution, value`;

export type StoredConflict = FieldConflictRow & { readonly isWithoutBase: boolean } & Record<string, unknown>;

/** Of a row of the list. */
export const toConflict = ({ isWithoutBase, ...row }: StoredConflict): FieldConflictRow => ({
  ...row,
  base: isWithoutBase ? undefined : (row.base ?? null),
});

/** Open conflicts of records, by canonical id and field. */
export async function openContests(
  query: Query,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, Contest>>>> {
  if (ids.length === 0) return new Map();
  const rows = await query.query<StoredConflict>(
    `select ${columns} from field_conflict where canonical_id = any($1::text[]) and resolved_at is null`,
    [ids],
    'contests-open',
  );
  const found = new Map<string, Record<string, Contest>>();
  for (const row of rows.map(toConflict)) {
    const { canonicalId, field, base, claims } = row;
    found.set(canonicalId, { ...found.get(canonicalId), [field]: { base, claims } });
  }
  return found;
}

export interface ContestWrite {
  /** Taken when none is open yet. */
  readonly id: string;
  readonly entity: CanonicalEntity;
  readonly canonicalId: string;
  readonly field: string;
  /** Null: the systems have come round. */
  readonly contest: Contest | null;
}

/** Opens conflicts, renews their claims, and ends those that the systems have ended themselves. */
export async function writeContests(tx: Tx, writes: readonly ContestWrite[]): Promise<void> {
  if (writes.length === 0) return;
  const open = writes.flatMap(({ contest, ...write }) =>
    contest === null
      ? []
      : [{ ...write, isWithoutBase: contest.base === undefined, base: contest.base ?? null, claims: contest.claims }],
  );
  const over = writes.filter(({ contest }) => contest === null);
  const written = tx.query(
    `insert into field_conflict as c (id, entity, canonical_id, field, base, claims)
     select id, entity, "canonicalId", field, case when "isWithoutBase" then null else coalesce(base, 'null') end, claims
     from json_to_recordset($1::json)
       as w(id text, entity text, "canonicalId" text, field text, "isWithoutBase" boolean, base jsonb, claims jsonb)
     order by "canonicalId", field
     on conflict (canonical_id, field) where resolved_at is null do update set claims = excluded.claims`,
    [JSON.stringify(open)],
    'contests-write',
  );
  const ended = tx.query(
    `update field_conflict c set resolved_at = now(), resolution = 'AGREED'
     from unnest($1::text[], $2::text[]) as o(canonical_id, field)
     where c.canonical_id = o.canonical_id and c.field = o.field and c.resolved_at is null`,
    [over.map(({ canonicalId }) => canonicalId), over.map(({ field }) => field)],
    'contests-over',
  );
  await Promise.all([written, ended]);
}

export async function findConflict(query: Query, id: string): Promise<FieldConflictRow | undefined> {
  const [row] = await query.query<StoredConflict>(`select ${columns} from field_conflict where id = $1`, [id]);
  return row && toConflict(row);
}

/** Ends an open conflict; false when it was ended meanwhile. */
export async function closeConflict(
  tx: Tx,
  id: string,
  outcome: { readonly by: string; readonly resolution: ConflictResolution; readonly value: Json },
): Promise<boolean> {
  const rows = await tx.query(
    `update field_conflict set resolved_at = now(), resolved_by = $2, resolution = $3, value = $4
     where id = $1 and resolved_at is null returning 1 as closed`,
    [id, outcome.by, outcome.resolution, JSON.stringify(outcome.value)],
  );
  return rows.length > 0;
}

/** Conflicts as the graph lists them, the latest first. */
export function conflictList(asked: {
  readonly entities: readonly string[];
  readonly isOpen: boolean | null;
  /** Of which records; of which field of them. */
  readonly entityId?: IdFilter | null;
  readonly field?: string | null;
}): List {
  const state = asked.isOpen === null ? [] : [raw(`c.resolved_at is ${asked.isOpen ? '' : 'not '}null`)];
  return {
    select: raw(columns),
    from: raw('field_conflict c'),
    where: [
      sql`c.entity = any(${[...asked.entities]}::text[])`,
      ...state,
      ...textConditions('c.canonical_id', asked.entityId),
      ...(asked.field == null ? [] : [sql`c.field = ${asked.field}`]),
    ],
    order: {
      name: 'detected',
      keys: [
        { expression: 'c.detected_at', type: 'timestamptz' },
        { expression: 'c.id', type: 'text' },
      ],
      descending: true,
    },
  };
}

/** Ids of the open conflicts of a field, a page at a time in their order. */
export async function openConflictsOf(
  query: Query,
  { entity, field }: { readonly entity: string; readonly field: string },
  limit: number,
): Promise<readonly string[]> {
  const rows = await query.query<{ id: string }>(
    `select id from field_conflict where entity = $1 and field = $2 and resolved_at is null order by id limit $3`,
    [entity, field, limit],
  );
  return rows.map(({ id }) => id);
}
