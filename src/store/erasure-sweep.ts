/**
 * Looks for a person in the tables that may quote anybody: results of jobs, tests of mappings, kept answers, the audit, alerts. In:
 * what he is known by. Out: how many rows quoted him and do no longer. test/integration/erasure.test.ts searches every
 * column of every table afterwards, so that a new table that quotes people is noticed.
 */
import type { Json } from '../base/document.js';
import type { Row, Tx } from './database.js';
import { rewriteRows } from './erasure-rewrite.js';

type Columns = Readonly<Record<string, 'text' | 'jsonb'>>;

/** Rows that are about one record each are found by its id as well (erasure-scrub.ts); these are not. */
const quoting: readonly { readonly store: string; readonly table: string; readonly columns: Columns }[] = [
  { store: 'jobs', table: 'job', columns: { input: 'jsonb', result: 'jsonb', error_message: 'text' } },
  { store: 'jobs', table: 'impact', columns: { changes: 'jsonb' } },
  { store: 'jobs', table: 'comparison_item', columns: { changes: 'jsonb', reason: 'text' } },
  { store: 'mappingTests', table: 'mapping_test', columns: { name: 'text', input: 'jsonb', expected: 'jsonb' } },
  { store: 'answers', table: 'kept_answer', columns: { answer: 'text' } },
  { store: 'audit', table: 'audit', columns: { detail: 'jsonb' } },
  { store: 'problems', table: 'parked', columns: { payload: 'jsonb', message: 'text', value: 'jsonb', original: 'text', note: 'text' } },
  { store: 'alerts', table: 'alert', columns: { title: 'text', description: 'text', note: 'text' } },
  { store: 'alerts', table: 'alert_notification', columns: { last_error: 'text' } },
  { store: 'states', table: 'projection', columns: { reason: 'text' } },
  { store: 'states', table: 'write_hold', columns: { samples: 'jsonb', note: 'text' } },
  { store: 'states', table: 'saved_view', columns: { name: 'text', query: 'text' } },
  { store: 'states', table: 'customer_merge', columns: { reason: 'text', end_reason: 'text' } },
  { store: 'states', table: 'system', columns: { last_error_message: 'text', status_reason: 'text' } },
  { store: 'states', table: 'flow', columns: { state_reason: 'text' } },
  { store: 'states', table: 'capture_position', columns: { stopped_message: 'text' } },
]; // prettier-ignore

/** Tables of which each row is about one record. */
const ofRecords: ReadonlySet<string> = new Set(['parked', 'projection', 'impact', 'comparison_item']);

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
    const quotes = Object.keys(columns).map((name) => `strpos(lower(${name}::text), t) > 0`);
    const isOfRecords = ofRecords.has(table);
    const count = await rewriteRows(
      tx,
      {
        table,
        columns,
        read: isOfRecords ? ['entity', 'canonical_id'] : [],
        where: `exists (select from unnest($1::text[]) t where ${quotes.join(' or ')})`,
        values: [sweeping.telling],
      },
      (row) => (isOfRecords && sweeping.isOfOthers(row) ? null : changed(sweeping, columns, row)),
    );
    counts[store] = (counts[store] ?? 0) + count;
  }
  return counts;
}

function changed({ document, text }: Sweeping, columns: Columns, row: Row): Row {
  return Object.fromEntries(
    Object.entries(columns).map(([name, type]) => {
      const value = row[name] as Json;
      return [name, value === null ? null : type === 'jsonb' ? document(value) : text(String(value))];
    }),
  );
}
