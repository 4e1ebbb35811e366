/**
 * Compares what a target shows with what the hub knows it to hold, over the fields that the hub owns (G5). The same: our own
 * write, absorbed. Different: somebody changed it there; the row becomes due and the projector decides. No time windows.
 */
import type { Document, Json } from '../base/document.js';
import { alike, says } from '../base/says.js';
import type { CanonicalEntity, ProjectedEntity } from '../canonical/entities.js';
import type { ProjectionState } from './projections.js';
import type { Tx } from './database.js';

export interface Observation {
  readonly system: string;
  readonly record: string;
  /** What the record is to the hub: an order and a customer may have the same number. */
  readonly entity: CanonicalEntity;
  readonly externalId: string;
  readonly document: Document;
  /** Lists that are the hub's as a whole: there a further item is a difference too. */
  readonly wholeLists?: ReadonlySet<string>;
  /** It is known to be older than a write of ours, so it says nothing of what the target holds now. */
  readonly isOld?: boolean;
  /** Of the record as it is shown, where the system is only a target: one before our last write says nothing of what is held now. */
  readonly version?: bigint;
  /** Instead of the whole document: items of its lists, as the system shows them by themselves. */
  readonly parts?: readonly Part[];
  /** While a write of ours is under way it is not judged, and comes again: nobody else would tell of what people changed. */
  readonly mayWait?: boolean;
}

/** One item of a list, known among the others by its field `key`. */
export interface Part {
  readonly list: string;
  readonly key: string;
  readonly item: Document;
}

export interface Observed {
  readonly entity: CanonicalEntity;
  readonly externalId: string;
  readonly result: 'echo' | 'drift' | 'unknown' | 'under_way';
  /** What it is to the hub: of a simple product its only variant; null when the hub has no such record. */
  readonly canonicalId: string | null;
}

type ObservedRow = {
  entity: ProjectedEntity;
  canonical_id: string;
  external_id: string;
  state: ProjectionState;
  held: Document | null;
  /** What the record is to the hub in the system that shows it. */
  shown_as: CanonicalEntity;
};

/** As what a target may hold a record that it shows. */
export const heldAs: Readonly<Record<CanonicalEntity, readonly ProjectedEntity[]>> = {
  product: ['product', 'variant'],
  variant: ['product', 'variant'],
  category: ['category'],
  stock_location: [],
  stock_level: ['stock'],
  customer: ['customer'],
  order: ['order'],
};

/** Judges observations of one or more systems, each record by the newest document in the call. */
export async function observe(tx: Tx, observations: readonly Observation[]): Promise<readonly Observed[]> {
  const results: Observed[] = [];
  for (const system of [...new Set(observations.map((each) => each.system))].sort()) {
    const ofSystem = observations.filter((each) => each.system === system);
    results.push(...(await observeSystem(tx, system, new Map(ofSystem.map((each) => [keyOf(each), each])))));
  }
  return results;
}

/**
 * Locks what records that a system shows may be compared with. Call it before several calls of `observe` in one transaction: each locks its
 * rows in key order, and so does everybody else, but what a second call locks may come before what a first one did.
 */
export async function lockObserved(
  tx: Tx,
  system: string,
  shown: readonly Pick<Observation, 'entity' | 'externalId'>[],
): Promise<void> {
  await tx.query(
    `select from unnest($2::text[], $3::text[]) as a(entity, external_id)
     join external_reference r on r.system = $1 and r.entity = a.entity and r.external_id = a.external_id
     join projection p on p.target = r.system and p.entity = r.entity and p.canonical_id = r.canonical_id
     order by p.entity, p.canonical_id
     for update of p`,
    [system, ...columnsOf(heldAsAny(shown))],
    'projection-lock-observed',
  );
}

/** As what the target may hold them. */
const heldAsAny = (shown: readonly Pick<Observation, 'entity' | 'externalId'>[]) =>
  shown.flatMap(({ entity, externalId }) => heldAs[entity].map((heldEntity) => ({ entity, heldEntity, externalId })));

const columnsOf = (asked: ReturnType<typeof heldAsAny>): readonly [readonly string[], readonly string[]] => [
  asked.map(({ heldEntity }) => heldEntity),
  asked.map(({ externalId }) => externalId),
];

const keyOf = ({ entity, externalId }: Pick<Observation, 'entity' | 'externalId'>): string => `${entity} ${externalId}`;

