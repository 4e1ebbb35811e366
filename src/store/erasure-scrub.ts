/**
 * Takes a person out of the tables that keep records under his ids: the change log, the journal, problems, projections, changes
 * that wait, conflicts, statements. In: his ids and how a document is changed. Out: how many rows of each were. All of it is
 * done again without harm.
 */
import { isObject, type Document, type Json } from '../base/document.js';
import type { Tx } from './database.js';
import { rewriteRows } from './erasure-rewrite.js';

/** What is taken out of a document, and out of a text. */
export interface Scrubbing {
  /** A record as a system shows it or is told it. */
  ofSystem(system: string, record: string, document: Document): Document;
  /** Fields of a record of the hub. */
  ofHub(entity: string, fields: Document): Document;
  /** Values of fields before and after. */
  changes(entity: string, changes: Document): Document;
  /** A document that may quote him: what he is known by is replaced where it does. */
  texts(value: Json): Json;
  /** The same of one that is surely about him: single words count, too. */
  his(value: Json): Json;
  /** Null when it quotes him. */
  sentence(text: string | null): string | null;
}

/** What the hub calls a customer and his orders. */
export interface PersonIds {
  readonly customerId: string;
  readonly orderIds: readonly string[];
}

const idsOf = ({ customerId, orderIds }: PersonIds): readonly string[] => [customerId, ...orderIds];
const isCustomers = (entity: string): boolean => entity === 'customer' || entity === 'contact';

/** Canonical events: that something changed stays, what does not. */
export const scrubEvents = (tx: Tx, ids: PersonIds, topic: string, { changes, texts }: Scrubbing): Promise<number> =>
  rewriteRows<{ payload: string }>(
    tx,
    {
      table: 'log_entry',
      columns: { payload: 'text' },
      where: 'topic = $1 and key = any($2::text[])',
      values: [topic, idsOf(ids)],
    },
    ({ payload }) => {
      const event = JSON.parse(payload) as { entity: string; changes: Document };
      return { payload: JSON.stringify({ ...event, changes: texts(changes(event.entity, event.changes)) }) };
    },
  );

/** A key of the change log, and what its entries are of. */
export interface LogKey {
  readonly topic: string;
  readonly key: string;
}

interface LoggedChange {
  readonly system: string;
  readonly record: string;
  readonly document: Document;
}

const changeWithout = ({ ofSystem, texts }: Scrubbing, payload: Document): Document => {
  const { system, record, document } = payload as unknown as LoggedChange;
  const { problem: _, ...change } = payload;
  return { ...change, document: texts(ofSystem(system, record, document)) };
};

/** Records as systems showed them, by their keys. */
export const scrubChanges = (tx: Tx, keys: readonly LogKey[], scrubbing: Scrubbing): Promise<number> =>
  rewriteRows<{ payload: string }>(
    tx,
    {
      table: 'log_entry',
      columns: { payload: 'text' },
      where: '(topic, key) in (select * from unnest($1::text[], $2::text[]))',
      values: [keys.map(({ topic }) => topic), keys.map(({ key }) => key)],
    },
    ({ payload }) => ({ payload: JSON.stringify(changeWithout(scrubbing, JSON.parse(payload) as Document)) }),
  );

/** Entries of a topic of the change log that are of one kind of record. */
export interface LogKind {
  readonly topic: string;
  /** How the keys of such records begin. */
  readonly prefix: string;
}

/**
 * Documents of these kinds that the log holds and the hub never took over: those that `isHis` says yes to, among those that quote him. Of
 * other kinds nothing but the key is read, and each text is made small once: the log is as large as all that systems ever showed.
 */
export async function scrubOtherChanges(
  tx: Tx,
  kinds: readonly LogKind[],
  telling: readonly string[],
  isHis: (change: LoggedChange) => boolean,
  scrubbing: Scrubbing,
): Promise<number> {
  let count = 0;
  for (const { topic, prefix } of kinds) {
    count += await rewriteRows<{ payload: string }>(
      tx,
      {
        table: 'log_entry',
        columns: { payload: 'text' },
        where: `topic = $1 and starts_with(key, $2) and exists (
          select from (select lower(payload) as said offset 0) small, unnest($3::text[]) t where strpos(small.said, t) > 0)`,
        values: [topic, prefix, telling],
      },
      ({ payload }) => {
        const change = JSON.parse(payload) as Document;
        return isHis(change as unknown as LoggedChange)
          ? { payload: JSON.stringify(changeWithout(scrubbing, change)) }
          : null;
      },
    );
  }
  return count;
}

type Step = { entity: string; message: string | null; detail: Document | null; system: string | null };

/** What the detail of a step holds beside values. */
const plainDetails: ReadonlySet<string> = new Set([
  'version',
  'fields',
  'seenAt',
  'log',
  'mapping',
  'mappingKey',
  'path',
  'opKey',
]);

