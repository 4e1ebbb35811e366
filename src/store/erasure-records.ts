/**
 * Takes a person out of what the hub knows of systems: projections, statements, changes that wait, conflicts. And tells
 * whether a write of his records is under way. In: his ids and how a document is changed. Out: how many rows were.
 */
import type { Document, Json } from '../base/document.js';
import type { Query, Tx } from './database.js';
import { rewriteRows } from './erasure-rewrite.js';
import type { PersonIds, RecordOf, Scrubbing } from './erasure-scrub.js';

/** Systems to which a write of one of the records is under way; the rows are locked, so that none begins meanwhile. */
export async function writesUnderWay(tx: Tx, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.query<{ target: string; state: string }>(
    `select target, state from projection where canonical_id = any($1::text[]) order by target, entity, canonical_id for update`,
    [ids],
  );
  const busy = rows.filter(({ state }) => state === 'writing' || state === 'in_doubt');
  return [...new Set(busy.map(({ target }) => target))];
}

type Row = { target: string; entity: string; wanted: Document | null; held: Document | null; sent: Document | null; reason: string | null }; // prettier-ignore

/** The customer himself is told to nobody any more; of his orders what was told stays, without him. */
export async function scrubProjections(
  tx: Tx,
  { customerId, orderIds }: PersonIds,
  reason: { readonly text: string; readonly code: string },
  recordOf: RecordOf,
  scrubbing: Scrubbing,
): Promise<number> {
  const own = await tx.query(
    `update projection set state = 'excluded', since = now(), reason = $2, reason_code = $3, wanted = null, wanted_hash = null,
       held = null, sent = null, drifted = '{}', match_key = null, next_at = null, in_flight_until = null, look_again = false,
       changed_at = null, doubted_since = null, epoch = epoch + 1
     where canonical_id = $1 and entity in ('customer', 'contact')
     returning 1 as blanked`,
    [customerId, reason.text, reason.code],
  );
  await tx.query(
    `update projection set epoch = epoch + 1, match_key = null where canonical_id = any($1::text[]) and entity = 'order'`,
    [orderIds],
  );
  const columns = { wanted: 'jsonb', held: 'jsonb', sent: 'jsonb', reason: 'text' } as const;
  const orders = await rewriteRows<Row>(
    tx,
    { table: 'projection', columns, read: ['target', 'entity'], where: `entity = 'order' and canonical_id = any($1::text[])`, values: [orderIds] },
    ({ target, entity, wanted, held, sent, reason: text }) => {
      const told = (document: Document | null): Json =>
        document === null ? null : scrubbing.ofSystem(target, recordOf(target, entity), document);
      return { wanted: told(wanted), held: told(held), sent: told(sent), reason: scrubbing.sentence(text) };
    },
  );
  return own.length + orders;
} // prettier-ignore

/** What systems said last. */
export async function scrubStatements(
  tx: Tx,
  { customerId, orderIds }: PersonIds,
  scrubbing: Scrubbing,
): Promise<number> {
  const own = await tx.query(
    `update external_reference set shown = null, words = null, natural_key = null
     where canonical_id = $1 and entity in ('customer', 'contact') and (shown is not null or natural_key is not null) returning 1 as blanked`,
    [customerId],
  );
  const orders = await rewriteRows<{ shown: Document | null }>(
    tx,
    {
      table: 'external_reference',
      columns: { shown: 'jsonb' },
      where: `entity = 'order' and canonical_id = any($1::text[]) and shown is not null`,
      values: [orderIds],
    },
    ({ shown }) => {
      const { own: ours, past, ...last } = shown ?? {};
      const inner = (value: Json | undefined): Document => (value ?? {}) as Document;
      const kept = scrubbing.ofHub('order', last);
      if (ours === undefined) return { shown: kept };
      return { shown: { ...kept, own: scrubbing.ofHub('order', inner(ours)), past: scrubbing.ofHub('order', inner(past)) } };
    },
  );
  return own.length + orders;
} // prettier-ignore

/** Changes that were put aside: those of the customer go, those of his orders say nothing of him. */
export async function scrubDeferred(
  tx: Tx,
  references: readonly { readonly system: string; readonly entity: string; readonly externalId: string }[],
  scrubbing: Scrubbing,
): Promise<number> {
  const of = (entity: string): readonly unknown[] => {
    const found = references.filter((each) => each.entity === entity);
    return [found.map(({ system }) => system), found.map(({ externalId }) => externalId)];
  };
  const gone = await tx.query(
    `delete from deferred_change where entity = 'customer' and (system, external_id) in (select * from unnest($1::text[], $2::text[]))
     returning 1 as gone`,
    of('customer'),
  );
  const kept = await rewriteRows<{ change: Document; system: string }>(
    tx,
    {
      table: 'deferred_change',
      columns: { change: 'jsonb' },
      read: ['system'],
      where: `entity = 'order' and (system, external_id) in (select * from unnest($1::text[], $2::text[]))`,
      values: of('order'),
    },
    ({ change, system }) => {
      const { record, document } = change as { record: string; document: Document };
      return { change: { ...change, document: scrubbing.ofSystem(system, record, document) } };
    },
  );
  return gone.length + kept;
}

