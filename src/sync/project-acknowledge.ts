/**
 * Carries settlements out: everything that follows from the outcomes of a group of writes, in one transaction: what the
 * target now holds, references, aliases, released waits, problems, steps. In: settlements as they come. Groups form by themselves:
 * settlements gather for a moment, and while a transaction runs. Rows that somebody else has taken over are left alone (G10).
 */
import { KoppelError } from '../base/errors.js';
import type { Tx } from '../store/database.js';
import type { ReferenceAlias } from '../store/reference-aliases.js';
import { cleanError } from './clean-outcome.js';
import type { ParkGuard } from './park-guard.js';
import type { PlannedWrite, Settlement } from './planned-write.js';
import type { ProjectorDeps, ShownWrite } from './projector-deps.js';
import { sharedCode, toDuplicate, toShared } from './settle-matched.js';
import { settleUnstorable } from './settle-unstorable.js';
import { causeOf, suspendFlow, type SuspendCause } from './suspend-flow.js';

export interface Settled {
  readonly write: PlannedWrite;
  readonly settlement: Settlement;
}

export interface Acknowledger {
  add(settled: readonly Settled[]): void;
  /** Resolves when so little waits to be stored that more may come; throws what went wrong. */
  room(): Promise<void>;
  /** Resolves when everything that was added is stored; throws what went wrong. */
  drained(): Promise<void>;
}

const mostAtOnce = 100;
/** A transaction costs about the same for one settlement and for ten. Nobody waits for them but who sees that a write took effect. */
const gatherMs = 10;

/** `stored` is called whenever nothing is left to store: what was released is due. */
export function makeAcknowledger(deps: ProjectorDeps, guard: ParkGuard, stored = (): void => undefined): Acknowledger {
  let queue: Settled[] = [];
  let running: Promise<void> | undefined;
  let failure: unknown;
  /** Resolves when the group that gathers or is being stored is stored. */
  let group: Promise<unknown> = Promise.resolve();

  /** Ended when somebody waits for all of it. */
  let gathering: AbortController | undefined;
  let isAwaited = false;

  const gather = async (): Promise<void> => {
    if (isAwaited || queue.length >= mostAtOnce) return;
    gathering = new AbortController();
    await deps.clock.sleep(gatherMs, gathering.signal).catch(() => undefined);
  };
  const storeNext = async (): Promise<void> => {
    const next = queue.slice(0, mostAtOnce);
    queue = queue.slice(mostAtOnce);
    await acknowledge(deps, guard, next).catch((error: unknown) => (failure = error));
  };
  const flush = async (): Promise<void> => {
    while (queue.length > 0 && failure === undefined) {
      group = gather().then(storeNext);
      await group;
    }
  };
  const start = (): void => {
    running ??= flush().finally(() => {
      running = undefined;
      stored();
    });
  };
  /** Only the group that failed is given up: its rows are looked up later. */
  const throwFailure = (): void => {
    const thrown = failure;
    if (thrown === undefined) return;
    failure = undefined;
    if (queue.length > 0) start();
    throw thrown as Error;
  };

  return {
    add(settled) {
      queue.push(...settled);
      if (queue.length >= mostAtOnce) gathering?.abort();
      start();
    },
    async room() {
      while (queue.length > mostAtOnce && failure === undefined) await group;
      throwFailure();
    },
    async drained() {
      isAwaited = true;
      gathering?.abort();
      while (running !== undefined) await running;
      isAwaited = false;
      throwFailure();
    },
  };
}

async function acknowledge(deps: ProjectorDeps, guard: ParkGuard, group: readonly Settled[]): Promise<void> {
  const [first] = group;
  if (first === undefined) return;
  const refused = await storedUnlessRefused(deps, guard, group);
  if (refused === undefined) return;
  if (group.length > 1) {
    for (const each of group) await acknowledge(deps, guard, [each]);
  } else await storeWithout(deps, guard, first, refused);
}

