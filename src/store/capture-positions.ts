/**
 * How far each stream of each system has been read, who reads it, and which records of the overlap have been seen. One owner
 * per stream (lease and epoch by the database's clock); the position moves in the transaction that appends its page.
 */
import { KoppelError } from '../base/errors.js';
import type { Query, Tx } from './database.js';
import { isAnswerNews, noFailure } from './system-status.js';

/**
 * What is taken from a stream: kinds of records (of documents, where it shows orders) and from when on they are taken; null =
 * from the beginning, `now` = what is shown from now on.
 */
export type Takes = Readonly<Record<string, string | null>>;

export interface HeldStream {
  readonly system: string;
  readonly stream: string;
  readonly position: string | null;
  /** What was taken when it was last read; null when that is not known. */
  readonly takes: Takes | null;
  /** Fingerprint of the administration that the position belongs to. */
  readonly account: string | null;
  readonly state: 'running' | 'stopped';
  /** The last read of it failed. */
  readonly isFailing: boolean;
  readonly epoch: bigint;
}

export interface SystemToRead {
  readonly status: string;
  readonly accountFingerprint: string | null;
  /** An answer would be worth writing down (store/system-status.ts). */
  readonly isAnswerNews: boolean;
  /** The stream, while this process has its lease; undefined when it has to take it first. */
  readonly held: HeldStream | undefined;
}

/** How a system is, with one of its streams; undefined when there is no such system. Every look asks, so nothing is written. */
export async function systemToRead(
  query: Query,
  { system, stream, owner }: { readonly system: string; readonly stream: string; readonly owner: string },
): Promise<SystemToRead | undefined> {
  const [row] = await query.query<
    HeldRow & {
      readonly status: string;
      readonly fingerprint: string | null;
      readonly is_answer_news: boolean;
      readonly owned: boolean;
    }
  >(
    `select s.status, s.account_fingerprint as fingerprint, (${isAnswerNews('s')}) as is_answer_news, p.owner is not null as owned,
       p.position, p.takes, p.account, p.state, p.failing_since is not null as is_failing, p.epoch
     from system s
     left join capture_position p
       on p.system = s.key and p.stream = $2 and p.owner = $3 and p.lease_until > clock_timestamp()
     where s.key = $1`,
    [system, stream, owner],
    'stream-to-read',
  );
  if (row === undefined) return undefined;
  const { status, fingerprint, is_answer_news, owned } = row;
  const held = owned ? toHeld(system, stream, row) : undefined;
  return { status, accountFingerprint: fingerprint, isAnswerNews: is_answer_news, held };
}

/** Takes or renews the lease of a stream; undefined while another process holds it. */
export async function holdStream(
  query: Query,
  wanted: { readonly system: string; readonly stream: string; readonly owner: string; readonly leaseMs: number },
): Promise<HeldStream | undefined> {
  const { system, stream, owner, leaseMs } = wanted;
  const [row] = await query.query<HeldRow>(
    `insert into capture_position as p (system, stream, owner, epoch, lease_until)
     values ($1, $2, $3, 1, clock_timestamp() + $4 * interval '1 millisecond')
     on conflict (system, stream) do update
     set owner = $3,
         epoch = case when p.owner = $3 then p.epoch else p.epoch + 1 end,
         lease_until = clock_timestamp() + $4 * interval '1 millisecond'
     where p.owner = $3 or p.lease_until < clock_timestamp()
     returning position, takes, account, state, failing_since is not null as is_failing, epoch`,
    [system, stream, owner, leaseMs],
    'stream-hold',
  );
  return row === undefined ? undefined : toHeld(system, stream, row);
}

function toHeld(system: string, stream: string, { position, takes, account, ...row }: HeldRow): HeldStream {
  const state = row.state === 'stopped' ? 'stopped' : 'running';
  return { system, stream, position, takes, account, state, isFailing: row.is_failing, epoch: BigInt(row.epoch) };
}

