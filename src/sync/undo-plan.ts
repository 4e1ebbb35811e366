/**
 * Plans taking changes back: what each event replaced, what of it can be put back, what is left alone, and why. In: ids of events. Out: one
 * item for each verdict on an event, and a hash of all of it, so that what is done later is what was shown. Writes nothing.
 */
import { contentHash } from '../base/content-hash.js';
import type { Json } from '../base/document.js';
import { isUndoable, undoFields, whyNever, type UndoneField, type UndoVerdict } from '../canonical/undo.js';
import type { Ownership } from '../canonical/ownership.js';
import type { CanonicalRecord } from '../canonical/record.js';
import type { Query } from '../store/database.js';
import type { LaterChange, UndoEvent } from '../store/undo-reads.js';
import type { Configuration, ConfigurationSource } from './configuration.js';
import { reachOf } from './undo-reach.js';

export interface UndoPlanDeps {
  readonly reads: typeof import('../store/undo-reads.js');
  readonly rows: Pick<typeof import('../store/rows.js'), 'loadRows'>;
  readonly configuration: Pick<ConfigurationSource, 'current'>;
  readonly ownershipOf: (configuration: Configuration) => Ownership;
}

export interface UndoItem {
  readonly eventId: string;
  readonly verdict: UndoVerdict;
  readonly fields: readonly UndoneField[];
  readonly message: string | null;
  /** Keys of the systems that are told what is put back. */
  readonly told: readonly string[];
}

export interface UndoPlan {
  readonly planHash: string;
  /** Numbers of fields. */
  readonly reversible: number;
  readonly changedSince: number;
  readonly irreversible: number;
  readonly items: readonly UndoItem[];
}

/** An event as it stands now: its record, and what became of each of its fields. */
export interface LookedAt {
  readonly event: UndoEvent;
  /** Null when nothing of it can be put back, whatever its fields are. */
  readonly record: CanonicalRecord | null;
  readonly fields: readonly UndoneField[];
  readonly told: ReadonlyMap<string, readonly string[]>;
  readonly later: readonly LaterChange[];
  /** Why nothing of it can be put back. */
  readonly never: string | null;
}

const noTold: ReadonlyMap<string, readonly string[]> = new Map();

/** Looks at one event, inside a transaction where the outcome is acted upon. */
export async function lookAt(deps: UndoPlanDeps, query: Query, event: UndoEvent): Promise<LookedAt> {
  const { entity, canonicalId, version } = event;
  const never = (why: string): LookedAt => ({ event, record: null, fields: [], told: noTold, later: [], never: why });
  if (event.step !== 'applied' || canonicalId === null || version === null)
    return never('Only a change that the hub has taken over can be taken back; this event is another step on its way.');
  if (!isUndoable(entity)) return never(whyNever(entity) ?? '');
  if (event.outcome === 'created')
    return never('This made the record; what was made is ended in the systems that have it.');
  const [changes, later, holders, [record]] = await Promise.all([
    deps.reads.changesOfVersion(query, { canonicalId, traceId: event.traceId }, version),
    deps.reads.changesAfter(query, canonicalId, event.position),
    deps.reads.holdersOf(query, canonicalId),
    deps.rows.loadRows(query, entity, [canonicalId]),
  ]);
  if (changes === null) return never('What it replaced is not kept any more.');
  if (record === undefined) return never('The record is gone from every system.');
  const configuration = deps.configuration.current();
  const ownership = deps.ownershipOf(configuration);
  const reach = (field: string) => reachOf(configuration, ownership, record, field, holders);
  const changedLater = new Set(later.flatMap(({ fields }) => fields));
  const fields = undoFields({ record, changes, changedLater, obstacle: (field) => reach(field).obstacle });
  const told = new Map(fields.map(({ field }) => [field, reach(field).told]));
  return { event, record, fields, told, later, never: null };
}

/** What taking these events back would do now; the ids of events that are not there are left out. */
export async function planUndo(deps: UndoPlanDeps, query: Query, ids: readonly string[]): Promise<UndoPlan> {
  const events = await deps.reads.readUndoEvents(query, ids);
  const items: UndoItem[] = [];
  for (const event of events) items.push(...itemsOf(await lookAt(deps, query, event)));
  const count = (verdict: UndoVerdict): number =>
    items.filter((item) => item.verdict === verdict).reduce((sum, { fields }) => sum + fields.length, 0);
  return {
    planHash: contentHash(items as unknown as Json),
    reversible: count('reverse'),
    changedSince: count('changedSince'),
    irreversible: count('irreversible'),
    items,
  };
}

/** One item for all fields of an event that share verdict and reason, those that are put back first. */
function itemsOf({ event, fields, told, never }: LookedAt): readonly UndoItem[] {
  if (never !== null) return [{ eventId: event.id, verdict: 'irreversible', fields: [], message: never, told: [] }];
  const groups = new Map<string, UndoneField[]>();
  for (const field of fields) {
    const name = `${field.verdict} ${field.message ?? ''}`;
    groups.set(name, [...(groups.get(name) ?? []), field]);
  }
  const order: readonly UndoVerdict[] = ['reverse', 'changedSince', 'irreversible'];
  return [...groups.values()]
    .map((group): UndoItem => {
      const { verdict, message } = group[0]!;
      const keys = new Set(verdict === 'reverse' ? group.flatMap(({ field }) => told.get(field) ?? []) : []);
      return { eventId: event.id, verdict, fields: group, message, told: [...keys].sort() };
    })
    .sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
}
