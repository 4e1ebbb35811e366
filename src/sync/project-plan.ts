/**
 * Plans: takes rows that are due and, in one transaction, decides about each and commits the intents of all that need a
 * write. In: the present configuration. Out: the writes to send and the doubts to look up. Upholds G3b and G4: what will be
 * sent, under which key and until when it may take effect is stored before anything is sent; a row that was left in
 * `writing` by a dead process is never sent again before it has been looked for.
 */
import { sameJson } from '../base/content-hash.js';
import { KoppelError } from '../base/errors.js';
import type { Tx } from '../store/database.js';
import type { Projection } from '../store/projections.js';
import { carryOut, heldOf, keyOfCreate, park } from './carry-out.js';
import type { Configuration, ConnectedSystem } from './configuration.js';
import type { ParkGuard } from './park-guard.js';
import type { PlannedWrite } from './planned-write.js';
import { guardWrites } from './guard-writes.js';
import { giveUpOn } from './give-up.js';
import { isLeftToStream } from './left-to-stream.js';
import { asRecordError, isOfOneRecord } from './of-one-record.js';
import { evaluate, type Evaluated } from './project-evaluate.js';
import { changeOf, storeWork, traceOf, type Work } from './project-work.js';
import { callsAtOnce, type ProjectorDeps } from './projector-deps.js';
import { onlyLooking, restsUnread } from './verify-mode.js';

export interface Planned {
  /** How many rows were taken. */
  readonly claimed: number;
  readonly writes: readonly PlannedWrite[];
  /** Writes whose outcome is not known and that can no longer take effect. */
  readonly doubts: readonly PlannedWrite[];
}

/** Within this time of its planning a look at the target starts, or does not start at all. */
const lookWithinMs = 30_000;
/** Beside that and the longest call: until then no other worker takes the doubt, which would make an answer that comes late worthless. */
const lookMarginMs = 30_000;
/** How long doubts rest that are more than what is looked up at a time. */
const restingDoubtMs = 1_000;
const mostRepairs = 3;
const waitForConfigurationMs = 10_000;
/** How long a record rests at most while another one with the same key is being made. */
const waitForMatchMs = 1_000;

/** One round of planning for a target. */
interface Round {
  readonly configuration: Configuration;
  readonly system: ConnectedSystem;
  /** Part of a round that failed as a whole: what it handles has been counted. */
  readonly isPart: boolean;
}

type Claim = (tx: Tx) => Promise<readonly Projection[]>;
type Decide = (work: Work, rows: readonly Projection[], states: FlowStates) => Promise<void>;

const nothing: Planned = { claimed: 0, writes: [], doubts: [] };