type HeldRow = Pick<HeldStream, 'position' | 'takes' | 'account'> & {
  readonly state: string;
  readonly is_failing: boolean;
  readonly epoch: string;
};

/** Moves the position of a stream and renews the lease; throws POSITION_LOST when another process has it, or a person stopped or moved it. */
export async function moveStream(
  tx: Tx,
  held: HeldStream,
  to: {
    readonly position: string;
    readonly takes: Takes;
    readonly account: string | null;
    readonly leaseMs: number;
  },
): Promise<void> {
  const rows = await tx.query(
    `update capture_position
     set position = $4, account = coalesce($5, account), takes = $8, updated_at = now(),
         lease_until = clock_timestamp() + $6 * interval '1 millisecond'
     where system = $1 and stream = $2 and epoch = $3 and state = 'running' and position is not distinct from $7
     returning 1 as moved`,
    [
      held.system,
      held.stream,
      held.epoch,
      to.position,
      to.account,
      to.leaseMs,
      held.position,
      JSON.stringify(to.takes),
    ],
    'stream-move',
  );
  if (rows.length === 0) {
    throw new KoppelError('POSITION_LOST', { consumer: 'capture', topic: held.system, partition: held.stream });
  }
}

/**
 * Forgets that the stream has shown its records: each of them is taken over once more when it comes. The hashes of references
 * go too, because what was only compared with what the system should hold has left one as well.
 */
export async function forgetShown(
  tx: Tx,
  held: Pick<HeldStream, 'system' | 'stream'>,
  entities: readonly string[],
): Promise<void> {
  await tx.query('delete from capture_seen where system = $1 and stream = $2', [held.system, held.stream]);
  await tx.query(
    `update external_reference r
     set content_hash = null
     from (select entity, external_id from external_reference
       where system = $1 and entity = any($2::text[]) and content_hash is not null
       order by entity, external_id for update) k
     where r.system = $1 and r.entity = k.entity and r.external_id = k.external_id`,
    [held.system, entities],
  );
}

/** Stops a stream until a person decides; nothing moves. */
export async function stopStream(query: Query, held: HeldStream, code: string, message: string): Promise<void> {
  await query.query(
    `update capture_position
     set state = 'stopped', stopped_code = $4, stopped_message = $5, updated_at = now(), ${noFailure}
     where system = $1 and stream = $2 and epoch = $3`,
    [held.system, held.stream, held.epoch, code, message],
  );
}

/** What a person decides: read on from `position` (null = everything again, undefined = from where it stopped). */
export async function resumeStream(
  query: Query,
  system: string,
  stream: string,
  position?: string | null,
): Promise<void> {
  await query.query(
    `update capture_position
     set state = 'running', stopped_code = null, stopped_message = null, updated_at = now(), ${noFailure},
         position = case when $3 then $4 else position end,
         account = case when stopped_code = 'ACCOUNT_CHANGED' then null else account end,
         epoch = epoch + 1, owner = null, lease_until = '-infinity'
     where system = $1 and stream = $2`,
    [system, stream, position !== undefined, position ?? null],
  );
  // A stream that is read again from the start shows everything again; its records are compared by ingest.
  if (position === null)
    await query.query('delete from capture_seen where system = $1 and stream = $2', [system, stream]);
}

/** Takes the administration that answers now for the right one, when the stream was stopped because it is another. */
export async function acceptAccount(tx: Tx, system: string, stream: string): Promise<void> {
  await tx.query(
    `update system set account_fingerprint = null
     where key = $1 and exists (
       select from capture_position where system = $1 and stream = $2 and stopped_code = 'ACCOUNT_CHANGED')`,
    [system, stream],
  );
}

/** How many records of these kinds are known of a system. */
export async function countKnown(query: Query, system: string, entities: readonly string[]): Promise<number> {
  const [row] = await query.query<{ count: number }>(
    `select count(*)::integer as count from external_reference
     where system = $1 and entity = any($2::text[]) and origin <> 'MENTIONED'`,
    [system, entities],
  );
  return row?.count ?? 0;
}