/** Returns why the database takes no such values; undefined when they are stored. */
async function storedUnlessRefused(
  deps: ProjectorDeps,
  guard: ParkGuard,
  group: readonly Settled[],
): Promise<Error | undefined> {
  try {
    await deps.database.tx((tx) => storeGroup(deps, guard, tx, group), { commitFailpoint: 'P7' });
    if (group[0] !== undefined) deps.acknowledged?.(group[0].write.target);
    return undefined;
  } catch (thrown) {
    const code = String((thrown as { code?: unknown }).code ?? '');
    if (thrown instanceof KoppelError || !/^2[23]/.test(code)) throw thrown;
    return thrown as Error;
  }
}

/** Without what the target said, and in the end without what it calls the record. */
async function storeWithout(deps: ProjectorDeps, guard: ParkGuard, settled: Settled, refused: Error): Promise<void> {
  const { write, settlement } = settled;
  const { entity, canonicalId } = write.row;
  deps.logger.error({ entity, canonicalId, err: String(refused) }, 'the outcome of a write could not be stored');
  const error = cleanError(new KoppelError('RECORD_UNSTORABLE', { what: refused.message }, { cause: refused }));
  for (const isLinked of [true, false]) {
    const instead = { write, settlement: settleUnstorable(write, settlement, error, isLinked) };
    if ((await storedUnlessRefused(deps, guard, [instead])) === undefined) return;
  }
  // The row stays in writing; once its time is over the target is asked.
}

async function storeGroup(deps: ProjectorDeps, guard: ParkGuard, tx: Tx, group: readonly Settled[]): Promise<void> {
  const target = group[0]?.write.target;
  if (target === undefined) return;
  const { projections, waits, parked, journal, systemStatus } = deps.stores;
  const written = group.map(({ settlement }) => settlement.change);
  const awaited = group.flatMap((each) => mayEnd(deps, target, each));
  // Carried out in the order in which they are sent.
  const [, ours] = await Promise.all([
    projections.lockWithWaiting(tx, target, written, awaited),
    projections.lockOurs(tx, target, written),
  ]);
  const own = group.filter(({ write }) => ours.has(projections.keyOf(write.row)));
  const linked = await storeReferences(deps, tx, target, own);
  const held = new Map<string, SuspendCause>();
  const final = linked.settled.map((each) => holdBack(guard, held, each));
  const changes = final.map(({ settlement }) => settlement.change);
  const forgotten = final.filter(({ settlement }) => settlement.forgetReference === true).map(({ write }) => write.row);
  const released = [...linked.released, ...settledReferences(deps, target, final)];
  const matchKeys = final.flatMap(({ write: { row, matchKey }, settlement: { reference, change } }) => {
    const isThere = reference !== undefined || change.reasonCode === sharedCode;
    return matchKey === null ? [] : [{ entity: row.entity, matchKey, isThere }];
  });
  const resolved = final
    .filter(({ settlement }) => settlement.resolves === true)
    .map(({ write }) => projections.keyOf(write.row));
  const toPark = final.flatMap(({ settlement }) => settlement.parked ?? []);
  // None needs the answer of another one.
  await Promise.all([
    projections.applyChanges(tx, target, changes),
    deps.stores.references.removeTargetReferences(tx, target, forgotten),
    deps.storeShown?.(tx, target, final.flatMap(shownBy)),
    waits.releaseWaits(tx, target, released),
    deps.stores.matches.releaseMatchKeys(tx, target, matchKeys),
    parked.resolveParked(tx, ['project'], target, resolved, 'the record was written'),
    parked.parkRecords(tx, toPark),
  ]);
  await deps.failpoint('P6');
  const refused = final.find(({ settlement }) => settlement.refusedCredentials !== undefined)?.settlement
    .refusedCredentials;
  if (refused !== undefined) {
    await systemStatus.systemFailed(tx, target, refused, 'CREDENTIALS_REJECTED');
    await deps.stores.configuration.announceConfiguration(tx);
  }
  const entries = final.flatMap(({ settlement }) => settlement.journal ?? []);
  for (const [flow, cause] of held) {
    const stopped = await suspendFlow(deps, tx, target, flow, cause);
    if (stopped !== undefined) entries.push(stopped);
    guard.forget(flow);
  }
  await journal.endWithJournal(tx, entries);
}