type Conflict = { entity: string; field: string; base: Json; claims: Readonly<Record<string, Document>>; value: Json };

/** Conflicts about the customer are over; of all of them the values go that say something of him. */
export async function scrubConflicts(tx: Tx, ids: PersonIds, { changes }: Scrubbing): Promise<number> {
  const values = [[ids.customerId, ...ids.orderIds]];
  await tx.query(
    `update field_conflict set resolved_at = now(), resolution = 'POLICY'
     where canonical_id = $1 and resolved_at is null`,
    [ids.customerId],
  );
  const columns = { base: 'jsonb', claims: 'jsonb', value: 'jsonb' } as const;
  return rewriteRows<Conflict>(
    tx,
    { table: 'field_conflict', columns, read: ['entity', 'field'], where: 'canonical_id = any($1::text[])', values },
    ({ entity, field, base, claims, value }) => {
      const without = (one: Json | undefined): Json =>
        (changes(entity, { [field]: [one ?? null] })[field] as readonly Json[])[0] ?? null;
      const said = Object.entries(claims).map(([system, claim]) => [
        system,
        { ...claim, value: without(claim['value']) },
      ]);
      return { base: without(base), claims: Object.fromEntries(said) as Document, value: without(value) };
    },
  );
}

/** What comparisons have found of him: that it was not the same stays, what it said does not. */
export async function scrubFindings(tx: Tx, { customerId, orderIds }: PersonIds): Promise<number> {
  const ids = [customerId, ...orderIds];
  const about = `canonical_id = any($1::text[]) and (changes <> '[]' or reason is not null)`;
  await tx.query(`update comparison_found set changes = '[]', reason = null where ${about}`, [ids]);
  const rows = await tx.query(
    `update comparison_item set changes = '[]', reason = null where ${about} returning 1 as scrubbed`,
    [ids],
  );
  return rows.length;
}

/** What mappings would have made of him, and writes of him that were held: that there was something stays, what it said does not. By store. */
export async function scrubForeseen(
  tx: Tx,
  { customerId, orderIds }: PersonIds,
): Promise<Readonly<Record<string, number>>> {
  const ids = [customerId, ...orderIds];
  const isHis = `s ->> 'canonicalId' = any($1::text[]) and (s ->> 'label' is not null or s -> 'changes' <> '[]')`;
  const impacts = await tx.query(
    `update impact set changes = '{}' where canonical_id = any($1::text[]) and changes <> '{}' returning 1 as scrubbed`,
    [ids],
  );
  const holds = await tx.query(
    `update write_hold h
     set samples = (select jsonb_agg(case when ${isHis} then s || '{"label": null, "changes": []}' else s end order by place)
       from jsonb_array_elements(h.samples) with ordinality as e(s, place))
     where exists (select from jsonb_array_elements(h.samples) as e(s) where ${isHis})
     returning 1 as scrubbed`,
    [ids],
  );
  return { jobs: impacts.length, states: holds.length };
}

/** Why he was merged with others is about him, whatever it says. */
export async function scrubMerges(tx: Tx, customerId: string): Promise<void> {
  await tx.query(
    `update customer_merge set reason = '', end_reason = case when end_reason is not null then '' end
     where survivor_id = $1 or duplicate_id = $1`,
    [customerId],
  );
}

/** What may still become of telling targets a placeholder instead of the customer. */
export interface ToldRow {
  readonly target: string;
  readonly entity: string;
  readonly state: string;
  /** May quote him. */
  readonly reason: string | null;
  readonly reasonCode: string | null;
  readonly externalId: string | null;
  /** Another customer of the hub is the same record there. */
  readonly isShared: boolean;
}

/** How the customer stands with each target that has him. */
export const toldRows = (query: Query, customerId: string): Promise<readonly ToldRow[]> =>
  query.query<ToldRow & Record<string, unknown>>(
    `select r.system as target, r.entity, coalesce(p.state, 'none') as state, p.reason, p.reason_code as "reasonCode", r.external_id as "externalId",
       exists (select from reference_alias a
         where a.system = r.system and a.entity = r.entity and a.external_id = r.external_id and a.canonical_id <> r.canonical_id
           and not exists (select from customer d where d.id = a.canonical_id and d.merged_into_id = r.canonical_id)) as "isShared"
     from external_reference r
     left join projection p on p.target = r.system and p.entity = r.entity and p.canonical_id = r.canonical_id
     where r.canonical_id = $1 and r.entity in ('customer', 'contact')
     union all
     select a.system, a.entity, 'none', null, null, a.external_id, true from reference_alias a where a.canonical_id = $1 and not exists (
       select from customer d join external_reference o on o.canonical_id = d.merged_into_id
       where d.id = $1 and o.system = a.system and o.entity = a.entity and o.external_id = a.external_id)
     order by 1, 2 desc`,
    [customerId],
  );