function detailOf(scrubbing: Scrubbing, recordOf: RecordOf, { entity, system, detail }: Step): Document | null {
  if (detail === null) return null;
  if (isCustomers(entity)) {
    return Object.fromEntries(Object.entries(detail).filter(([name]) => plainDetails.has(name)));
  }
  const { changes, conflicts } = detail;
  const isChanged = isObject(changes);
  const written = isChanged ? { changes: pairsWithout(scrubbing, recordOf, system ?? '', entity, changes) } : {};
  const kept = isObject(conflicts) ? { conflicts: scrubbing.changes(entity, conflicts) } : {};
  return scrubbing.his({ ...detail, ...written, ...kept } as Document) as Document;
}

/** Kind of record that a system is told of an entity. */
export type RecordOf = (system: string, entity: string) => string;

/** Values of what was written, in the words of the system. */
function pairsWithout(
  { ofSystem }: Scrubbing,
  recordOf: RecordOf,
  system: string,
  entity: string,
  changes: Document,
): Document {
  const side = (at: number): Document => {
    const values = Object.entries(changes).map(([field, pair]) => [field, Array.isArray(pair) ? (pair as Json[])[at] : null]);
    return ofSystem(system, recordOf(system, entity), Object.fromEntries(values) as Document);
  };
  const [before, after] = [side(0), side(1)];
  return Object.fromEntries(Object.keys(changes).map((field) => [field, [before[field] ?? null, after[field] ?? null]]));
} // prettier-ignore

/** Steps stay with their time and outcome; sentences and values go. Also those of changes that became no record. */
export const scrubJournal = (
  tx: Tx,
  ids: PersonIds,
  references: readonly { readonly system: string; readonly externalId: string }[],
  recordOf: RecordOf,
  scrubbing: Scrubbing,
): Promise<number> =>
  rewriteRows<Step>(
    tx,
    {
      table: 'journal',
      columns: { message: 'text', detail: 'jsonb' },
      read: ['entity', 'system'],
      where: `canonical_id = any($1::text[]) or canonical_id is null and entity in ('customer', 'contact', 'order')
        and (system, external_id) in (select * from unnest($2::text[], $3::text[]))`,
      values: [idsOf(ids), references.map(({ system }) => system), references.map(({ externalId }) => externalId)],
    },
    (row) => ({
      message: isCustomers(row.entity) ? null : scrubbing.sentence(row.message),
      detail: detailOf(scrubbing, recordOf, row),
    }),
  );

type Problem = { entity: string; system: string; stage: string; payload: Document; message: string; value: Json; original: string | null; note: string | null; code: string }; // prettier-ignore

/** Problems keep their code, place and dates. Open ones of the customer himself are over. */
export async function scrubProblems(
  tx: Tx,
  ids: PersonIds,
  references: readonly { readonly system: string; readonly externalId: string }[],
  recordOf: RecordOf,
  scrubbing: Scrubbing,
): Promise<number> {
  const found = `canonical_id = any($1::text[]) or entity in ('customer', 'contact', 'order')
    and (system, external_id) in (select * from unnest($2::text[], $3::text[]))`;
  const values = [idsOf(ids), references.map(({ system }) => system), references.map(({ externalId }) => externalId)];
  await tx.query(
    `update parked set status = 'RESOLVED', resolved_at = now(), resolution = 'the customer was erased'
     where status in ('OPEN', 'REPLAYING') and entity in ('customer', 'contact') and (${found})`,
    values,
  );
  const columns = { payload: 'jsonb', message: 'text', value: 'jsonb', original: 'text', note: 'text' } as const;
  return rewriteRows<Problem>(
    tx,
    { table: 'parked', columns, read: ['entity', 'system', 'stage', 'code'], where: found, values },
    (row) => {
      if (isCustomers(row.entity)) return { payload: {}, message: row.code, value: null, original: null, note: null };
      const { system, entity, payload, stage } = row;
      const told = (value: Json | undefined): Json => isObject(value) ? scrubbing.ofSystem(system, recordOf(system, entity), value) : (value ?? null);
      const seen = stage === 'project'
        ? { ...payload, wanted: told(payload['wanted']), held: told(payload['held']) }
        : changeWithout(scrubbing, payload);
      return {
        payload: scrubbing.texts(seen),
        message: scrubbing.sentence(row.message) ?? row.code,
        value: scrubbing.his(row.value),
        original: scrubbing.sentence(row.original),
        note: scrubbing.sentence(row.note),
      };
    },
  );
} // prettier-ignore

/** What records were in the past: values before and after of each field, as records of their own. */
export async function eventsOf(
  tx: Tx,
  ids: PersonIds,
  topic: string,
): Promise<readonly { readonly entity: string; readonly fields: Document }[]> {
  const rows = await tx.query<{ payload: string }>(
    'select payload from log_entry where topic = $1 and key = any($2::text[])',
    [topic, idsOf(ids)],
  );
  return rows.flatMap(({ payload }) => {
    const { entity, changes } = JSON.parse(payload) as { entity: string; changes: Document };
    return [0, 1].map((at) => ({
      entity,
      fields: Object.fromEntries(
        Object.entries(changes).map(([field, pair]) => [field, Array.isArray(pair) ? ((pair as Json[])[at] ?? null) : null]),
      ),
    }));
  });
} // prettier-ignore
