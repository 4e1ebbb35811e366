/** What people do with flows: pause, resume, run now, enable. Each in one transaction that tells all processes. */
import { KoppelError } from '../base/errors.js';
import type { Document } from '../base/document.js';
import { newId } from '../base/ids.js';
import { isInUse, type FlowEntity } from '../canonical/entities.js';
import { countedTwice, type StockPlaces } from '../mapping/stock-places.js';
import type { FlowState } from '../store/configuration.js';
import type { Database, Tx } from '../store/database.js';
import type { FlowRemains } from '../store/flow-removal.js';

export interface FlowsDeps {
  readonly database: Database;
  readonly store: Pick<
    typeof import('../store/configuration.js'),
    | 'setFlowState'
    | 'goLive'
    | 'findFlowState'
    | 'requestRun'
    | 'announceConfiguration'
    | 'createFlow'
    | 'changeFlow'
    | 'isToCome'
    | 'findEndedPauses'
  >;
  readonly looks: Pick<
    typeof import('../store/projection-looks.js'),
    'pauseRows' | 'releaseRows' | 'enrol' | 'handOver'
  >;
  readonly audit: Pick<typeof import('../store/audit.js'), 'noteByHub'>;
  readonly removal: Pick<typeof import('../store/flow-removal.js'), 'remainsOfFlow' | 'removeFlow'>;
  readonly lockStockFlows: (typeof import('../store/stock-flows.js'))['lockStockFlows'];
  /** The places of a system whose stock it may be told. */
  readonly stockPlaces: (system: string) => StockPlaces | undefined;
}

export interface NewFlow {
  readonly key: string;
  readonly name: string;
  readonly entity: FlowEntity;
  readonly source: string;
  readonly target: string;
  readonly pollEveryMs: number;
  readonly settings: Document;
}

export interface FlowChange {
  /** The version that was read; another one is refused with FLOW_CHANGED. */
  readonly expectedVersion: number;
  /** Null leaves it as it is. */
  readonly name: string | null;
  readonly pollEveryMs: number | null;
  /** Merged into the stored settings, one level deep for objects; null removes, so that the default holds. */
  readonly settings: Document;
}

export interface Flows {
  /** Makes a flow in state DRAFT. */
  createFlow(flow: NewFlow): Promise<void>;
  /** Changes what is set; the records of a flow in use are looked at again, when it goes on at the latest. */
  updateFlow(key: string, change: FlowChange): Promise<void>;
  /** Deletes a flow that has ended or never begun, with all that only it was for. Returns what there was of it. */
  deleteFlow(key: string): Promise<FlowRemains>;
  /** Ends a flow for good or until it is enabled again. */
  disableFlow(key: string): Promise<void>;
  /**
   * Nothing of the flow is sent until it is resumed, or until a moment that is still to come; changes go on being noticed. For a
   * flow that is paused, reason and end are said anew.
   */
  pauseFlow(key: string, reason?: string | null, until?: Date | null): Promise<void>;
  /** Lets flows go on whose pause is over. Returns their keys. */
  endPauses(): Promise<readonly string[]>;
  /** Lets a paused or stopped flow go on, with everything that was held meanwhile. */
  resumeFlow(key: string): Promise<void>;
  /** Reads the source now and tries again now what waits for a later try. */
  runFlowNow(key: string): Promise<void>;
  /** Enables a draft or disabled flow, lets orders of the past go silently, releases what it had ready and enrols the records that the hub holds already. Returns how many. */
  enableFlow(key: string): Promise<number>;
}

/** Makes a flow as part of a transaction. */
export async function createFlow({ store }: Pick<FlowsDeps, 'store'>, tx: Tx, flow: NewFlow): Promise<void> {
  if (!(await store.createFlow(tx, { id: newId('flow'), ...flow }))) {
    throw new KoppelError('FLOW_EXISTS', { flow: flow.key });
  }
  await store.announceConfiguration(tx);
}

/** Changes a flow as part of a transaction. */
export async function updateFlow(
  { store, looks }: Pick<FlowsDeps, 'store' | 'looks'>,
  tx: Tx,
  key: string,
  change: FlowChange,
): Promise<void> {
  const state = await store.findFlowState(tx, key);
  if (state === undefined) throw new KoppelError('FLOW_UNKNOWN', { flow: key });
  if (!(await store.changeFlow(tx, key, change))) {
    throw new KoppelError('FLOW_CHANGED', { flow: key, version: change.expectedVersion });
  }
  // Records of one that is paused or stopped are looked at when it goes on.
  if (isInUse(state)) await looks.enrol(tx, key, newId('trace'));
  await store.announceConfiguration(tx);
}