/** All waits that storing it may end; which it does is known once its references are stored. */
function mayEnd(deps: ProjectorDeps, target: string, settled: Settled): readonly string[] {
  const { write, settlement } = settled;
  const own = settlement.reference === undefined ? [] : [write.row];
  const parts = [...own, ...(settlement.parts ?? [])].map(({ entity, canonicalId }) =>
    deps.stores.waits.awaitedReference(target, entity, canonicalId),
  );
  return [...parts, ...settledReferences(deps, target, [settled])];
}

interface Linked {
  /** The settlements, with those replaced whose record belongs to another record of the hub already. */
  readonly settled: readonly Settled[];
  /** What others may have waited for. */
  readonly released: readonly string[];
}

/** References of the records and of the records inside them; what two records of the hub share becomes an alias. */
async function storeReferences(
  deps: ProjectorDeps,
  tx: Tx,
  target: string,
  group: readonly Settled[],
): Promise<Linked> {
  const { projections, references, aliases, merges, waits } = deps.stores;
  const parts = group.flatMap(({ settlement }) =>
    (settlement.parts ?? []).map((part) => ({ ...part, origin: 'CREATED' as const, isWritten: true })),
  );
  const own = group.flatMap(({ settlement: { reference } }) => (reference === undefined ? [] : [reference]));
  const doubled = await references.writeTargetReferences(tx, target, [...own, ...parts]);
  for (const { entity, canonicalId, externalId } of parts) {
    if (doubled.has(`${entity}:${canonicalId}`))
      deps.logger.warn({ target, entity, canonicalId, externalId }, 'a part belongs to another record of the hub');
  }
  const doubles = own.filter((each) => doubled.has(`${each.entity}:${each.canonicalId}`));
  // The record of a customer for whom another one stands is shared as that one's.
  const doubledIds = doubles.map(({ externalId }) => externalId);
  const surviving = await merges.survivingRecords(tx, target, doubledIds);
  const shared: ReferenceAlias[] = [];
  const settled = group.map((each): Settled => {
    const { write, settlement } = each;
    const { reference } = settlement;
    if (reference === undefined || !doubled.has(projections.keyOf(write.row))) return each;
    if (settlement.mayShare !== true) return { write, settlement: toDuplicate(write, settlement) };
    const made = toShared(write, surviving.get(`${reference.entity}:${reference.externalId}`) ?? reference);
    shared.push(made.alias);
    return { write, settlement: made.settlement };
  });
  await aliases.writeAliases(tx, target, shared);
  const released = [...shared, ...parts].map(({ entity, canonicalId }) =>
    waits.awaitedReference(target, entity, canonicalId),
  );
  return { settled, released };
}

function shownBy({ write, settlement: { shows } }: Settled): readonly ShownWrite[] {
  if (shows === undefined) return [];
  const { row, record, request } = write;
  const isNew = request.externalId === null;
  const { externalId, document, version = null, mayHoldEdits = false } = shows;
  const before = request.held?.document ?? null;
  return [
    {
      entity: row.entity,
      record: record.record,
      externalId,
      document,
      version,
      mayHoldEdits,
      before,
      sent: request.document,
      changed: isNew ? null : request.changed,
    },
  ];
}

/** What these settlements end the wait for: references that became known, and customers that the target cannot have. */
function settledReferences(deps: ProjectorDeps, target: string, settled: readonly Settled[]): readonly string[] {
  return settled.flatMap(({ write: { row, request }, settlement: { reference, change } }) => {
    const isNew = reference !== undefined && request.externalId === null;
    const isUnusable =
      ['customer', 'contact'].includes(row.entity) && (change.state === 'parked' || change.state === 'excluded');
    return isNew || isUnusable ? [deps.stores.waits.awaitedReference(target, row.entity, row.canonicalId)] : [];
  });
}

/** Parks unless it is one too many of the same: then the row is held with its whole flow (G6). */
function holdBack(guard: ParkGuard, held: Map<string, SuspendCause>, settled: Settled): Settled {
  const { change, parked } = settled.settlement;
  const { flow, entity, canonicalId } = settled.write.row;
  if (parked === undefined) return settled;
  if (!held.has(flow)) {
    const count = guard.parks(flow, parked.fingerprint, `${entity}:${canonicalId}`);
    if (count === 0) return settled;
    held.set(flow, causeOf(parked, count));
  }
  return { write: settled.write, settlement: { change: { ...change, state: 'held' }, journal: null } };
}