/** Rows are locked all at once and in key order, before any reference is written: so does who acknowledges writes. */
async function observeSystem(
  tx: Tx,
  system: string,
  observations: ReadonlyMap<string, Observation>,
): Promise<readonly Observed[]> {
  const asked = heldAsAny([...observations.values()]);
  const rows = await tx.query<ObservedRow>(
    `select p.entity, p.canonical_id, r.external_id, p.state, p.held, a.shown_as
     from unnest($2::text[], $3::text[], $4::text[]) as a(shown_as, entity, external_id)
     join external_reference r on r.system = $1 and r.entity = a.entity and r.external_id = a.external_id
     join projection p on p.target = r.system and p.entity = r.entity and p.canonical_id = r.canonical_id
     order by p.entity, p.canonical_id
     for update of p`,
    [system, asked.map(({ entity }) => entity), ...columnsOf(asked)],
    'projection-observe',
  );
  const versions = await knownVersions(tx, system, rows);
  const newest = newestOf(rows, observations);
  const results = new Map<string, Pick<Observed, 'result' | 'canonicalId'>>();
  const drifts: Drift[] = [];
  for (const row of rows) {
    const key = keyOf({ entity: row.shown_as, externalId: row.external_id });
    const observation = observations.get(key);
    if (observation === undefined) continue;
    const { written, shown } = versions.get(`${row.entity} ${row.external_id}`) ?? {};
    if (isOvertaken(observation, shown) || isOvertaken(observation, newest.get(rowKey(row)))) {
      if (!results.has(key)) results.set(key, { result: 'echo', canonicalId: row.canonical_id });
      continue;
    }
    if (observation.mayWait === true && isUnderWay(row)) {
      results.set(key, { result: 'under_way', canonicalId: row.canonical_id });
      continue;
    }
    const { held, fields } = judge(row, observation, written);
    const restMs = observation.parts === undefined ? 0 : partsRestMs;
    if (fields.length > 0) drifts.push({ entity: row.entity, canonicalId: row.canonical_id, held, fields, restMs });
    const isDrift = fields.length > 0 && !fields.includes('*');
    if ((isDrift && results.get(key)?.result !== 'under_way') || !results.has(key))
      results.set(key, { result: isDrift ? 'drift' : 'echo', canonicalId: row.canonical_id });
  }
  await markDrifts(tx, system, drifts);
  return [...observations.values()].map(({ entity, externalId }) => ({
    entity,
    externalId,
    ...(results.get(keyOf({ entity, externalId })) ?? { result: 'unknown', canonicalId: null }),
  }));
}

const rowKey = ({ entity, canonical_id }: ObservedRow): string => `${entity} ${canonical_id}`;

/**
 * A record that became one of another kind is shown as both (a simple product that is one of several variants now), and what it was may
 * come after what it is: changes are in order for each kind only.
 */
const isOvertaken = ({ version }: Observation, by: bigint | undefined): boolean =>
  version !== undefined && by !== undefined && version < by;

/** The newest version in which each row is shown here. */
function newestOf(
  rows: readonly ObservedRow[],
  observations: ReadonlyMap<string, Observation>,
): ReadonlyMap<string, bigint> {
  const newest = new Map<string, bigint>();
  for (const row of rows) {
    const { version } = observations.get(keyOf({ entity: row.shown_as, externalId: row.external_id })) ?? {};
    const before = newest.get(rowKey(row));
    if (version !== undefined && (before === undefined || version > before)) newest.set(rowKey(row), version);
  }
  return newest;
}

interface KnownVersions {
  /** That our last write left. */
  readonly written?: bigint;
  /** That was looked at last. */
  readonly shown?: bigint;
}

/**
 * What is known of versions, by `<entity> <external id>`. Read after the rows are locked: what a write that has just been acknowledged says
 * of the row, it says of its version too.
 */
async function knownVersions(
  tx: Tx,
  system: string,
  rows: readonly ObservedRow[],
): Promise<ReadonlyMap<string, KnownVersions>> {
  if (rows.length === 0) return new Map();
  const found = await tx.query<{ entity: string; external_id: string; written: string | null; shown: string | null }>(
    `select entity, external_id, written_version::text as written, source_version::text as shown from external_reference
     where system = $1 and (entity, external_id) in (select * from unnest($2::text[], $3::text[]))
       and (written_version is not null or source_version is not null)`,
    [system, rows.map(({ entity }) => entity), rows.map((row) => row.external_id)],
    'projection-observe-versions',
  );
  return new Map(
    found.map(({ entity, external_id, written, shown }) => [
      `${entity} ${external_id}`,
      { ...(written !== null && { written: BigInt(written) }), ...(shown !== null && { shown: BigInt(shown) }) },
    ]),
  );
}