/** Renews the leases that an owner still has; one that has expired is not taken back, because somebody else may have it next. */
export async function renewStreams(query: Query, owner: string, leaseMs: number): Promise<void> {
  await query.query(
    `update capture_position set lease_until = clock_timestamp() + $2 * interval '1 millisecond'
     where owner = $1 and lease_until > clock_timestamp()`,
    [owner, leaseMs],
    'streams-renew',
  );
}

/** Streams that were read by a process and are nobody's now. */
export const freeStreams = (query: Query): Promise<readonly { readonly system: string; readonly stream: string }[]> =>
  query.query<{ system: string; stream: string }>(
    `select system, stream from capture_position where lease_until < clock_timestamp() and state = 'running'`,
    [],
    'streams-free',
  );

export async function releaseStreams(query: Query, owner: string): Promise<void> {
  await query.query(`update capture_position set owner = null, lease_until = '-infinity' where owner = $1`, [owner]);
}

/**
 * Hashes under which records of the overlap were last appended. Without those to which we have written since: what is shown then may be
 * what somebody has put back.
 */
export async function seenHashes(
  query: Query,
  held: HeldStream,
  entities: readonly string[],
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await query.query<{ external_id: string; hash: string }>(
    `select external_id, hash from capture_seen s
     where system = $1 and stream = $2 and external_id = any($4::text[]) and not exists (
       select from external_reference r
       where r.system = s.system and r.entity = any($3::text[]) and r.external_id = s.external_id and r.written_version > s.version)`,
    [held.system, held.stream, entities, externalIds],
    'seen-hashes',
  );
  return new Map(rows.map((row) => [row.external_id, row.hash]));
}

/** What is shown next of these records is new, whatever it is. */
export async function forgetHashes(
  query: Query,
  { system, stream }: HeldStream,
  ids: readonly string[],
): Promise<void> {
  await query.query('delete from capture_seen where system = $1 and stream = $2 and external_id = any($3::text[])', [system, stream, ids]); // prettier-ignore
}

export interface SeenHash {
  readonly externalId: string;
  readonly version: bigint;
  readonly hash: string;
}

/** Remembers what later pages may show again and forgets what they cannot. */
export async function rememberSeen(
  tx: Tx,
  held: HeldStream,
  seen: readonly SeenHash[],
  overlapFrom: bigint,
): Promise<void> {
  const inside = seen.filter((record) => record.version >= overlapFrom);
  await Promise.all([addSeen(tx, held, inside), forgetSeen(tx, held, overlapFrom)]);
}

async function addSeen(tx: Tx, held: HeldStream, inside: readonly SeenHash[]): Promise<void> {
  if (inside.length === 0) return;
  // Most of an overlap is remembered already: writing it again would cost more than everything else of a page.
  await tx.query(
    `insert into capture_seen (system, stream, external_id, version, hash)
     select $1, $2, external_id, version, hash
     from unnest($3::text[], $4::numeric[], $5::text[]) as s(external_id, version, hash)
     where not exists (
       select from capture_seen k
       where k.system = $1 and k.stream = $2 and k.external_id = s.external_id and k.version = s.version and k.hash = s.hash)
     on conflict (system, stream, external_id) do update
     set version = excluded.version, hash = excluded.hash`,
    [
      held.system,
      held.stream,
      inside.map((record) => record.externalId),
      inside.map((record) => record.version),
      inside.map((record) => record.hash),
    ],
    'seen-remember',
  );
}

async function forgetSeen(tx: Tx, held: HeldStream, overlapFrom: bigint): Promise<void> {
  if (overlapFrom <= 0n) return;
  await tx.query('delete from capture_seen where system = $1 and stream = $2 and version < $3', [held.system, held.stream, overlapFrom], 'seen-forget'); // prettier-ignore
}
