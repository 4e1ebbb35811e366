/**
 * The other rows of a change, for the bare script that writes as many as the hub: a reference, an event and a step of the journal for each
 * product and variant, and the position of the partition. The columns, indexes and about the bytes of the hub's; nothing is read, compared or
 * decided, and `before` says what `after` says.
 */
import { randomBytes } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Document } from '../src/base/document.js';

/** What the hub has of its own beside the rows of products and variants. */
export const bareTables = `
  create table bare_reference (like external_reference including all) with (fillfactor = 50);
  create table bare_event (like log_entry including all);
  create table bare_journal (like journal including all);
  create table bare_position (partition integer primary key, next_offset bigint not null);
  create sequence bare_event_place;
  create sequence bare_journal_place;
  insert into bare_reference (system, entity, external_id, canonical_id, origin)
    select 'till', 'product', code, id, 'INGESTED' from bare_product
    union all select 'till', 'variant', sku, id, 'INGESTED' from bare_variant`;

/** What stands in one of the other tables for one product or variant. */
export interface BareChange {
  readonly entity: 'product' | 'variant';
  readonly externalId: string;
  readonly id: string;
  readonly hash: string;
  readonly version: number;
  /** Fields that this edition changes. */
  readonly changed: Document;
}

export interface BareBatch {
  readonly changes: readonly BareChange[];
  readonly partition: number;
  readonly nextOffset: string;
}

/** Writes them in the transaction of the products. */
export async function writeOtherRows(client: PoolClient, { changes, partition, nextOffset }: BareBatch): Promise<void> {
  const last = new Map(changes.map((change) => [change.id, change]));
  const references = [...last.values()].map(({ entity, externalId, id, hash, version }) => ({
    entity,
    external_id: externalId,
    canonical_id: id,
    content_hash: hash,
    source_version: version,
  }));
  const traced = changes.map((change) => ({ change, trace: randomBytes(16).toString('hex') }));
  const events = traced.map(({ change: { entity, id, version, externalId, changed }, trace }) => ({
    key: id,
    trace_id: trace,
    payload: JSON.stringify({
      entity,
      id,
      version,
      action: 'updated',
      changes: Object.fromEntries(Object.entries(changed).map(([name, after]) => [name, { before: after, after }])),
      cause: { system: 'till', externalId },
    }),
  }));
  const steps = traced.map(({ change: { entity, id, externalId, version, changed }, trace }) => ({
    trace_id: trace,
    entity,
    canonical_id: id,
    external_id: externalId,
    detail: { version, fields: Object.keys(changed), seenAt: at, log: { topic: 'changes.till', partition, offset: nextOffset }, mapping: { key: 'bench-product-in', version: 1 } }, // prettier-ignore
  }));
  await client.query({ name: 'references', text: referenceSql, values: [JSON.stringify(references)] });
  await client.query({ name: 'events', text: eventSql, values: [JSON.stringify(events)] });
  await client.query({ name: 'journal', text: journalSql, values: [JSON.stringify(steps)] });
  await client.query({ name: 'position', text: positionSql, values: [partition, nextOffset] });
}

const at = new Date().toISOString();
const referenceSql = `insert into bare_reference as b (system, entity, external_id, canonical_id, origin, source_version, content_hash, last_seen_at)
  select 'till', r.entity, r.external_id, r.canonical_id, 'INGESTED', r.source_version, r.content_hash, now()
  from json_to_recordset($1::json) as r(entity text, external_id text, canonical_id text, source_version numeric, content_hash text)
  order by 2, 3
  on conflict (system, entity, external_id) do update set source_version = excluded.source_version, content_hash = excluded.content_hash,
    last_seen_at = now()`;
const eventSql = `insert into bare_event (topic, partition, "offset", key, trace_id, payload)
  select 'canonical', 0, nextval('bare_event_place'), r.key, r.trace_id, r.payload
  from json_to_recordset($1::json) as r(key text, trace_id text, payload text)`;
const journalSql = `insert into bare_journal (position, trace_id, step, outcome, flow, system, entity, canonical_id, external_id, detail)
  select nextval('bare_journal_place'), r.trace_id, 'applied', 'updated', 'products', 'till', r.entity, r.canonical_id, r.external_id, r.detail
  from json_to_recordset($1::json) as r(trace_id text, entity text, canonical_id text, external_id text, detail jsonb)`;
const positionSql = `insert into bare_position (partition, next_offset) values ($1, $2)
  on conflict (partition) do update set next_offset = excluded.next_offset`;
