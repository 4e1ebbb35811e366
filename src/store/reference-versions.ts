/** Forgetting versions of records whose order they do not tell any more: a system was restored, or a clock was wrong. */
import type { Tx } from './database.js';

/**
 * Forgets the versions of records when the stream was stopped because its system counts anew: a system that was restored gives its numbers
 * out once more, another administration has its own. What either shows would be older than what is known, and never be taken.
 */
export async function forgetVersions(
  tx: Tx,
  { system, stream }: { readonly system: string; readonly stream: string },
  entities: readonly string[],
): Promise<void> {
  await tx.query(
    `update external_reference r
     set source_version = null, written_version = null
     from (select entity, external_id from external_reference
       where system = $1 and entity = any($2::text[]) and coalesce(source_version, written_version) is not null
         and exists (select from capture_position
           where system = $1 and stream = $3 and stopped_code in ('POSITION_BEYOND_SOURCE', 'ACCOUNT_CHANGED'))
       order by entity, external_id for update) k
     where r.system = $1 and r.entity = k.entity and r.external_id = k.external_id`,
    [system, entities, stream],
  );
}

/** A record as its system shows it, with the version that it has there. Moments are ISO 8601, by the clock of the database. */
export interface ShownVersion {
  readonly entity: string;
  readonly externalId: string;
  readonly version: string;
  /** Only when no document of it was taken over since; absent: whenever that was. */
  readonly seenBefore?: string;
  /** Only when the hub has not written it since; absent: whenever that was. */
  readonly writtenBefore?: string;
}

/**
 * Forgets the versions of records of which the hub knows higher ones than these, so that what is shown now is not older any more; returns the
 * records. What is taken in next gives each its version again.
 */
export async function forgetVersionsAbove(
  tx: Tx,
  system: string,
  shown: readonly ShownVersion[],
): Promise<readonly { readonly entity: string; readonly externalId: string }[]> {
  if (shown.length === 0) return [];
  return tx.query<{ entity: string; externalId: string }>(
    `update external_reference r
     set source_version = null, written_version = null
     from (select e.entity, e.external_id
       from json_to_recordset($2::json) as s(
         entity text, "externalId" text, version numeric, "seenBefore" timestamptz, "writtenBefore" timestamptz)
       join external_reference e on e.system = $1 and e.entity = s.entity and e.external_id = s."externalId"
       where greatest(e.source_version, e.written_version) > s.version
         and coalesce(e.last_seen_at < s."seenBefore", true) and coalesce(e.last_written_at < s."writtenBefore", true)
       order by e.entity, e.external_id for update of e) k
     where r.system = $1 and r.entity = k.entity and r.external_id = k.external_id
     returning r.entity, r.external_id as "externalId"`,
    [system, JSON.stringify(shown)],
    'versions-forget',
  );
}
