/** How every connected system stands with a record, as the graph shows it. Pure. */
import { isCalm, shownState } from '../schema/sync-states.js';
import type { EntitySyncStatus, ExternalReference } from '../schema/sync-status.js';
import type { System } from '../schema/system.js';
import type { ProjectionStatus, StatusOf } from './sync-reads.js';

/** Reason codes of the engine that are more exact than the state. */
const exactCodes: Readonly<Record<string, { readonly code: string; readonly responsible: string }>> = {
  MAPPING_FAILED: { code: 'MAPPING_FAILED', responsible: 'INTEGRATOR' },
  RECORD_REFUSED: { code: 'REJECTED_BY_SYSTEM', responsible: 'SHOP' },
  UNMAPPED_VALUE: { code: 'MAPPING_FAILED', responsible: 'INTEGRATOR' },
  TOTALS_DIFFER: { code: 'CONFLICT', responsible: 'SHOP' },
  SKU_NOT_NUMERIC: { code: 'REJECTED_BY_SYSTEM', responsible: 'SHOP' },
  SHIPPING_ARTICLE_MISSING: { code: 'MAPPING_FAILED', responsible: 'INTEGRATOR' },
  DUPLICATE_IN_TARGET: { code: 'CONFLICT', responsible: 'SHOP' },
  DUPLICATE_IN_SYSTEM: { code: 'CONFLICT', responsible: 'SHOP' },
  WRITE_CONTESTED: { code: 'CONFLICT', responsible: 'SHOP' },
  DRIFT_CONTESTED: { code: 'CONFLICT', responsible: 'SHOP' },
  RATE_LIMITED: { code: 'RATE_LIMITED', responsible: 'HUB' },
};

function shownRow(row: ProjectionStatus): EntitySyncStatus {
  const shown = shownState[row.state];
  const exact = shown.state === 'FAILED' || shown.state === 'RETRYING' ? exactCodes[row.reasonCode ?? ''] : undefined;
  return {
    state: shown.state,
    since: row.since,
    systemKey: row.target,
    entity: row.entity,
    canonicalId: row.canonicalId,
    reason: {
      code: exact?.code ?? shown.code,
      message: row.reason ?? shown.message,
      until: row.nextAt,
      responsible: exact?.responsible ?? shown.responsible,
      flowKey: row.flow,
      waiting:
        row.state === 'waiting_for' ? { target: row.target, entity: row.entity, canonicalId: row.canonicalId } : null,
    },
  };
}

function withoutProjection(
  system: System,
  record: StatusOf,
  reference: ExternalReference | undefined,
): EntitySyncStatus {
  const isRead = reference?.origin === 'INGESTED';
  return {
    state: reference === undefined ? 'NOT_LINKED' : 'IN_SYNC',
    since: reference?.lastSeenAt ?? reference?.firstSeenAt ?? system.createdAt,
    systemKey: system.key,
    entity: record.entity,
    canonicalId: record.id,
    reason: {
      code: isRead ? 'OWNED_BY_OTHER_SIDE' : reference === undefined ? 'NO_FLOW' : 'DELIVERED',
      message: isRead
        ? `${system.name} is where this record comes from.`
        : reference === undefined
          ? `Nothing is written to ${system.name}.`
          : `${system.name} has this record; nothing is written to it.`,
      until: null,
      responsible: 'NOBODY',
      flowKey: null,
      waiting: null,
    },
  };
}

/** The identity that a record itself has in a system; its contact has one of its own there. */
export const referenceIn = (
  references: readonly ExternalReference[],
  systemKey: string,
): ExternalReference | undefined =>
  references.find((reference) => reference.systemKey === systemKey && reference.entityType !== 'CONTACT');

/**
 * The row that speaks for a record in a system. A simple product whose own row is excluded stands there as its only variant
 * does, because the system knows it as that; a customer is in trouble when its contact is.
 */
function speaking(record: StatusOf, rows: readonly ProjectionStatus[]): ProjectionStatus | undefined {
  const own = rows.find((row) => row.entity === record.entity);
  const other = rows.find((row) => row.entity !== record.entity);
  if (record.entity === 'customer') {
    return own !== undefined && other !== undefined && isCalm(own.state) && !isCalm(other.state) ? other : own;
  }
  return own === undefined || own.state === 'excluded' ? (other ?? own) : own;
}

/** One entry per connected system. */
export function shownStatuses(
  record: StatusOf,
  systems: readonly System[],
  rows: readonly ProjectionStatus[],
  references: readonly ExternalReference[],
): EntitySyncStatus[] {
  return systems.map((system) => {
    const row = speaking(
      record,
      rows.filter(({ target }) => target === system.key),
    );
    return row === undefined ? withoutProjection(system, record, referenceIn(references, system.key)) : shownRow(row);
  });
}
