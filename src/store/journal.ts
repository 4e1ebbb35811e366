/**
 * The journal: every step of every record, in commit order. Its counter is taken last in a transaction, after the change
 * log's, always in that order. Partitioned by day, so that retention is a DROP.
 */
import type { Document } from '../base/document.js';
import { isLockRefused, lockBriefly } from './brief-locks.js';
import type { Database, Tx } from './database.js';
import { hasSeparators, joinLines, makeLine, textRows, withoutSeparators } from './text-rows.js';

export type JournalStep =
  | 'captured'
  | 'applied'
  | 'excluded'
  | 'echo'
  | 'drift'
  | 'conflict'
  | 'parked'
  | 'resolved'
  | 'planned'
  | 'intent'
  | 'written'
  | 'failed'
  | 'in_doubt'
  | 'released'
  | 'repaired'
  | 'replayed'
  | 'linked'
  | 'unlinked'
  | 'merged'
  | 'unmerged';

export interface JournalEntry {
  readonly traceId: string;
  readonly step: JournalStep;
  /** One word for what came of it: `created`, `updated`, `parked`, `unknown` … */
  readonly outcome: string;
  readonly flow?: string | null;
  readonly system?: string | null;
  readonly entity?: string | null;
  readonly canonicalId?: string | null;
  readonly externalId?: string | null;
  readonly code?: string | null;
  readonly message?: string | null;
  readonly detail?: Document | null;
  readonly durationMs?: number | null;
}

/** Entries ready to be sent, so that nothing is left to compute while counters are held. */
export interface EncodedJournal {
  readonly text: string;
  readonly count: number;
}

const writtenColumns = {
  traceId: 'text',
  step: 'text',
  outcome: 'text',
  flow: 'text',
  system: 'text',
  entity: 'text',
  canonicalId: 'text',
  externalId: 'text',
  code: 'text',
  message: 'text',
  detail: 'jsonb',
  durationMs: 'integer',
} as const;
const writtenLine = makeLine(writtenColumns);

export const encodeJournal = (entries: readonly JournalEntry[]): EncodedJournal => ({
  text: joinLines(entries.map((entry) => writtenLine(storable(entry)))),
  count: entries.length,
});

/** What others call a record that cannot be stored, and its trace, have a place in the journal all the same. */
function storable(entry: JournalEntry): JournalEntry {
  const { traceId, externalId, message } = entry;
  if (![traceId, externalId, message].some(hasSeparators)) return entry;
  const cleaned = (text: string | null | undefined): string | null => (text ? withoutSeparators(text) : null);
  return {
    ...entry,
    traceId: withoutSeparators(traceId),
    externalId: cleaned(externalId),
    message: cleaned(message),
  };
}

/** Appends entries. The last statement of a transaction: it holds the journal's counter until COMMIT. */
export async function appendJournal(tx: Tx, entries: readonly JournalEntry[] | EncodedJournal): Promise<void> {
  const { text, count } = 'text' in entries ? entries : encodeJournal(entries);
  if (count > 0) await tx.query(insertEntries, [text, count], 'journal-append');
}

/** The same for who has nothing else to do in this transaction: COMMIT goes along. Without entries nothing is done. */
export async function endWithJournal(tx: Tx, entries: readonly JournalEntry[] | EncodedJournal): Promise<void> {
  const { text, count } = 'text' in entries ? entries : encodeJournal(entries);
  if (count > 0) await tx.last(insertEntries, [text, count], 'journal-append');
}

/** Fails when not all were written: COMMIT may be on its way already. */
const insertEntries = `with moved as (
    update log_partition set next_offset = next_offset + $2::int
    where topic = 'journal' and partition = 0
    returning next_offset - $2::int as first
  ), inserted as (
    insert into journal (position, trace_id, step, outcome, flow, system, entity, canonical_id, external_id,
      code, message, detail, duration_ms)
    select m.first + place - 1, "traceId", step, outcome, flow, system, entity, "canonicalId", "externalId",
      code, message, detail, "durationMs"
    from moved m, ${textRows(1, writtenColumns)} e
    returning 1
  )
  select 1 / (count(*) = $2::int)::int as done from inserted`;

/**
 * Makes the partitions of today and of the next `days` days (UTC). Run at start and hourly. A day that has rows in the default
 * partition already keeps them there. Nobody may use the journal while a partition is added: when somebody reads it for long (a
 * backup), false, and the next time is soon enough. What would have no partition by then goes to the default one.
 */
export async function ensureJournalPartitions(database: Database, days: number): Promise<boolean> {
  const wanted = await database.query<{ name: string; from: string; to: string }>(
    `select 'journal_' || to_char(d, 'YYYYMMDD') as name,
            to_char(d, 'YYYY-MM-DD') || ' 00:00:00+00' as "from",
            to_char(d + interval '1 day', 'YYYY-MM-DD') || ' 00:00:00+00' as "to"
     from generate_series((now() at time zone 'UTC')::date, (now() at time zone 'UTC')::date + $1::int, interval '1 day') d
     where to_regclass('journal_' || to_char(d, 'YYYYMMDD')) is null`,
    [days],
  );
  for (const { name, from, to } of wanted) {
    try {
      await database.tx(async (tx) => {
        await lockBriefly(tx);
        await tx.query(
          `create table if not exists ${name} partition of journal for values from ('${from}') to ('${to}')`,
        );
      });
    } catch (error) {
      if (isLockRefused(error)) return false;
      // 23514: rows of that day are in the default partition; 42P07, 42P17: another process was first.
      if (!['23514', '42P07', '42P17', '23505'].includes(String((error as { code?: unknown }).code))) throw error;
    }
  }
  return true;
}