export function makePlanner(deps: ProjectorDeps, guard: ParkGuard) {
  const { sharesOfDue, claimDue, claimThese } = deps.stores.claims;
  const isOutdated = async (tx: Tx, { revision }: Configuration): Promise<boolean> =>
    revision !== undefined && (await deps.stores.configuration.configurationRevision(tx)) !== revision;

  const transact = async (round: Round, claim: Claim, decideRows: Decide): Promise<Planned> => {
    const { configuration, system } = round;
    const planned = await deps.database.tx(async (tx): Promise<Planned & { isOutdated?: boolean }> => {
      // Taken before the database's own time, so that a write never starts later than its intent allows.
      const startedAt = deps.clock.monotonic();
      const work: Work = {
        tx, target: system.key, requestLifeMs: system.system.target.requestLifeMs, deps, guard, startedAt, changes: [], waits: [], parked: [], resolved: [], unmapped: [],
        journal: [], intents: [], writes: [], suspended: new Map(), names: new Map(), released: [],
      }; // prettier-ignore
      const rows = await claim(tx);
      // Asked while the rows are locked: what makes them due after a publish waits for us, and what has been published we see.
      const flows = [...new Set(rows.filter((row) => !isDoubtful(row)).map((row) => row.flow))];
      const [outdated, states] =
        rows.length === 0
          ? [false, noStates]
          : await Promise.all([isOutdated(tx, configuration), deps.stores.configuration.lockFlowStates(tx, flows)]);
      if (outdated) return { ...nothing, isOutdated: true };
      const doubtful = rows.filter(isDoubtful);
      const most = 2 * (deps.concurrency ?? callsAtOnce);
      for (const row of doubtful.slice(most)) restDoubt(work, row);
      const doubts = doubtful.slice(0, most).flatMap((row) => doubt(work, configuration, system, row));
      const others = rows.filter((row) => !isDoubtful(row));
      const running = withoutStoppedFlows(work, others, states);
      if (!round.isPart) countHandled(guard, running);
      await decideRows(work, running, states);
      await deps.failpoint('P0');
      await storeWork(work);
      return { claimed: rows.length, writes: work.writes, doubts };
    });
    if (planned.isOutdated === true) await deps.configuration.refresh?.();
    if (planned.writes.length > 0) await deps.failpoint('P1');
    return planned;
  };

  /** Plans the rows together; when one of them may be what makes that fail, in halves, until that one is alone (G6). */
  const planRows = async (round: Round, claim: Claim): Promise<Planned> => {
    const { configuration, system } = round;
    let rows: readonly Projection[] = [];
    const claiming: Claim = async (tx) => (rows = await claim(tx));
    try {
      return await transact(round, claiming, (work, some, states) => decide(work, configuration, system, some, states));
    } catch (thrown) {
      if (!isOfOneRecord(thrown) || rows.length === 0) throw thrown;
      const part = { ...round, isPart: true };
      const these = (some: readonly Projection[]): Claim => (tx) => claimThese(tx, system.key, some); // prettier-ignore
      if (rows.length === 1) return giveUp(part, these(rows), rows, thrown);
      const middle = rows.length >> 1;
      const first = await planRows(part, these(rows.slice(0, middle)));
      // What was planned of the first half is committed, and waits to be sent; the next round meets again what the second one met.
      const second = await planRows(part, these(rows.slice(middle))).catch((error: unknown): Planned => {
        if (first.writes.length + first.doubts.length === 0) throw error;
        deps.logger.warn({ system: system.key, err: String(error) }, 'a part of a round could not be planned');
        return nothing;
      });
      return {
        claimed: first.claimed + second.claimed,
        writes: [...first.writes, ...second.writes],
        doubts: [...first.doubts, ...second.doubts],
      };
    }
  };

  const giveUp = async (
    round: Round,
    claim: Claim,
    [row]: readonly Projection[],
    thrown: unknown,
  ): Promise<Planned> => {
    const { entity, canonicalId } = row ?? {};
    deps.logger.error({ entity, canonicalId, err: String(thrown) }, 'a record could not be planned');
    try {
      return await transact(round, claim, (work, some) => {
        for (const each of some) giveUpOn(work, each, asRecordError(thrown));
        return Promise.resolve();
      });
    } catch (again) {
      if (!isOfOneRecord(again)) throw again;
      // It is taken again in the next round, and alone again.
      return nothing;
    }
  };

  return async (configuration: Configuration, system: ConnectedSystem, limit: number): Promise<Planned> => {
    // Asked without a transaction: of the rounds that somebody asks for, most find nothing.
    const shares = await sharesOfDue(deps.database, system.key, limit);
    if (shares.size === 0) return nothing;
    return planRows({ configuration, system, isPart: false }, (tx) => claimDue(tx, system.key, shares));
  };
}

function countHandled(guard: ParkGuard, rows: readonly Projection[]): void {
  for (const flow of new Set(rows.map((row) => row.flow))) {
    guard.handled(flow, rows.filter((row) => row.flow === flow).length);
  }
}

const isDoubtful = ({ state }: Projection): boolean => state === 'writing' || state === 'in_doubt';

type FlowStates = Awaited<ReturnType<ProjectorDeps['stores']['configuration']['lockFlowStates']>>;
const noStates: FlowStates = new Map();

const whyDoubtful = 'It is not known whether the last write took effect; the target is asked.';

/** Left to whoever has it; next time there may be room. */
function restDoubt(work: Work, row: Projection): void {
  const { attempt, reasonCode } = row;
  const nextInMs = restingDoubtMs;
  work.changes.push(changeOf(row, { state: 'in_doubt', nextInMs, reason: whyDoubtful, reasonCode, attempt }));
}

/** Takes a doubtful row for a look at the target; none when the target takes no such records any more. */
function doubt(
  work: Work,
  configuration: Configuration,
  system: ConnectedSystem,
  row: Projection,
): readonly PlannedWrite[] {
  const { attempt, reasonCode } = row;
  const record = system.connector.targets.find((each) => each.entity === row.entity);
  const nextInMs = lookWithinMs + work.requestLifeMs + lookMarginMs;
  work.changes.push(
    changeOf(row, { state: 'in_doubt', raiseEpoch: true, nextInMs, reason: whyDoubtful, reasonCode, attempt }),
  );
  if (record === undefined) return [];
  const write: PlannedWrite = {
    target: work.target, row, epoch: row.epoch + 1n, owned: [], isAlsoSource: isLeftToStream(configuration, work.target, row.entity), look: 'never', repairs: [], mappingVersion: 0,
    traceId: traceOf(row), sendBefore: work.startedAt + lookWithinMs, record, matchBy: [], matchKey: row.matchKey,
    request: {
      opKey: '', externalId: row.externalId, document: { ...row.wanted, ...row.sent },
      changed: Object.keys(row.sent ?? {}), held: heldOf(row, row.externalId, null),
    },
  }; // prettier-ignore
  return [write];
}

