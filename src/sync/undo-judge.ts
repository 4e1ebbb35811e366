/**
 * Judges records of which changes are taken back: what each field held before, whether somebody has changed it since, and whether putting it
 * back lasts. In: records with their changes in the journal, many at once. Out: the same records with a verdict for each field. Reads only.
 */
import { isUndoable, undoFields, whyNever, type UndoneField, type UndoVerdict } from '../canonical/undo.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import type { Ownership } from '../canonical/ownership.js';
import type { CanonicalRecord } from '../canonical/record.js';
import type { Query } from '../store/database.js';
import type { JournalChange, MeantRecord } from '../store/undo-reads.js';
import type { Configuration, ConfigurationSource } from './configuration.js';
import { reachOf, type Reach } from './undo-reach.js';

export interface JudgeDeps {
  readonly reads: Pick<typeof import('../store/undo-reads.js'), 'readHistory' | 'readReplaced' | 'readHolders'>;
  readonly rows: Pick<typeof import('../store/rows.js'), 'loadRows'>;
  readonly configuration: Pick<ConfigurationSource, 'current'>;
  readonly ownershipOf: (configuration: Configuration) => Ownership;
}

/** A record as it stands now, and what becomes of each of its fields. */
export interface JudgedRecord {
  readonly meant: MeantRecord;
  /** Null when nothing of it can be put back, whatever its fields are. */
  readonly record: CanonicalRecord | null;
  readonly fields: readonly UndoneField[];
  /** Field → keys of the systems that are told. */
  readonly told: ReadonlyMap<string, readonly string[]>;
  /** Why nothing of it can be put back. */
  readonly never: string | null;
}

/** What becomes of a record; `unchanged`: it holds already what it held before. */
export type RecordVerdict = UndoVerdict | 'unchanged';

/** The best that is said of one of its fields. */
export function verdictOf({ fields, never }: Pick<JudgedRecord, 'fields' | 'never'>): RecordVerdict {
  if (never !== null) return 'irreversible';
  const order: readonly UndoVerdict[] = ['reverse', 'changedSince', 'irreversible'];
  return order.find((verdict) => fields.some((field) => field.verdict === verdict)) ?? 'unchanged';
}

/** In the order of the first of each group. */
export function groupedBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

const noTold: ReadonlyMap<string, readonly string[]> = new Map();
const isGone = 'The record is gone from every system.';

/** Looks at records, inside a transaction where the outcome is acted upon. */
export async function judgeRecords(
  deps: JudgeDeps,
  query: Query,
  meant: readonly MeantRecord[],
): Promise<readonly JudgedRecord[]> {
  const open = meant.filter((each) => neverOf(each) === null);
  const ids = open.flatMap(({ canonicalId }) => canonicalId ?? []);
  if (ids.length === 0) return meant.map((each) => never(each, neverOf(each)));
  const from = open.map(({ canonicalId, positions }) => ({ canonicalId: canonicalId!, from: positions[0]! }));
  const [history, holders, records] = await Promise.all([
    deps.reads.readHistory(query, from),
    deps.reads.readHolders(query, ids),
    loadAll(deps, query, open),
  ]);
  const taken = new Set(open.flatMap(({ positions }) => positions));
  const replaced = await deps.reads.readReplaced(
    query,
    history.filter(({ position }) => taken.has(position)),
  );
  const pasts = groupedBy(history, ({ canonicalId }) => canonicalId);
  const reach = reaching(deps);
  return meant.map((each) => {
    const why = neverOf(each);
    const id = each.canonicalId;
    if (why !== null || id === null) return never(each, why);
    const record = records.get(id);
    if (record === undefined) return never(each, isGone);
    const past = (pasts.get(id) ?? []).map((change: JournalChange) => {
      return taken.has(change.position)
        ? { fields: change.fields, taken: replaced(change) }
        : { fields: change.fields };
    });
    const reachIn = (field: string): Reach => reach(record, field, holders.get(id) ?? []);
    const fields = undoFields({ record, history: past, obstacle: (field) => reachIn(field).obstacle });
    return { meant: each, record, fields, told: new Map(fields.map(({ field }) => [field, reachIn(field).told])), never: null }; // prettier-ignore
  });
}

const never = (meant: MeantRecord, why: string | null): JudgedRecord => ({
  ...{ meant, record: null, fields: [], told: noTold },
  never: why,
});

/** Why nothing of a record can be put back, whatever it holds. */
function neverOf({ entity, canonicalId, isChange, isMade }: MeantRecord): string | null {
  if (!isChange || canonicalId === null)
    return 'Only a change that the hub has taken over can be taken back; this event is another step on its way.';
  if (!isUndoable(entity)) return whyNever(entity);
  return isMade ? 'This made the record; what was made is ended in the systems that have it.' : null;
}

async function loadAll(
  deps: JudgeDeps,
  query: Query,
  meant: readonly MeantRecord[],
): Promise<ReadonlyMap<string, CanonicalRecord>> {
  const byEntity = groupedBy(meant, ({ entity }) => entity);
  const loaded = await Promise.all(
    [...byEntity].map(
      ([entity, its]) =>
      deps.rows.loadRows(query, entity as CanonicalEntity, its.flatMap(({ canonicalId }) => canonicalId ?? [])), // prettier-ignore
    ),
  );
  return new Map(loaded.flat().map((record) => [record.id, record]));
}

/** `reachOf`, found out once for records that have it the same way: there may be thousands. */
function reaching(deps: JudgeDeps): (record: CanonicalRecord, field: string, holders: readonly string[]) => Reach {
  const configuration = deps.configuration.current();
  const ownership = deps.ownershipOf(configuration);
  const known = new Map<string, Reach>();
  return (record, field, holders) => {
    const { entity, provenance } = record;
    const key = JSON.stringify([entity, field, provenance[field] ?? null, provenance['*'] ?? null, holders]);
    const found = known.get(key) ?? reachOf(configuration, ownership, record, field, holders);
    known.set(key, found);
    return found;
  };
}
