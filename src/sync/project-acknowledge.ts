/**
 * Carries settlements out: everything that follows from the outcomes of a group of writes, in one transaction: what the
 * target now holds, references, released waits, problems, steps. In: settlements as they come. Groups form by themselves:
 * while one transaction runs, the next settlements gather. Rows that somebody else has taken over are left alone (G10).
 */
import { KoppelError } from '../base/errors.js';
import type { Tx } from '../store/database.js';
import type { ProjectionChange } from '../store/projections.js';
import type { WrittenReference } from '../store/target-references.js';
import type { ParkGuard } from './park-guard.js';
import { toParked } from './problem.js';
import type { ProjectorDeps } from './projector-deps.js';
import type { PlannedWrite, Settlement } from './settle.js';
import { suspendFlow } from './suspend-flow.js';

export interface Settled {
  readonly write: PlannedWrite;
  readonly settlement: Settlement;
}

export interface Acknowledger {
  add(settled: readonly Settled[]): void;
  /** Resolves when everything that was added is stored; throws what went wrong. */
  drained(): Promise<void>;
}

const mostAtOnce = 100;

export function makeAcknowledger(deps: ProjectorDeps, guard: ParkGuard): Acknowledger {
  let queue: Settled[] = [];
  let running: Promise<void> | undefined;
  let failure: unknown;

  const flush = async (): Promise<void> => {
    while (queue.length > 0 && failure === undefined) {
      const group = queue.slice(0, mostAtOnce);
      queue = queue.slice(mostAtOnce);
      await acknowledge(deps, guard, group).catch((error: unknown) => (failure = error));
    }
  };

  return {
    add(settled) {
      queue.push(...settled);
      running ??= flush().finally(() => (running = undefined));
    },
    async drained() {
      while (running !== undefined) await running;
      const thrown = failure;
      failure = undefined;
      queue = [];
      if (thrown !== undefined) throw thrown as Error;
    },
  };
}

async function acknowledge(deps: ProjectorDeps, guard: ParkGuard, group: readonly Settled[]): Promise<void> {
  try {
    await deps.database.tx((tx) => storeGroup(deps, guard, tx, group), { commitFailpoint: 'P7' });
  } catch (thrown) {
    const code = String((thrown as { code?: unknown }).code ?? '');
    if (thrown instanceof KoppelError || !/^2[23]/.test(code)) throw thrown;
    if (group.length > 1) {
      for (const each of group) await acknowledge(deps, guard, [each]);
      return;
    }
    const { entity, canonicalId } = group[0]?.write.row ?? {};
    // The row stays in writing; once its time is over the target is asked, which shows the same value again.
    deps.logger.error({ entity, canonicalId, err: String(thrown) }, 'the outcome of a write could not be stored');
  }
}

async function storeGroup(deps: ProjectorDeps, guard: ParkGuard, tx: Tx, group: readonly Settled[]): Promise<void> {
  const target = group[0]?.write.target;
  if (target === undefined) return;
  const { projections, references, waits, parked, journal, systemStatus } = deps.stores;
  const doubled = await references.writeTargetReferences(
    tx,
    target,
    group.flatMap(({ settlement }) => referenceOf(settlement)),
  );
  const held = new Map<string, string>();
  const final = group.map((each) => {
    const key = projections.keyOf(each.write.row);
    return holdBack(guard, held, doubled.has(key) ? toDuplicate(each) : each);
  });
  const changes: readonly ProjectionChange[] = final.map(({ settlement }) => settlement.change);
  const ours = await projections.applyChanges(tx, target, changes);
  await deps.failpoint('P6');
  const mine = final.filter(({ write }) => ours.has(projections.keyOf(write.row)));
  const forgotten = mine.filter(({ settlement }) => settlement.forgetReference === true);
  await references.removeTargetReferences(
    tx,
    target,
    forgotten.map(({ write }) => write.row),
  );
  await waits.releaseWaits(tx, target, newReferences(deps, target, mine));
  await parked.resolveParked(
    tx,
    ['project'],
    target,
    mine.filter(({ settlement }) => settlement.resolves === true).map(({ write }) => projections.keyOf(write.row)),
    'the record was written',
  );
  await parked.parkRecords(
    tx,
    mine.flatMap(({ settlement }) => settlement.parked ?? []),
  );
  const refused = mine.find(({ settlement }) => settlement.refusedCredentials !== undefined)?.settlement
    .refusedCredentials;
  if (refused !== undefined) {
    await systemStatus.systemFailed(tx, target, refused, 'CREDENTIALS_REJECTED');
    await deps.stores.configuration.announceConfiguration(tx);
  }
  const entries = mine.flatMap(({ settlement }) => settlement.journal ?? []);
  for (const [flow, cause] of held) {
    const stopped = await suspendFlow(deps, tx, target, flow, cause);
    if (stopped !== undefined) entries.push(stopped);
    guard.forget(flow);
  }
  await journal.appendJournal(tx, entries);
}

const referenceOf = ({ reference }: Settlement): readonly WrittenReference[] =>
  reference === undefined ? [] : [reference];

/** Keys that became known by these settlements, for whoever waits for them. */
function newReferences(deps: ProjectorDeps, target: string, settled: readonly Settled[]): readonly string[] {
  return settled.flatMap(({ write, settlement: { reference } }) =>
    reference === undefined || write.request.externalId !== null
      ? []
      : [deps.stores.waits.awaitedReference(target, reference.entity, reference.canonicalId)],
  );
}

/** The target's record belongs to another record of the hub already: two of ours are one there. */
function toDuplicate({ write, settlement }: Settled): Settled {
  const { target, row, request, traceId } = write;
  const externalId = settlement.reference?.externalId ?? null;
  const error = new KoppelError('DUPLICATE_IN_TARGET', { system: target, externalId });
  const { journal, change } = settlement;
  return {
    write,
    settlement: {
      change: {
        ...change,
        state: 'parked',
        reason: error.message,
        reasonCode: error.code,
        nextInMs: null,
        externalId: null,
        held: row.held,
        wanted: null,
      },
      journal:
        journal === null
          ? null
          : { ...journal, step: 'parked', outcome: 'parked', code: error.code, message: error.message, detail: null },
      parked: toParked({ target, row, error, wanted: request.document, externalId: null, traceId }),
    },
  };
}

/** Parks unless it is one too many of the same: then the row is held with its whole flow (G6). */
function holdBack(guard: ParkGuard, held: Map<string, string>, settled: Settled): Settled {
  const { change, parked } = settled.settlement;
  const { flow } = settled.write.row;
  if (parked === undefined) return settled;
  if (!held.has(flow) && !guard.parks(flow, parked.fingerprint)) return settled;
  if (!held.has(flow)) held.set(flow, parked.message);
  return { write: settled.write, settlement: { change: { ...change, state: 'held' }, journal: null } };
}