/** Rows of flows that may not send now rest with the reason; the states are kept until this transaction ends. */
function withoutStoppedFlows(work: Work, rows: readonly Projection[], states: FlowStates): readonly Projection[] {
  return rows.filter((row) => {
    const flow = states.get(row.flow);
    if (flow?.state === 'ENABLED') return !restsUnread(work, row, flow.verifying);
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
  states: FlowStates,
): Promise<void> {
  if (rows.length === 0) return;
  const { stores } = work.deps;
  const { evaluated: all, unplanned } = await evaluate(stores, work.tx, configuration, system, rows);
  const replaced = all.flatMap(({ row, isReplaced }) => (isReplaced ? [row] : []));
  await stores.references.removeTargetReferences(work.tx, system.key, replaced);
  const evaluated = onlyLooking(work, states, all);
  for (const { row, state, reason, reasonCode } of unplanned) {
    const nextInMs = state === 'retrying' ? waitForConfigurationMs : null;
    work.changes.push(changeOf(row, { state, reason, reasonCode, nextInMs }));
    if (state === 'excluded') work.released.push(row);
  }
  const awaited = evaluated.flatMap(({ plan }) => (plan.type === 'waiting' ? plan.missing : []));
  const repairing = evaluated
    .filter(({ plan }) => plan.type === 'write' && plan.repairs.length > 0)
    .map(({ row }) => row);
  const [names, repairs] = await Promise.all([
    stores.names.namesOf(work.tx, awaited),
    stores.repairs.recentRepairs(work.tx, system.key, repairing),
  ]);
  for (const [key, name] of names) work.names.set(key, name);
  for (const each of await oneOfAKind(work, await guardWrites(work, system, evaluated))) {
    const count = repairs.get(stores.projections.keyOf(each.row)) ?? 0;
    // Stock is counted on both sides: putting it right again and again is no fight of two owners.
    const isContested = each.row.entity !== 'stock' && count >= mostRepairs;
    if (each.plan.type !== 'write' || !isContested) carryOut(work, each);
    else carryOutUncontested(work, { ...each, plan: each.plan }, system.name);
  }
}

/** Fields that somebody changes again and again are left as they are and told; what else the hub has to say is written first. */
function carryOutUncontested(
  work: Work,
  each: Evaluated & { readonly plan: Extract<Evaluated['plan'], { readonly type: 'write' }> },
  system: string,
): void {
  const { row, plan } = each;
  const isAsked = (field: string): boolean => sameJson(row.wanted?.[field], plan.document[field]);
  const leftAlone = plan.repairs.filter(isAsked);
  const changed = plan.changed.filter((field) => !leftAlone.includes(field));
  if (changed.length > 0) {
    const repairs = plan.repairs.filter((field) => !leftAlone.includes(field));
    return carryOut(work, { ...each, plan: { ...plan, changed, repairs, leftAlone } });
  }
  const error = new KoppelError('DRIFT_CONTESTED', { fields: leftAlone.join(', '), system });
  park(work, { ...each, plan: { type: 'parked', error, problems: [] } }, plan.document);
}

/**
 * Of records that would be matched by the same values one is made at a time, here or by another process; the others are left
 * out. Once the target is known to have a record with these values, all of them look for it, at once.
 */
async function oneOfAKind(work: Work, evaluated: readonly Evaluated[]): Promise<readonly Evaluated[]> {
  const { matches, projections } = work.deps.stores;
  const keyed = evaluated.flatMap((each) => {
    const matchKey = keyOfCreate(each);
    const { entity, canonicalId } = each.row;
    return matchKey === null ? [] : [{ entity, canonicalId, matchKey }];
  });
  const { makers, there } = await matches.lockMatchKeys(work.tx, work.target, keyed);
  const busy = new Map(makers);
  return evaluated.flatMap((each): readonly Evaluated[] => {
    const { row, plan } = each;
    const matchKey = keyOfCreate(each);
    if (matchKey === null || plan.type !== 'write') return [each];
    const kind = `${row.entity} ${matchKey}`;
    if (there.has(kind) && !busy.has(kind)) {
      return [plan.look === 'only' || plan.look === 'verify' ? each : { ...each, plan: { ...plan, look: 'known' } }];
    }
    const maker = busy.get(kind) ?? projections.keyOf(row);
    busy.set(kind, maker);
    if (maker === projections.keyOf(row)) return [each];
    const reason =
      'Another record with the same values is being made in the target; this one is compared with it then.';
    const { attempt } = row;
    const nextInMs = waitForMatchMs;
    work.changes.push(
      changeOf(row, { state: 'pending', reason, reasonCode: matches.sameKey, nextInMs, attempt, matchKey }),
    );
    return [];
  });
}
