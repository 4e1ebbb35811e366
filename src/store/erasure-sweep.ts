/**
 * Looks for a person in the tables that may quote anybody: results of jobs, tests of mappings, kept answers, the audit, alerts. In:
 * what he is known by. Out: how many rows quoted him and do no longer. test/integration/erasure.test.ts searches every
 * column of every table afterwards, so that a new table that quotes people is noticed.
 */
import type { Json } from '../base/document.js';
import type { Row, Tx } from './database.js';
import { rewriteRows } from './erasure-rewrite.js';

/** `query`: a text as it stands in an address, where letters may stand in code. */
type Columns = Readonly<Record<string, 'text' | 'jsonb' | 'query'>>;

/** Rows that are about one record each are found by its id as well (erasure-scrub.ts); these are not. */
const quoting: readonly { readonly store: string; readonly table: string; readonly columns: Columns }[] = [
  { store: 'jobs', table: 'job', columns: { input: 'jsonb', result: 'jsonb', error_message: 'text' } },
  { store: 'jobs', table: 'impact', columns: { changes: 'jsonb' } },
  { store: 'jobs', table: 'comparison_item', columns: { changes: 'jsonb', reason: 'text' } },
  { store: 'jobs', table: 'comparison_found', columns: { changes: 'jsonb', reason: 'text' } },
  { store: 'mappingTests', table: 'mapping_test', columns: { name: 'text', input: 'jsonb', expected: 'jsonb' } },
  { store: 'answers', table: 'kept_answer', columns: { answer: 'text' } },
  { store: 'audit', table: 'audit', columns: { detail: 'jsonb' } },
  { store: 'problems', table: 'parked', columns: { payload: 'jsonb', message: 'text', value: 'jsonb', original: 'text', note: 'text' } },
  { store: 'alerts', table: 'alert', columns: { title: 'text', description: 'text', note: 'text' } },
  { store: 'alerts', table: 'alert_notification', columns: { last_error: 'text' } },
  { store: 'states', table: 'projection', columns: { reason: 'text' } },
  { store: 'states', table: 'write_hold', columns: { samples: 'jsonb', note: 'text' } },
  { store: 'states', table: 'saved_view', columns: { name: 'text', query: 'query' } },
  { store: 'states', table: 'customer_merge', columns: { reason: 'text', end_reason: 'text' } },
  { store: 'states', table: 'system', columns: { last_error_message: 'text', status_reason: 'text' } },
  { store: 'states', table: 'flow', columns: { state_reason: 'text' } },
  { store: 'states', table: 'capture_position', columns: { stopped_message: 'text', failing_message: 'text' } },
]; // prettier-ignore

/** Tables of which each row is about one record. */
const ofRecords: ReadonlySet<string> = new Set([
  'parked',
  'projection',
  'impact',
  'comparison_item',
  'comparison_found',
]);

export interface Sweeping {
  /** In small letters. */
  readonly telling: readonly string[];
  document(value: Json): Json;
  /** A text in which what quotes him is replaced. */
  text(text: string): string;
  /** Records of other people stay as they are: problems and states of them. */
  isOfOthers(row: Row): boolean;
}

/** Rows that quoted him, by store. */
export async function sweep(tx: Tx, sweeping: Sweeping): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const { store, table, columns } of quoting) {
    const isOfRecords = ofRecords.has(table);
    const count = await rewriteRows(
      tx,
      {
        table,
        columns: storedAs(columns),
        read: isOfRecords ? ['entity', 'canonical_id'] : [],
        where: mayQuote(columns),
        values: [sweeping.telling],
      },
      (row) => (isOfRecords && sweeping.isOfOthers(row) ? null : changed(sweeping, columns, row)),
    );
    counts[store] = (counts[store] ?? 0) + count;
  }
  return counts;
}

/** Each text is made small once. Of one in code the statement only says that it is one; what it says is found out when it is read. */
function mayQuote(columns: Columns): string {
  const names = Object.keys(columns);
  const small = names.map((name) => `lower(${name}::text) as ${name}`).join(', ');
  const quotes = names.map((name) => `strpos(small.${name}, t) > 0`);
  const coded = names.filter((name) => columns[name] === 'query').map((name) => `${name} ~ '[%+]'`);
  const isQuoted = `exists (select from (select ${small} offset 0) small, unnest($1::text[]) t where ${quotes.join(' or ')})`;
  return [isQuoted, ...coded].join(' or ');
}

const storedAs = (columns: Columns): Readonly<Record<string, 'text' | 'jsonb'>> =>
  Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, type === 'query' ? 'text' : type]));

function changed({ document, text }: Sweeping, columns: Columns, row: Row): Row {
  const without = (type: Columns[string], value: Json): Json =>
    type === 'jsonb' ? document(value) : type === 'query' ? queryWithout(text, String(value)) : text(String(value));
  return Object.fromEntries(
    Object.entries(columns).map(([name, type]) => {
      const value = row[name] as Json;
      return [name, value === null ? null : without(type, value)];
    }),
  );
}

/** A filter as it stands in an address, each value of it read as the list reads it. One that quotes nobody stays as it was written. */
function queryWithout(text: Sweeping['text'], query: string): string {
  const parts = [...new URLSearchParams(query)].map(([name, value]) => [name, value, text(value)] as const);
  if (parts.every(([, before, after]) => before === after)) return text(query);
  return new URLSearchParams(parts.map(([name, , value]): [string, string] => [name, value])).toString();
}
