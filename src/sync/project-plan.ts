/**
 * Plans: takes rows that are due and, in one transaction, decides about each and commits the intents of all that need a
 * write. In: the present configuration. Out: the writes to send and the doubts to look up. Upholds G3b and G4: what will be
 * sent, under which key and until when it may take effect is stored before anything is sent; a row that was left in
 * `writing` by a dead process is never sent again before it has been looked for.
 */
import { derivedKey, newId } from '../base/ids.js';
import { KoppelError } from '../base/errors.js';
import type { Tx } from '../store/database.js';
import type { JournalEntry } from '../store/journal.js';
import type { ParkedRecord } from '../store/parked.js';
import type { Wait } from '../store/projection-waits.js';
import type { Intent, Projection, ProjectionChange } from '../store/projections.js';
import type { UnmappedValue } from '../store/unmapped-values.js';
import type { Configuration, ConnectedSystem } from './configuration.js';
import { unclear } from './difference.js';
import type { ParkGuard } from './park-guard.js';
import { fingerprintOf, toParked } from './problem.js';
import { evaluate, type Evaluated } from './project-evaluate.js';
import { contentHash } from '../base/content-hash.js';
import type { ProjectorDeps } from './projector-deps.js';
import { suspendFlow } from './suspend-flow.js';
import type { PlannedWrite } from './settle.js';

export interface Planned {
  /** How many rows were taken. */
  readonly claimed: number;
  readonly writes: readonly PlannedWrite[];
  /** Writes whose outcome is not known and that can no longer take effect. */
  readonly doubts: readonly PlannedWrite[];
}

/** How long a worker may take to look a doubt up before another one may. */
const doubtLeaseMs = 60_000;
const mostRepairs = 3;
const waitForConfigurationMs = 10_000;

interface Work {
  readonly tx: Tx;
  readonly target: string;
  readonly deps: ProjectorDeps;
  readonly guard: ParkGuard;
  readonly changes: ProjectionChange[];
  readonly waits: Wait[];
  readonly parked: ParkedRecord[];
  readonly resolved: Projection[];
  readonly unmapped: UnmappedValue[];
  readonly journal: JournalEntry[];
  readonly intents: Intent[];
  readonly writes: PlannedWrite[];
  readonly suspended: Map<string, string>;
  readonly startedAt: number;
  readonly requestLifeMs: number;
}

export function makePlanner(deps: ProjectorDeps, guard: ParkGuard) {
  return async (configuration: Configuration, system: ConnectedSystem, limit: number): Promise<Planned> => {
    const planned = await deps.database.tx(async (tx) => {
      // Taken before the database's own time, so that a write never starts later than its intent allows.
      const startedAt = deps.clock.monotonic();
      const work: Work = {
        tx, target: system.key, requestLifeMs: system.system.target.requestLifeMs, deps, guard, startedAt, changes: [], waits: [], parked: [], resolved: [], unmapped: [],
        journal: [], intents: [], writes: [], suspended: new Map(),
      }; // prettier-ignore
      const rows = await deps.stores.projections.claimDue(tx, system.key, limit);
      const doubts = rows
        .filter((row) => row.state === 'writing' || row.state === 'in_doubt')
        .map((row) => doubt(work, row));
      const free = await withoutStoppedFlows(
        work,
        rows.filter((row) => row.state !== 'writing' && row.state !== 'in_doubt'),
      );
      await decide(work, configuration, system, free);
      await deps.failpoint('P0');
      await store(work);
      return { claimed: rows.length, writes: work.writes, doubts };
    });
    if (planned.writes.length > 0) await deps.failpoint('P1');
    return planned;
  };
}

const traceOf = (row: Projection): string => row.traceId ?? newId('trace');

/** A change under the claimed epoch that leaves alone what it does not name. */
function changeOf(
  row: Projection,
  fields: Partial<ProjectionChange> & Pick<ProjectionChange, 'state'>,
): ProjectionChange {
  return {
    entity: row.entity, canonicalId: row.canonicalId, epoch: row.epoch, reason: null, reasonCode: null, nextInMs: null,
    externalId: row.externalId, wanted: row.wanted, wantedHash: null, held: row.held, drifted: row.drifted,
    attempt: 0, mappingVersion: null, ...fields,
  }; // prettier-ignore
}

