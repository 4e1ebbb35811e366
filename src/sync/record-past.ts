/**
 * Records at other moments. In: a record, moments, and what a moment means. Out: what it held at each. Everything comes from the
 * journal and the canonical events beside it: nothing is written for it when a record changes. What these do not reach back to
 * is refused and not guessed.
 */
import type { Clock } from '../base/clock.js';
import { isObject, type Json } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import { knownAt, trueAt, type PastChange, type PastState, type StateThen } from '../canonical/past.js';
import type { Changes } from '../canonical/record.js';
import type { Database } from '../store/database.js';
import type { PastRow } from '../store/record-past.js';
import type { ConfigurationSource } from './configuration.js';

export type { PastState };
export type Basis = 'KNOWN_TO_HUB' | 'TRUE_IN_SOURCE';

export interface RecordPast {
  /**
   * What a record held at each of the moments; null where nothing of it was known yet. Undefined when there is no such record. Throws
   * MOMENT_NOT_KEPT and MOMENT_TOO_FAR.
   */
  statesAt(
    record: { readonly entity: CanonicalEntity; readonly id: string },
    moments: readonly Date[],
    basis: Basis,
  ): Promise<readonly (PastState | null)[] | undefined>;
}

export interface RecordPastDeps {
  readonly database: Pick<Database, 'query'>;
  readonly configuration: Pick<ConfigurationSource, 'current'>;
  readonly clock: Clock;
  readonly rows: Pick<typeof import('../store/rows.js'), 'loadRows'>;
  readonly past: typeof import('../store/record-past.js') &
    Pick<typeof import('../store/event-contents.js'), 'readCanonicalEvents' | 'readSeenRecords'>;
  /** So many changes are gone back over. */
  readonly mostChanges?: number;
}

const mostChanges = 2_000;

export function makeRecordPast(deps: RecordPastDeps): RecordPast {
  const { database, past, rows, clock, mostChanges: most = mostChanges } = deps;
  return {
    async statesAt({ entity, id }, moments, basis) {
      const [now] = await rows.loadRows(database, entity, [id]);
      if (now === undefined) return undefined;
      const earliest = Math.min(...moments.map((moment) => moment.getTime()));
      // What would have to be gone over and is too much is not read first.
      const behind = await past.readChangeBehind(database, id, most);
      if (behind !== null && (basis === 'TRUE_IN_SOURCE' || behind.getTime() > earliest))
        throw new KoppelError('MOMENT_TOO_FAR', { id, count: most });
      const [latest, start] = await Promise.all([
        past.readPast(database, id, most + 1),
        past.readJournalStart(database),
      ]);
      // What was taken over since the record was read is no part of it yet.
      const noted = latest.filter(({ version }) => version <= now.version).toReversed();
      const isCut = latest.length > most;
      const [oldest] = noted;
      const needsAll = basis === 'TRUE_IN_SOURCE' || oldest === undefined || oldest.at.getTime() > earliest;
      if (isCut && needsAll) throw new KoppelError('MOMENT_TOO_FAR', { id, count: most });
      const isWhole = oldest?.outcome === 'created';
      if (!isWhole && (start === null || start.getTime() > earliest)) throw gone(id, start ?? clock.now());
      const later = basis === 'TRUE_IN_SOURCE' ? noted : noted.filter(({ at }) => at.getTime() > earliest);
      const changes = await contentsOf(deps, id, entity, { noted, later, basis });
      return moments.map((moment) => {
        const then = (basis === 'TRUE_IN_SOURCE' ? trueAt : knownAt)({ now, changes }, moment.getTime());
        return heldIn(id, then);
      });
    },
  };
}

const gone = (id: string, since: Date): KoppelError =>
  new KoppelError('MOMENT_NOT_KEPT', { id, since: since.toISOString() });

function heldIn(id: string, then: StateThen): PastState | null {
  if (then.type === 'notKept') throw gone(id, new Date(then.since));
  return then.type === 'held' ? then.state : null;
}

interface Noted {
  readonly noted: readonly PastRow[];
  /** Those of which it has to be known what they changed. */
  readonly later: readonly PastRow[];
  readonly basis: Basis;
}

async function contentsOf(
  deps: RecordPastDeps,
  id: string,
  entity: CanonicalEntity,
  { noted, later, basis }: Noted,
): Promise<readonly PastChange[]> {
  const { database, past } = deps;
  const traces = later.filter(({ fields }) => fields !== null).map(({ traceId }) => ({ canonicalId: id, traceId }));
  const places = basis === 'TRUE_IN_SOURCE' ? later.flatMap(({ log }) => (log === null ? [] : [log])) : [];
  const [events, seen] = await Promise.all([
    traces.length === 0
      ? []
      : past.readCanonicalEvents(
          database,
          distinct(traces, ({ traceId }) => traceId),
        ),
    places.length === 0 ? [] : past.readSeenRecords(database, distinct(places, String)),
  ]);
  const byVersion = new Map(events.map(({ payload }) => readEvent(payload)));
  const documents = new Map(seen.map(({ place, document }) => [place, document]));
  return noted.map((row): PastChange => {
    const { eventId, version, outcome, fields } = row;
    const at = row.at.getTime();
    const changes = fields === null || fields.length === 0 ? {} : (byVersion.get(version) ?? null);
    const told = toldIn(deps, entity, row, changes, documents.get(row.log ?? '') ?? null);
    return { eventId, version, isCreation: outcome === 'created', at, trueAt: Math.min(told ?? at, at), changes };
  });
}

const distinct = <T>(items: readonly T[], nameOf: (item: T) => string): readonly T[] => [
  ...new Map(items.map((item) => [nameOf(item), item])).values(),
];

function readEvent(payload: string): readonly [number, Changes] {
  const { version, changes } = JSON.parse(payload) as { readonly version: number; readonly changes: Changes };
  return [version, changes];
}

/** When a change was so in its system: of counted stock the count says it, else the record where it tells, else when it was shown. */
function toldIn(
  { configuration }: RecordPastDeps,
  entity: CanonicalEntity,
  { system, seenAt }: PastRow,
  changes: Changes | null,
  document: Json,
): number | null {
  if (system === null || seenAt === null) return null;
  const counted = entity === 'stock_level' ? changes?.['asOf']?.[1] : null;
  const field = configuration.current().systems.get(system)?.connector.changedAtField;
  const own = field === undefined || !isObject(document) ? null : document[field];
  for (const told of [counted, own, seenAt]) {
    const moment = typeof told === 'string' ? Date.parse(told) : NaN;
    if (!Number.isNaN(moment)) return moment;
  }
  return null;
}
