/** A two-way hub in which a person stands in every store, an erasure over it, and a search through all of the database. */
import { systemClock } from '../../src/base/clock.js';
import type { Document } from '../../src/base/document.js';
import { newId } from '../../src/base/ids.js';
import { canonicalTopic, changesTopic } from '../../src/log/change-log.js';
import * as merges from '../../src/store/customer-merges.js';
import * as records from '../../src/store/erasure-records.js';
import * as scrub from '../../src/store/erasure-scrub.js';
import * as sweeping from '../../src/store/erasure-sweep.js';
import * as store from '../../src/store/erasures.js';
import { dropPersonalExports } from '../../src/store/export-files.js';
import * as jobs from '../../src/store/jobs.js';
import * as journal from '../../src/store/journal.js';
import * as documents from '../../src/store/person-export.js';
import * as looks from '../../src/store/projection-looks.js';
import * as rows from '../../src/store/rows.js';
import {
  erasureWork,
  makeErasures,
  type ErasureDeps,
  type ErasureReach,
  type ErasureReport,
} from '../../src/sync/erasure.js';
import type { Database } from '../../src/store/database.js';
import { openTwoWayHub, order, type TwoWayHub } from './two-way-hub.js';

/** Every word is one that nothing else in the database is. */
export const words = ['Zwaantje', 'Quickelbergh', 'zwaantje@quickelbergh.test', '0612349876', 'Trompettersgat', 'Zierikzeemond', 'NL009876543B01', 'Geelvinkje', 'Oude Quickelbergh', 'vooroudermail@quickelbergh.test', 'Achterpadje', 'Kraaienbroek']; // prettier-ignore

export const person: Document = {
  kind: 'PERSON',
  number: 'K-4711',
  fullName: 'Zwaantje Quickelbergh',
  email: 'zwaantje@quickelbergh.test',
  phone: '0612349876',
  vatNumber: 'NL009876543B01',
  note: 'belt liever als Geelvinkje',
  addresses: [{ role: 'BILLING', line1: 'Trompettersgat 9', postalCode: '9999 ZX', city: 'Zierikzeemond', country: 'NL' }],
}; // prettier-ignore

export const sale = (more: Document = {}): Document =>
  order({
    customer: 'c1',
    number: '2026-77',
    totalIncl: '12.10',
    totalTax: '2.10',
    customerSnapshot: { kind: 'PERSON', name: 'Zwaantje Quickelbergh', email: 'zwaantje@quickelbergh.test' },
    billingAddress: { line1: 'Trompettersgat 9', city: 'Zierikzeemond', country: 'NL' },
    shippingAddress: { name: 'Geelvinkje', line1: 'Achterpadje 1', city: 'Kraaienbroek', country: 'BE' },
    reference: 'voor Zwaantje',
    note: 'bij Geelvinkje afgeven',
    payments: [{ key: 'till:1', amount: '12.10', reference: 'Z. Quickelbergh' }],
    ...more,
  });

export interface ErasingHub extends TwoWayHub {
  readonly erasure: ErasureDeps;
  /** The customer's id, and that of his first order. */
  readonly customerId: string;
  readonly orderId: string;
  erase(reach?: ErasureReach): Promise<ErasureReport>;
  plan: ReturnType<typeof makeErasures>['plan'];
  /** `table.column` of everything that holds one of the words, in any writing. */
  found(wanted?: readonly string[]): Promise<readonly string[]>;
}

/** A pg_dump that is read: every text of every column of every table. */
export async function search(database: Database, wanted: readonly string[]): Promise<readonly string[]> {
  const columns = await database.query<{ table: string; column: string; type: string }>(
    `select c.table_name as "table", c.column_name as "column", c.data_type as type from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
       and (c.data_type in ('text', 'json', 'jsonb', 'character varying', 'ARRAY', 'bytea') or c.data_type like 'USER%')
     order by 1, 2`,
  );
  const found: string[] = [];
  for (const { table, column, type } of columns) {
    // Bytes as text say their letters.
    const text = type === 'bytea' ? `encode(x."${column}", 'escape')` : `x."${column}"::text`;
    const [row] = await database.query<{ word: string | null }>(
      `select min(w) as word from "${table}" x, unnest($1::text[]) w where strpos(lower(${text}), lower(w)) > 0`,
      [wanted],
    );
    if (row?.word != null) found.push(`${table}.${column}: ${row.word}`);
  }
  return found;
}