/** Takes a doubtful row for a look at the target. */
function doubt(work: Work, row: Projection): PlannedWrite {
  const { attempt, reasonCode } = row;
  const reason = 'It is not known whether the last write took effect; the target is asked.';
  work.changes.push(
    changeOf(row, { state: 'in_doubt', raiseEpoch: true, nextInMs: doubtLeaseMs, reason, reasonCode, attempt }),
  );
  return {
    target: work.target, row, epoch: row.epoch + 1n, owned: [], look: 'never', repairs: [], mappingVersion: 0,
    traceId: traceOf(row), sendBefore: 0,
    request: { opKey: '', externalId: row.externalId, document: row.wanted ?? {}, changed: [], held: null },
  }; // prettier-ignore
}

/** Rows of flows that may not send now rest with the reason; the states are kept until this transaction ends. */
async function withoutStoppedFlows(work: Work, rows: readonly Projection[]): Promise<readonly Projection[]> {
  if (rows.length === 0) return rows;
  const { lockFlowStates } = work.deps.stores.configuration;
  const states = await lockFlowStates(work.tx, [...new Set(rows.map((row) => row.flow))]);
  return rows.filter((row) => {
    const flow = states.get(row.flow);
    if (flow?.state === 'ENABLED') return true;
    const isHeld = flow?.state === 'SUSPENDED';
    const reason = flow?.reason ?? (isHeld ? 'The hub has stopped the flow.' : 'The flow is paused.');
    work.changes.push(changeOf(row, { state: isHeld ? 'held' : 'paused', reason, reasonCode: 'FLOW_STOPPED' }));
    return false;
  });
}

async function decide(
  work: Work,
  configuration: Configuration,
  system: ConnectedSystem,
  rows: readonly Projection[],
): Promise<void> {
  if (rows.length === 0) return;
  const { stores } = work.deps;
  const { evaluated, unplanned } = await evaluate(stores, work.tx, configuration, system, rows);
  for (const { row, state, reason } of unplanned) {
    work.changes.push(changeOf(row, { state, reason, nextInMs: state === 'retrying' ? waitForConfigurationMs : null }));
  }
  const repairing = evaluated
    .filter(({ plan }) => plan.type === 'write' && plan.repairs.length > 0)
    .map(({ row }) => row);
  const repairs = await stores.repairs.recentRepairs(work.tx, system.key, repairing);
  for (const flow of new Set(rows.map((row) => row.flow))) {
    work.guard.handled(flow, rows.filter((row) => row.flow === flow).length);
  }
  for (const each of evaluated) {
    const count = repairs.get(stores.projections.keyOf(each.row)) ?? 0;
    if (each.plan.type === 'write' && each.plan.repairs.length > 0 && count >= mostRepairs) {
      const error = new KoppelError('DRIFT_CONTESTED', { fields: each.plan.repairs.join(', '), system: system.name });
      park(work, { ...each, plan: { type: 'parked', error, problems: [] } }, each.plan.document);
    } else carryOut(work, each);
  }
}

function carryOut(work: Work, each: Evaluated): void {
  const { row, plan, reference, mapping } = each;
  const externalId = reference?.externalId ?? null;
  switch (plan.type) {
    case 'write':
      return intend(work, each, plan);
    case 'in_sync': {
      const { wanted, held } = plan;
      work.resolved.push(row);
      work.changes.push(
        changeOf(row, {
          state: 'in_sync',
          externalId,
          wanted,
          wantedHash: contentHash(wanted),
          held,
          drifted: [],
          mappingVersion: mapping.version,
        }),
      );
      return;
    }
    case 'verify':
      // Shown while it was being written: what the target holds now is found by looking.
      work.changes.push(
        changeOf(row, {
          state: 'in_doubt',
          externalId,
          nextInMs: 0,
          drifted: row.drifted.filter((field) => field !== unclear),
        }),
      );
      return;
    case 'waiting': {
      const awaited = plan.missing.map(({ entity, canonicalId, use }) => ({
        entity,
        canonicalId,
        needsKey: use === 'key',
      }));
      const reason = `It waits for ${plan.missing.map((m) => `${m.entity} ${m.canonicalId}`).join(', ')}.`;
      work.waits.push({ entity: row.entity, canonicalId: row.canonicalId, awaited });
      work.changes.push(changeOf(row, { state: 'waiting_for', reason, reasonCode: 'MISSING_REFERENCE', externalId }));
      if (row.state !== 'waiting_for') work.journal.push(entry(work, row, 'planned', 'waiting', { message: reason }));
      return;
    }
    case 'excluded':
      work.resolved.push(row);
      work.changes.push(changeOf(row, { state: 'excluded', reason: plan.reason, reasonCode: 'EXCLUDED', externalId }));
      work.journal.push(entry(work, row, 'excluded', 'excluded', { message: plan.reason }));
      return;
    case 'parked':
      return park(work, { ...each, plan }, null);
  }
}

