/** References that people make and take away, and what becomes of the projections of their records. */
import type { Tx } from './database.js';
import type { ProjectionKey } from './projections.js';

export interface KnownReference {
  readonly canonicalId: string;
  readonly externalId: string;
  readonly origin: string;
}

/** Those of a system that name the record or the external id, kept as they are until the transaction ends. */
export const lockReferences = (
  tx: Tx,
  system: string,
  entity: string,
  canonicalId: string,
  externalId: string,
): Promise<readonly KnownReference[]> =>
  tx.query<KnownReference & Record<string, unknown>>(
    `select canonical_id as "canonicalId", external_id as "externalId", origin from external_reference
     where system = $1 and entity = $2 and (canonical_id = $3 or external_id = $4) order by external_id for update`,
    [system, entity, canonicalId, externalId],
  );

export interface ManualReference {
  readonly system: string;
  readonly entity: string;
  readonly canonicalId: string;
  readonly externalId: string;
  readonly key: string | null;
}

/** Writes a reference in place of one that was only reserved; false when another transaction was first. */
export async function insertReference(tx: Tx, reference: ManualReference): Promise<boolean> {
  const { system, entity, canonicalId, externalId, key } = reference;
  await tx.query(
    `delete from external_reference where system = $1 and entity = $2 and canonical_id = $3 and external_id like 'key:%'`,
    [system, entity, canonicalId],
  );
  const rows = await tx.query(
    `insert into external_reference (system, entity, external_id, canonical_id, natural_key, origin)
     values ($1, $2, $3, $4, $5, 'MANUAL') on conflict do nothing returning 1 as written`,
    [system, entity, externalId, canonicalId, key],
  );
  return rows.length > 0;
}

export async function deleteReference(
  tx: Tx,
  reference: Pick<ManualReference, 'system' | 'entity' | 'externalId'>,
): Promise<KnownReference | undefined> {
  const [row] = await tx.query<KnownReference & Record<string, unknown>>(
    `delete from external_reference where system = $1 and entity = $2 and external_id = $3
     returning canonical_id as "canonicalId", external_id as "externalId", origin`,
    [reference.system, reference.entity, reference.externalId],
  );
  return row;
}

/** Whether a write of one of the rows is under way; locks them. */
export async function isWriteUnderWay(tx: Tx, target: string, keys: readonly ProjectionKey[]): Promise<boolean> {
  const rows = await tx.query<{ state: string }>(
    `select p.state from projection p
     join unnest($2::text[], $3::text[]) as k(entity, canonical_id) on p.entity = k.entity and p.canonical_id = k.canonical_id
     where p.target = $1 order by p.entity, p.canonical_id for update of p`,
    [target, keys.map(({ entity }) => entity), keys.map(({ canonicalId }) => canonicalId)],
  );
  return rows.some(({ state }) => state === 'writing' || state === 'in_doubt');
}

/** The row knows the record of the target from now on; what that holds is asked before anything is written. */
export async function adoptLinked(
  tx: Tx,
  target: string,
  { entity, canonicalId }: ProjectionKey,
  externalId: string,
): Promise<void> {
  await tx.query(
    `update projection p
     set external_id = $4, wanted = null, wanted_hash = null, held = null, drifted = '{*}', state = 'pending', since = now(),
       reason = null, reason_code = null, next_at = now(), attempt = 0, match_key = null, epoch = epoch + 1
     where p.target = $1 and p.entity = $2 and p.canonical_id = $3`,
    [target, entity, canonicalId, externalId],
  );
}

/** The row rests until somebody links its record anew or sends it again. */
export async function restUnlinked(
  tx: Tx,
  target: string,
  { entity, canonicalId }: ProjectionKey,
  reason: string,
): Promise<void> {
  await tx.query(
    `update projection p
     set external_id = null, wanted = null, wanted_hash = null, held = null, drifted = '{}', state = 'held', since = now(),
       reason = $4, reason_code = 'UNLINKED', next_at = null, attempt = 0, match_key = null, epoch = epoch + 1
     where p.target = $1 and p.entity = $2 and p.canonical_id = $3`,
    [target, entity, canonicalId, reason],
  );
}

/** Open problems of taking this record of the system in. */
export async function openProblemsOfExternal(
  tx: Tx,
  system: string,
  entity: string,
  externalId: string,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from parked where system = $1 and entity = $2 and external_id = $3 and stage <> 'project'
       and status in ('OPEN', 'REPLAYING') order by id`,
    [system, entity, externalId],
  );
  return rows.map(({ id }) => id);
}
