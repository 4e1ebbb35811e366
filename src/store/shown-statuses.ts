/** How every connected system stands with a record, as the graph shows it. Pure, but for what is asked for only when it is needed. */
import { isCalm, shownState } from '../schema/sync-states.js';
import type { EntitySyncStatus, ExternalReference } from '../schema/sync-status.js';
import type { System } from '../schema/system.js';
import type { AwaitedRow, ProjectionStatus, StatusOf } from './sync-reads.js';
import { heldCodes } from './write-holds.js';
import { whyNotThere, whyWaiting, type LookedAtFlow } from './why-not-there.js';

/** Reason codes of the engine that are more exact than the state. */
const exactCodes: Readonly<Record<string, { readonly code: string; readonly responsible: string }>> = {
  MAPPING_FAILED: { code: 'MAPPING_FAILED', responsible: 'INTEGRATOR' },
  RECORD_REFUSED: { code: 'REJECTED_BY_SYSTEM', responsible: 'SHOP' },
  UNMAPPED_VALUE: { code: 'MAPPING_FAILED', responsible: 'INTEGRATOR' },
  TOTALS_DIFFER: { code: 'CONFLICT', responsible: 'SHOP' },
  ADDRESS_INCOMPLETE: { code: 'REJECTED_BY_SYSTEM', responsible: 'SHOP' },
  CANCELLED_COUNTED: { code: 'CONFLICT', responsible: 'SHOP' },
  CURRENCY_DIFFERS: { code: 'REJECTED_BY_SYSTEM', responsible: 'SHOP' },
  SENT_WITHOUT_LINE: { code: 'CONFLICT', responsible: 'SHOP' },
  PAYMENT_BOOKED_OTHERWISE: { code: 'CONFLICT', responsible: 'SHOP' },
  SKU_NOT_NUMERIC: { code: 'REJECTED_BY_SYSTEM', responsible: 'SHOP' },
  SHIPPING_COSTS_UNFIT: { code: 'REJECTED_BY_SYSTEM', responsible: 'SHOP' },
  SHIPPING_ARTICLE_MISSING: { code: 'MAPPING_FAILED', responsible: 'INTEGRATOR' },
  DUPLICATE_IN_TARGET: { code: 'CONFLICT', responsible: 'SHOP' },
  DUPLICATE_IN_SYSTEM: { code: 'CONFLICT', responsible: 'SHOP' },
  WRITE_CONTESTED: { code: 'CONFLICT', responsible: 'SHOP' },
  DRIFT_CONTESTED: { code: 'CONFLICT', responsible: 'SHOP' },
  WRITE_UNCONFIRMED: { code: 'REJECTED_BY_SYSTEM', responsible: 'SHOP' },
  RATE_LIMITED: { code: 'RATE_LIMITED', responsible: 'HUB' },
};

/** The shop knows whether it meant what the guard holds. */
const ofGuard = { code: 'RUN_HELD', responsible: 'SHOP' } as const;
const guarded: ReadonlySet<string> = new Set(Object.values(heldCodes));

function shownRow(row: ProjectionStatus): EntitySyncStatus {
  const shown = shownState[row.state];
  const code = row.reasonCode ?? '';
  const exact = shown.state === 'FAILED' || shown.state === 'RETRYING' ? exactCodes[code] : guarded.has(code) ? ofGuard : undefined; // prettier-ignore
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
      about: { entity: row.entity, system: row.target },
      waiting:
        row.state === 'waiting_for' ? { target: row.target, entity: row.entity, canonicalId: row.canonicalId } : null,
    },
  };
}

/** A row with the end of its flow's pause, when that comes by itself. */
function resting(row: ProjectionStatus, flows: readonly LookedAtFlow[]): EntitySyncStatus {
  const status = shownRow(row);
  const until = row.state === 'paused' ? (flows.find(({ key }) => key === row.flow)?.pausedUntil ?? null) : null;
  return until === null ? status : { ...status, reason: { ...status.reason, until, responsible: 'HUB' } };
}

function withoutProjection(
  system: System,
  record: StatusOf,
  references: readonly ExternalReference[],
  flows: readonly LookedAtFlow[],
): EntitySyncStatus {
  const reference = referenceIn(references, system.key);
  const shown = {
    since: reference?.lastSeenAt ?? reference?.firstSeenAt ?? system.createdAt,
    ...{ systemKey: system.key, entity: record.entity, canonicalId: record.id },
  };
  if (reference === undefined) {
    const systems = references.map(({ systemKey }) => systemKey);
    const reason = { ...whyNotThere(system, { entity: record.entity, systems }, flows), until: null, waiting: null };
    return { ...shown, state: 'NOT_LINKED', reason };
  }
  const isRead = reference.origin === 'INGESTED';
  return {
    ...shown,
    state: 'IN_SYNC',
    reason: {
      code: isRead ? 'OWNED_BY_OTHER_SIDE' : 'DELIVERED',
      message: isRead
        ? `${system.name} is where this record comes from.`
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

/** Of what it is told who must act; what is awaited is read only of a record that waits. */
export interface Around {
  readonly flows: readonly LookedAtFlow[];
  awaited(waiting: NonNullable<EntitySyncStatus['reason']['waiting']>): Promise<readonly AwaitedRow[]>;
}

/** One entry per connected system. */
export function shownStatuses(
  record: StatusOf,
  systems: readonly System[],
  rows: readonly ProjectionStatus[],
  references: readonly ExternalReference[],
  around: Around,
): Promise<EntitySyncStatus[]> {
  return Promise.all(
    systems.map(async (system) => {
      const row = speaking(
        record,
        rows.filter(({ target }) => target === system.key),
      );
      if (row !== undefined) return waitingWith(system, resting(row, around.flows), around);
      return withoutProjection(system, record, references, around.flows);
    }),
  );
}

/** A record that waits, with who has to act when what it waits for does not come by itself. */
async function waitingWith(system: System, status: EntitySyncStatus, around: Around): Promise<EntitySyncStatus> {
  const { reason } = status;
  if (reason.waiting === null) return status;
  const why = whyWaiting(system, await around.awaited(reason.waiting), around.flows);
  if (why === undefined) return status;
  const { message, responsible } = why;
  return { ...status, reason: { ...reason, responsible, message: `${reason.message} ${message}` } };
}