function entry(
  work: Work,
  row: Projection,
  step: JournalEntry['step'],
  outcome: string,
  more: Partial<JournalEntry>,
): JournalEntry {
  const { flow, entity, canonicalId, externalId } = row;
  return { traceId: traceOf(row), step, outcome, flow, system: work.target, entity, canonicalId, externalId, ...more };
}

type ParkedEvaluation = Evaluated & { readonly plan: Extract<Evaluated['plan'], { readonly type: 'parked' }> };

function park(
  work: Work,
  { row, plan, reference }: ParkedEvaluation,
  wanted: PlannedWrite['request']['document'] | null,
): void {
  const { error, problems } = plan;
  const { target } = work;
  const cause = problems.map(
    (problem) => `${problem.code}:${problem.path.replace(/\.\d+(?=\.|$)/g, '.*')}:${problem.list ?? ''}`,
  );
  const traceId = traceOf(row);
  for (const problem of problems) {
    if (problem.list === undefined || problem.value === undefined) continue;
    work.unmapped.push({ list: problem.list, value: String(problem.value), traceId });
  }
  const externalId = reference?.externalId ?? null;
  const fields = { reason: error.message, reasonCode: error.code, externalId };
  if (work.suspended.has(row.flow) || work.guard.parks(row.flow, fingerprintOf({ target, row, error, cause }))) {
    if (!work.suspended.has(row.flow)) work.suspended.set(row.flow, error.message);
    work.changes.push(changeOf(row, { state: 'held', ...fields }));
    return;
  }
  work.changes.push(changeOf(row, { state: 'parked', ...fields, attempt: row.attempt + 1 }));
  work.parked.push(toParked({ target, row, error, wanted, externalId, traceId, cause }));
  work.journal.push(entry(work, row, 'parked', 'parked', { code: error.code, message: error.message, externalId }));
}

function intend(work: Work, each: Evaluated, plan: Extract<Evaluated['plan'], { readonly type: 'write' }>): void {
  const { row, mapping, reference } = each;
  const { deps, target } = work;
  const { document, changed, owned, look, repairs } = plan;
  const externalId = reference?.externalId ?? null;
  const sendWithinMs = deps.sendWithinMs ?? 10_000;
  const opKey = derivedKey(target, row.entity, row.canonicalId, String(row.revision + 1));
  const { entity, canonicalId } = row;
  const inFlightMs = work.requestLifeMs + sendWithinMs;
  const sent = externalId === null ? document : null;
  work.intents.push({ entity, canonicalId, opKey, mappingVersion: mapping.version, externalId, sent, inFlightMs });
  const held =
    row.held === null || externalId === null ? null : { externalId, key: reference?.key ?? null, document: row.held };
  const traceId = traceOf(row);
  work.writes.push({
    target, row, epoch: row.epoch + 1n, owned, look, repairs, traceId, mappingVersion: mapping.version,
    request: { opKey, externalId, document, changed, held }, sendBefore: work.startedAt + sendWithinMs,
  }); // prettier-ignore
  const outcome = externalId === null ? 'create' : 'update';
  work.journal.push(entry(work, row, 'intent', outcome, { traceId, externalId, detail: { opKey, changed } }));
}

/** Writes everything down; the journal last, because it holds its counter until COMMIT. */
async function store(work: Work): Promise<void> {
  const { tx, target, deps } = work;
  const { projections, waits, parked, unmapped, journal } = deps.stores;
  await projections.applyChanges(tx, target, work.changes);
  await projections.commitIntents(tx, target, work.intents);
  await waits.setWaits(tx, target, work.waits);
  await parked.parkRecords(tx, work.parked);
  await parked.resolveParked(
    tx,
    ['project'],
    target,
    work.resolved.map(projections.keyOf),
    'the record is as it should be',
  );
  await unmapped.countUnmapped(tx, work.unmapped);
  for (const [flow, cause] of work.suspended) {
    const stopped = await suspendFlow(deps, tx, target, flow, cause);
    if (stopped !== undefined) work.journal.push(stopped);
    work.guard.forget(flow);
  }
  await journal.appendJournal(tx, work.journal);
}