const isUnderWay = ({ state }: ObservedRow): boolean => state === 'writing' || state === 'in_doubt';

/** What the target holds now and which fields of the hub differ; `*` when it cannot be told, so that the target is asked. */
function judge(
  row: ObservedRow,
  { document: shown, parts, version, wholeLists, ...observation }: Observation,
  writtenAs: bigint | undefined,
): { held: Document; fields: readonly string[] } {
  const isBeforeWrite = version !== undefined && writtenAs !== undefined && version < writtenAs;
  const isOld = observation.isOld === true || isBeforeWrite;
  const known = row.held ?? {};
  const document = parts === undefined ? shown : withParts(known, parts);
  const held: Record<string, Json> = {};
  const fields = Object.keys(known).filter((field) => {
    const now = document[field] ?? null;
    const before = known[field] ?? null;
    const isSame = says(now, before, wholeLists?.has(field) === true ? { anyOrder: true } : { mayHoldMore: true });
    held[field] = isSame ? before : alike(now, before);
    return !isSame;
  });
  if (!isUnderWay(row) && !isOld) return { held, fields };
  // What our write replaces may have been put back since: nobody shows it again once the write is acknowledged.
  const mayBeBack = !isOld && (version === undefined || version !== writtenAs) && isOfHeld(known, parts);
  return { held: known, fields: fields.length > 0 || row.held === null || mayBeBack ? ['*'] : [] };
}

/** Whether what is shown is the document itself, or an item that the hub holds. */
const isOfHeld = (held: Document, parts: readonly Part[] | undefined): boolean =>
  parts === undefined ||
  parts.some(({ list, key, item }) => {
    const items = held[list];
    return Array.isArray(items) && (items as readonly Document[]).some((each) => each[key] === item[key]);
  });

/** The held document with the items that were shown in place of its own; items that the hub does not hold are not its matter. */
function withParts(held: Document, parts: readonly Part[]): Document {
  const document: Record<string, Json> = { ...held };
  for (const { list, key, item } of parts) {
    const items = document[list];
    if (!Array.isArray(items)) continue;
    document[list] = (items as readonly Document[]).map((each) =>
      each[key] === item[key] ? { ...each, ...item } : each,
    );
  }
  return document;
}

interface Drift {
  readonly entity: string;
  readonly canonicalId: string;
  readonly held: Document;
  readonly fields: readonly string[];
  /** How long the record rests before it is put right. */
  readonly restMs: number;
}

/**
 * Numbers that systems count themselves change on both sides for one cause (an order that is shipped here and delivered there):
 * the source gets the time to say its own.
 */
const partsRestMs = 10_000;

/**
 * What the target refused is tried again once people there have changed the record: what kept it out may be gone, and other fields of it
 * differ now. What is fought over rests until somebody decides.
 */
const becomesDue = `(p.state in ('in_sync', 'pending')
  or (p.state = 'parked' and p.reason_code is distinct from 'DRIFT_CONTESTED' and not '*' = any(d.fields)))`;

async function markDrifts(tx: Tx, system: string, drifts: readonly Drift[]): Promise<void> {
  if (drifts.length === 0) return;
  await tx.query(
    `update projection p
     set held = d.held,
       drifted = array(select distinct unnest(p.drifted || d.fields)),
       look_again = p.look_again or p.state in ('writing', 'in_doubt'),
       state = case when ${becomesDue} then 'pending' else p.state end,
       since = case when ${becomesDue} and p.state <> 'pending' then now() else p.since end,
       reason = case when ${becomesDue} then null else p.reason end,
       next_at = case when not ${becomesDue} then p.next_at
         when p.state = 'pending' then least(p.next_at, now() + d."restMs" * interval '1 millisecond')
         else now() + d."restMs" * interval '1 millisecond' end,
       changed_at = case when p.state = 'in_sync' then now() else p.changed_at end
     from json_to_recordset($2::json) as d(entity text, "canonicalId" text, held jsonb, fields text[], "restMs" integer)
     where p.target = $1 and p.entity = d.entity and p.canonical_id = d."canonicalId"`,
    [system, JSON.stringify(drifts)],
    'projection-drift',
  );
}