export async function openErasingHub(options: Partial<ErasureDeps> = {}): Promise<ErasingHub> {
  const hub = await openTwoWayHub();
  const { database, log, configuration } = hub;
  const erasure: ErasureDeps = {
    database, log, configuration, canonicalTopic, changesTopic, rows, journal, store, merges, looks, documents, jobs,
    scrub: { ...records, ...scrub, ...sweeping, dropPersonalExports },
    clock: systemClock,
    isLogInKafka: false,
    looked: () => undefined,
    jobMade: () => undefined,
    patienceMs: 300,
    ...options,
  }; // prettier-ignore
  const former = { ...person, fullName: 'Oude Quickelbergh', email: 'vooroudermail@quickelbergh.test' };
  await hub.take('customers', [{ id: 'c1', document: former }]);
  await hub.take('customers', [{ id: 'c1', document: person }]);
  await hub.take('orders', [{ id: 'o1', document: sale() }]);
  const customerId = String((await hub.one('customer'))['id']);
  const orderId = String((await hub.one('sales_order'))['id']);
  return {
    ...hub,
    erasure,
    customerId,
    orderId,
    plan: makeErasures(erasure).plan,
    async erase(reach = 'HUB_ONLY') {
      const id = newId('job');
      const input = { customerId, reach };
      await database.tx((tx) => jobs.createJob(tx, { id, kind: 'ERASURE', input, createdBy: 'usr_1' }));
      const job = await jobs.findJob(database, id);
      return (await erasureWork(erasure)(job!, () => Promise.resolve())) as unknown as ErasureReport;
    },
    found: (wanted = words) => search(database, wanted),
  };
}

