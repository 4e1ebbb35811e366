/**
 * What waits for a person, with everything needed to understand it and to try again. One open problem per record and stage:
 * another failure of the same record raises its count, a good change of it resolves it.
 */
import type { Document, Json } from '../base/document.js';
import type { Query, Tx } from './database.js';

export type ParkedStage = 'capture' | 'ingest' | 'project';

export interface LogPlace {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

export interface ParkedRecord {
  /** Taken when the record is not parked yet. */
  readonly id: string;
  readonly stage: ParkedStage;
  readonly system: string;
  readonly flow: string | null;
  readonly entity: string;
  readonly canonicalId: string | null;
  readonly externalId: string | null;
  /** `<record>:<external id>` for capture and ingest, `<entity>:<canonical id>` for project. */
  readonly recordKey: string;
  readonly traceId: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** Where in the record that was to be made or written. */
  readonly path: string | null;
  /** Where in the record that was read. */
  readonly sourcePath: string | null;
  /** What stands there; null when it is not known. */
  readonly value: Json;
  /** Key of the value list that lacks an entry, when that is what is wrong. */
  readonly valueList: string | null;
  readonly original: string | null;
  readonly classification: string;
  /** Problems with the same fingerprint have the same cause and are offered as one group. */
  readonly fingerprint: string;
  readonly payload: Document;
  readonly log: LogPlace | null;
}

/** Parks records; of several for the same record in one call the last one stands. */
export async function parkRecords(tx: Tx, records: readonly ParkedRecord[]): Promise<void> {
  if (records.length === 0) return;
  const last = new Map(records.map((record) => [`${record.stage} ${record.system} ${record.recordKey}`, record]));
  const rows = [...last.values()].map(({ log, ...record }) => ({
    ...record,
    topic: log?.topic ?? null,
    partition: log?.partition ?? null,
    offset: log === null ? null : String(log.offset),
  }));
  await tx.query(
    `insert into parked as p (id, stage, system, flow, entity, canonical_id, external_id, record_key, trace_id, code, message,
       hint, path, source_path, value, value_list, original, classification, fingerprint, payload, log_topic, log_partition, log_offset)
     select * from json_to_recordset($1::json) as r(
       id text, stage text, system text, flow text, entity text, "canonicalId" text, "externalId" text, "recordKey" text,
       "traceId" text, code text, message text, hint text, path text, "sourcePath" text, value jsonb,
       "valueList" text, original text, classification text, fingerprint text, payload jsonb, topic text, partition integer, "offset" bigint)
     order by "recordKey"
     on conflict (stage, system, record_key) where status in ('OPEN', 'REPLAYING') do update
     set status = 'OPEN', attempt_count = p.attempt_count + 1, last_failed_at = now(),
       flow = excluded.flow, canonical_id = coalesce(excluded.canonical_id, p.canonical_id),
       trace_id = excluded.trace_id, code = excluded.code, message = excluded.message, hint = excluded.hint,
       path = excluded.path, source_path = excluded.source_path, value = excluded.value, value_list = excluded.value_list, original = excluded.original,
       classification = excluded.classification,
       fingerprint = excluded.fingerprint, payload = excluded.payload, log_topic = excluded.log_topic,
       log_partition = excluded.log_partition, log_offset = excluded.log_offset`,
    [JSON.stringify(rows)],
    'parked-park',
  );
}

/** Resolves the open problems of records that have gone through since; returns how many there were. */
export async function resolveParked(
  tx: Tx,
  stages: readonly ParkedStage[],
  system: string,
  recordKeys: readonly string[],
  resolution: string,
): Promise<number> {
  if (recordKeys.length === 0) return 0;
  const rows = await tx.query(
    `update parked set status = 'RESOLVED', resolved_at = now(), resolution = $4
     where stage = any($1::text[]) and system = $2 and record_key = any($3::text[]) and status in ('OPEN', 'REPLAYING')
     returning 1 as resolved`,
    [stages, system, recordKeys, resolution],
    'parked-resolve',
  );
  return rows.length;
}

/** A record that went through. */
export interface TakenIn {
  readonly recordKey: string;
  readonly version: string;
}

/**
 * Resolves the open problems of taking these records in. One of a later version stays: what was put aside while a write was under way is
 * taken up after it, and an older change that goes through says nothing of a newer one that did not.
 */
export async function resolveTaken(
  tx: Tx,
  system: string,
  taken: readonly TakenIn[],
  resolution: string,
): Promise<void> {
  if (taken.length === 0) return;
  await tx.query(
    `update parked p set status = 'RESOLVED', resolved_at = now(), resolution = $4
     from unnest($2::text[], $3::numeric[]) as t(record_key, version)
     where p.stage in ('capture', 'ingest') and p.system = $1 and p.record_key = t.record_key and p.status in ('OPEN', 'REPLAYING')
       and coalesce((p.payload ->> 'version')::numeric <= t.version, true)`,
    [system, taken.map(({ recordKey }) => recordKey), taken.map(({ version }) => version), resolution],
    'parked-resolve-taken',
  );
}

/** What a replay needs of an open problem. */
export interface OpenProblem {
  readonly id: string;
  readonly stage: ParkedStage;
  readonly system: string;
  readonly entity: string;
  readonly canonicalId: string | null;
  readonly payload: Document;
  readonly log: LogPlace | null;
}

const openColumns = `id, stage, system, entity, canonical_id, payload, log_topic, log_partition, log_offset`;

/** Marks open problems as being replayed and returns them; those of other states are left out. */
export async function beginReplay(query: Query, ids: readonly string[]): Promise<readonly OpenProblem[]> {
  const rows = await query.query<OpenRow>(
    `update parked set status = 'REPLAYING'
     where id = any($1::text[]) and status in ('OPEN', 'REPLAYING')
     returning ${openColumns}`,
    [ids],
  );
  return rows.map(toOpenProblem).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Puts a problem back whose replay could not be tried. */
export async function reopenParked(query: Query, ids: readonly string[]): Promise<void> {
  await query.query(`update parked set status = 'OPEN' where id = any($1::text[]) and status = 'REPLAYING'`, [ids]);
}

/**
 * Problems of records with a mark that the hub did not know, whose record it knows by now, oldest first. One that was put aside
 * meanwhile ends when that is taken up.
 */
export async function foundMarks(query: Query, system: string, limit: number): Promise<readonly string[]> {
  const rows = await query.query<{ id: string }>(
    `select p.id
     from parked p
     where p.system = $1 and p.code = 'MARK_UNKNOWN' and p.status in ('OPEN', 'REPLAYING')
       and (exists (select from sales_order o where o.id = p.original) or exists (select from customer c where c.id = p.original))
       and not exists (
         select from deferred_change d
         where d.system = p.system and d.entity = p.entity and d.external_id = p.external_id)
     order by p.id
     limit $2`,
    [system, limit],
    'parked-marks',
  );
  return rows.map((row) => row.id);
}

/** A person decides that a problem needs nothing more. */
export async function discardParked(
  query: Query,
  ids: readonly string[],
  note: string | null,
  by: string | null = null,
): Promise<number> {
  const rows = await query.query(
    `update parked set status = 'DISCARDED', resolved_at = now(), resolution = 'discarded', note = $2, resolved_by = $3
     where id = any($1::text[]) and status in ('OPEN', 'REPLAYING')
     returning 1 as discarded`,
    [ids, note, by],
  );
  return rows.length;
}

type OpenRow = {
  id: string;
  stage: ParkedStage;
  system: string;
  entity: string;
  canonical_id: string | null;
  payload: Document;
  log_topic: string | null;
  log_partition: number | null;
  log_offset: string | null;
};

function toOpenProblem(row: OpenRow): OpenProblem {
  const { log_topic: topic, log_partition: partition, log_offset: offset } = row;
  const log =
    topic === null || partition === null || offset === null ? null : { topic, partition, offset: BigInt(offset) };
  return {
    id: row.id,
    stage: row.stage,
    system: row.system,
    entity: row.entity,
    canonicalId: row.canonical_id,
    payload: row.payload,
    log,
  };
}
