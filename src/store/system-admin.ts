/** Connected systems as people set them up; what capture and the projectors learn of them is in system-status.ts. */
import type { Document } from '../base/document.js';
import type { SystemRow, SystemState } from './configuration.js';
import type { Query, Tx } from './database.js';

export type EditedSystem = SystemRow & { readonly statusReason: string | null };

/** The system, locked until COMMIT. */
export async function lockSystem(tx: Tx, key: string): Promise<EditedSystem | undefined> {
  const [row] = await tx.query<EditedSystem & Record<string, unknown>>(
    `select id, key, connector, name, settings, secrets, status, status_reason as "statusReason", version
     from system where key = $1 for update`,
    [key],
  );
  return row;
}

/** Stores what was set; null leaves the secrets as they are. Credentials that were refused count as not tried yet. */
export async function storeSystem(
  tx: Tx,
  key: string,
  set: { readonly name: string; readonly settings: Document; readonly secrets: Buffer | null },
): Promise<void> {
  await tx.query(
    `update system
     set name = $2, settings = $3, secrets = coalesce($4, secrets), version = version + 1, updated_at = now(),
       secrets_set_at = case when $4::bytea is null then secrets_set_at else now() end,
       status_reason = case when status = 'CREDENTIALS_REJECTED' then null else status_reason end,
       status_since = case when status = 'CREDENTIALS_REJECTED' then now() else status_since end,
       status = case when status = 'CREDENTIALS_REJECTED' then 'CONNECTED' else status end
     where key = $1`,
    [key, set.name, JSON.stringify(set.settings), set.secrets],
  );
}

/** Moves a system to a state; false when it is in none of `from`. */
export async function setSystemStatus(
  tx: Tx,
  key: string,
  from: readonly SystemState[],
  to: SystemState,
  reason: string | null,
): Promise<boolean> {
  const rows = await tx.query(
    `update system set status = $3, status_reason = $4, status_since = now(), version = version + 1, updated_at = now()
     where key = $1 and status = any($2::text[]) returning 1 as moved`,
    [key, from, to, reason],
  );
  return rows.length > 0;
}

/** What still names a system: it cannot be deleted while anything does. */
export async function usesOfSystem(query: Query, key: string): Promise<readonly string[]> {
  const [row] = await query.query<{ flows: number; records: number; owners: number }>(
    `select (select count(*)::integer from flow where source = $1 or target = $1) as flows,
       (select count(*)::integer from (select 1 from external_reference where system = $1 limit 1000) r) as records,
       (select count(*)::integer from field_owner where owner = $1) as owners`,
    [key],
  );
  const { flows = 0, records = 0, owners = 0 } = row ?? {};
  return [
    ...(flows === 0 ? [] : [`${flows} flows`]),
    ...(records === 0
      ? []
      : [`${records === 1000 ? '1000 or more' : records} records that it has in common with the hub`]),
    ...(owners === 0 ? [] : [`${owners} fields that are its own`]),
  ];
}

/** With what is known of it alone: its fields and how far it was read. */
export async function deleteSystem(tx: Tx, key: string): Promise<void> {
  await tx.query('delete from discovered_field where system = $1', [key]);
  await tx.query('delete from capture_position where system = $1', [key]);
  await tx.query('delete from system where key = $1', [key]);
}