/** Puts the person into the tables that are filled by other parts of the hub, as they fill them. */
export async function spread({ database, customerId, orderId }: ErasingHub): Promise<void> {
  const asked = JSON.stringify(person);
  const sold = JSON.stringify(sale());
  const values = [customerId, orderId, asked, sold];
  const statements: readonly (readonly [string, ...unknown[]])[] = [
    [`insert into projection (target, entity, canonical_id, flow, state, reason, wanted, held, sent, match_key)
      values ('shop', 'customer', $1, 'f', 'in_sync', 'Zwaantje Quickelbergh', $2, $2, $2, 'zwaantje@quickelbergh.test')`, values[0], asked],
    [`insert into projection (target, entity, canonical_id, flow, state, wanted, held) values ('shop', 'order', $1, 'f', 'in_sync', $2, $2)`, orderId, sold],
    [`insert into parked (id, stage, system, entity, canonical_id, external_id, record_key, trace_id, code, message, hint, classification, fingerprint, payload, value)
      values ('prk_1', 'ingest', 'till', 'order', $1, 'o1', 'order:o1', 't', 'MAPPING_FAILED', 'Zwaantje is no name', 'h', 'data', 'f', $2, '"Zwaantje"')`,
      orderId, JSON.stringify({ system: 'till', record: 'order', externalId: 'o1', document: sale() })],
    [`insert into parked (id, stage, system, entity, canonical_id, external_id, record_key, trace_id, code, message, hint, classification, fingerprint, payload)
      values ('prk_2', 'project', 'shop', 'customer', $1, null, 'customer:x', 't', 'RECORD_REFUSED', '0612349876 is no number', 'h', 'data', 'f', $2)`,
      customerId, JSON.stringify({ wanted: person, held: person })],
    [`insert into deferred_change (system, entity, external_id, canonical_id, version, change, trace_id) values ('till', 'customer', 'c1', $1, 1, $2, 't')`, customerId, JSON.stringify({ record: 'customer', document: person })],
    [`insert into deferred_change (system, entity, external_id, canonical_id, version, change, trace_id) values ('till', 'order', 'o1', $1, 1, $2, 't')`, orderId, JSON.stringify({ record: 'order', document: sale() })],
    [`insert into field_conflict (id, entity, canonical_id, field, base, claims) values ('cfl_1', 'customer', $1, 'email', '"vooroudermail@quickelbergh.test"', $2)`, customerId, JSON.stringify({ till: { value: 'zwaantje@quickelbergh.test', at: 'x' } })],
    [`insert into job (id, kind, input, result, created_by) values ('job_9', 'IMPACT_ANALYSIS', $1, $1, 'usr_1')`, JSON.stringify({ byField: [{ field: 'name', shifts: [{ before: 'Zwaantje Quickelbergh', after: 'Zwaantje' }] }] })],
    [`insert into impact (job, target, entity, canonical_id, outcome, changes) values ('job_9', 'shop', 'customer', $1, 'WRITE', $2)`, customerId, JSON.stringify({ name: ['Zwaantje Quickelbergh', 'Z'] })],
    [`insert into job (id, kind, status, input, created_by) values ('job_8', 'EXPORT', 'SUCCEEDED', $1, 'usr_1'), ('job_7', 'EXPORT', 'SUCCEEDED', '{}', 'usr_1')`, JSON.stringify({ subject: 'CUSTOMER', asked: { search: 'Zwaantje Quickelbergh' } })],
    [`insert into export_file (job, subject, made_by, scopes, writer, finished_at, expires_at) values
      ('job_8', 'CUSTOMER', 'usr_1', '{}', 'run_1', now(), now() + interval '1 hour'), ('job_7', 'PRODUCT', 'usr_1', '{}', 'run_1', now(), now() + interval '1 hour')`],
    [`insert into export_chunk (job, place, bytes) values ('job_8', 0, $1), ('job_7', 0, 'Tea')`, Buffer.from('Name;E-mail\r\nZwaantje Quickelbergh;zwaantje@quickelbergh.test\r\n')],
    [`insert into comparison (id, job, flow, entity, source, target) values ('cmp_1', 'job_9', 'f', 'customer', 'till', 'shop')`],
    [`insert into comparison_item (id, comparison, state, system, entity, canonical_id, changes, reason)
      values ('cmi_1', 'cmp_1', 'DIFFERENT', 'shop', 'customer', $1, $2, 'Zwaantje is no name')`, customerId, JSON.stringify([{ path: 'name', before: 'Z', after: 'Zwaantje Quickelbergh' }])],
    [`insert into app_user (id, name, email, email_key, role) values ('usr_1', 'Anna', 'a@b.test', 'a@b.test', 'ADMIN')`],
    [`insert into saved_view (id, owner_id, list, name, query, is_shared) values
        ('vew_1', 'usr_1', 'CUSTOMERS', 'Zwaantje Quickelbergh', 'search=zwaantje%40quickelbergh.test&kind=PERSON', false),
        ('vew_2', 'usr_1', 'CUSTOMERS', 'by name', 'kind=PERSON&search=Zwaantje+Quickelbergh', true)`],
    [`insert into write_hold (flow, run, records, percent, samples, note) values ('f', 'run_1', 20, 5, $1, 'asked Zwaantje Quickelbergh')`, JSON.stringify([{ canonicalId: customerId, changes: [{ path: 'email', before: 'zwaantje@quickelbergh.test', after: null }] }])],
    [`insert into kept_answer (key_id, idempotency_key, input_hash, claim, claimed_until, answer) values ('k', 'i', 'h', 'c', now(), $1)`, JSON.stringify({ data: { customer: { email: 'zwaantje@quickelbergh.test', city: 'Zierikzeemond' } } })],
    [`insert into audit (actor, action, subject, detail) values ('usr_1', 'deadLetterAnnotate', 'prk_1', $1)`, JSON.stringify({ note: 'called 0612349876 (Zwaantje)' })],
    [`insert into alert (id, kind, severity, subject, title, description) values ('alr_1', 'X', 'WARNING', 'all', 'Problem', 'Order of Zwaantje Quickelbergh failed')`],
    [`insert into capture_position (system, stream, stopped_message, failing_message) values ('shop', 'debtors', 'Zwaantje Quickelbergh is nobody', '0612349876 is no number')`],
    [`insert into journal (position, trace_id, step, outcome, system, entity, canonical_id, external_id, message, detail)
      select 900001, 't', 'written', 'update', 'shop', 'order', $1, 's1', 'to Zwaantje', $2`, orderId, JSON.stringify({ changes: { billingAddress: [null, { line1: 'Trompettersgat 9' }], note: ['Geelvinkje', null] } })],
  ]; // prettier-ignore
  for (const [text, ...given] of statements) await database.query(text, given);
}

/** How the shop has refused the customer, and nobody tells it anything any more: its flow was disabled. */
export async function park(
  { database, customerId }: ErasingHub,
  row = { state: 'parked', code: 'RECORD_REFUSED', reason: 'Shop refused the record: zwaantje@quickelbergh.test is no address.' },
): Promise<void> {
  await database.query(
    `insert into external_reference (system, entity, external_id, canonical_id, origin) values ('shop', 'customer', 's1', $1, 'CREATED')`,
    [customerId],
  );
  await database.query(
    `insert into projection (target, entity, canonical_id, flow, state, reason_code, reason) values ('shop', 'customer', $1, 'f', $2, $3, $4)
     on conflict (target, entity, canonical_id) do update set state = excluded.state, reason_code = excluded.reason_code, reason = excluded.reason`,
    [customerId, row.state, row.code, row.reason],
  );
} // prettier-ignore