export function makeFlows(deps: FlowsDeps): Flows {
  const { database, store, looks } = deps;

  const move = async (
    tx: Tx,
    key: string,
    from: readonly FlowState[],
    to: FlowState,
    reason: string | null,
    until: Date | null = null,
  ): Promise<boolean> => {
    const was = await store.setFlowState(tx, key, from, to, reason, until);
    if (was !== undefined) return true;
    const state = await store.findFlowState(tx, key);
    if (state === undefined) throw new KoppelError('FLOW_UNKNOWN', { flow: key });
    if (state === to) return false;
    throw new KoppelError('FLOW_STATE', { flow: key, state });
  };

  /** False when it was going on already. */
  const resume = async (tx: Tx, key: string): Promise<boolean> => {
    if (!(await move(tx, key, ['PAUSED', 'SUSPENDED'], 'ENABLED', null))) return false;
    await looks.releaseRows(tx, key, ['paused', 'held']);
    await store.announceConfiguration(tx);
    return true;
  };

  /** Two systems that each take the other one's figure for a count would go round for ever. */
  const refuseCountingTwice = async (tx: Tx, key: string): Promise<void> => {
    const flows = await deps.lockStockFlows(tx);
    if (!flows.some((flow) => flow.key === key)) return;
    const inUse = flows.filter((flow) => flow.key === key || isInUse(flow.state));
    const twice = countedTwice(inUse, deps.stockPlaces);
    if (twice === undefined) return;
    const { system, places, lists } = twice;
    const found = { flow: key, system, places: places.join(', '), lists: lists.join(' and ') };
    throw new KoppelError('STOCK_COUNTED_TWICE', found);
  };

  return {
    createFlow: (flow) => database.tx((tx) => createFlow(deps, tx, flow)),
    updateFlow: (key, change) => database.tx((tx) => updateFlow(deps, tx, key, change)),
    deleteFlow: (key) =>
      database.tx(async (tx) => {
        // Locks it, so that nobody enables it meanwhile; refuses one that is in use.
        if (!(await move(tx, key, ['DRAFT'], 'DISABLED', null)))
          await store.setFlowState(tx, key, ['DISABLED'], 'DISABLED', null);
        const remains = await deps.removal.remainsOfFlow(tx, key);
        const { underWay } = remains;
        if (underWay > 0) throw new KoppelError('FLOW_BEING_WRITTEN', { flow: key, count: underWay });
        await deps.removal.removeFlow(tx, key, `The flow ${key} was deleted.`);
        await store.announceConfiguration(tx);
        return remains;
      }),
    disableFlow: (key) =>
      database.tx(async (tx) => {
        const reason = 'Somebody ended the flow.';
        if (!(await move(tx, key, ['DRAFT', 'ENABLED', 'PAUSED', 'SUSPENDED'], 'DISABLED', reason))) return;
        await looks.pauseRows(tx, key, 'paused', reason);
        await looks.handOver(tx, key, newId('trace'));
        await store.announceConfiguration(tx);
      }),
    pauseFlow: (key, why, until = null) =>
      database.tx(async (tx) => {
        const reason = why ?? 'Somebody paused the flow.';
        if (until !== null && !(await store.isToCome(tx, until)))
          throw new KoppelError('PAUSE_OVER', { until: until.toISOString() });
        await move(tx, key, ['ENABLED', 'SUSPENDED', 'PAUSED'], 'PAUSED', reason, until);
        await looks.pauseRows(tx, key, 'paused', reason);
        await store.announceConfiguration(tx);
      }),
    endPauses: () =>
      database.tx(async (tx) => {
        const over = await store.findEndedPauses(tx);
        for (const key of over) {
          if (await resume(tx, key))
            await deps.audit.noteByHub(tx, 'flowResume', key, { reason: 'Its pause is over.' });
        }
        return over;
      }),
    resumeFlow: (key) => database.tx(async (tx) => void (await resume(tx, key))),
    runFlowNow: (key) =>
      database.tx(async (tx) => {
        const state = await store.findFlowState(tx, key);
        if (state === undefined) throw new KoppelError('FLOW_UNKNOWN', { flow: key });
        if (state !== 'ENABLED') throw new KoppelError('FLOW_STATE', { flow: key, state });
        await store.requestRun(tx, key);
        await looks.releaseRows(tx, key, ['retrying']);
        await store.announceConfiguration(tx);
      }),
    enableFlow: (key) =>
      database.tx(async (tx) => {
        await refuseCountingTwice(tx, key);
        if (!(await move(tx, key, ['DRAFT', 'DISABLED'], 'ENABLED', null))) return 0;
        await store.goLive(tx, key);
        // What it had ready when it was ended, or when it was stopped before that.
        await looks.releaseRows(tx, key, ['paused', 'held']);
        const enrolled = await looks.enrol(tx, key, newId('trace'));
        await store.announceConfiguration(tx);
        return enrolled;
      }),
  };
}
