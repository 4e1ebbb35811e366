/**
 * Sending records again without moving the position of their flow. In: which records, of a flow or by their ids. Out: a job that
 * makes them due in portions and waits for each: the target is asked what it holds, and what is missing or different is written.
 * Cancelled, it makes nothing more due; what is due already goes out. Begun anew after a crash it goes over the same records again.
 */
import type { Clock } from '../base/clock.js';
import type { Document } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import type { Retake } from '../cdc/retake.js';
import type { Database } from '../store/database.js';
import type { ResendCounts, ResendSelection, ResendStates, ResentRow } from '../store/resends.js';
import type { ConfigurationSource, Flow } from './configuration.js';
import type { Progress } from './impact.js';
import type { JobHandler } from './jobs.js';

export interface ResendDeps {
  readonly database: Database;
  readonly configuration: ConfigurationSource;
  readonly store: typeof import('../store/resends.js');
  readonly jobs: Pick<typeof import('../store/jobs.js'), 'createJob'>;
  readonly retake: Retake;
  readonly clock: Clock;
  /** Called when rows have become due. */
  readonly looked: () => void;
  /** Called when there is a job to be done. */
  readonly jobMade: () => void;
}

export interface BackfillPlan extends ResendCounts {
  /** What would keep it from helping, in sentences. */
  readonly warnings: readonly string[];
}

export interface ResendRecord {
  readonly entity: CanonicalEntity;
  readonly id: string;
}

export interface Resends {
  /** What a backfill would do now. */
  plan(flow: string, selection: ResendSelection): Promise<BackfillPlan>;
  /** Starts a job; returns its id. */
  backfill(
    flow: string,
    selection: ResendSelection,
    start: { readonly by: string; readonly name: string | null },
  ): Promise<string>;
  /** Starts a job that takes the records in again as they were read last, and compares them with all targets or with these. */
  resync(
    records: readonly ResendRecord[],
    targets: readonly string[] | null,
    start: { readonly by: string },
  ): Promise<string>;
}

const portion = 200;
/** How long a portion may take before the next one is made due all the same. */
const portionMs = 60_000;
const lookEveryMs = 200;

/** How many records came to what. */
export type Tally = Record<'succeeded' | 'failed' | 'skipped', number>;

export function makeResends(deps: ResendDeps): Resends {
  const flowOf = (key: string): Flow => {
    const flow = deps.configuration.current().flows.find((each) => each.key === key);
    if (flow === undefined) throw new KoppelError('FLOW_UNKNOWN', { flow: key });
    return flow;
  };
  const create = async (kind: 'BACKFILL' | 'REPLAY', input: Document, createdBy: string): Promise<string> => {
    const id = newId('job');
    await deps.database.tx((tx) => deps.jobs.createJob(tx, { id, kind, input, createdBy }));
    deps.jobMade();
    return id;
  };
  return {
    async plan(key, selection) {
      const flow = flowOf(key);
      const counts = await deps.store.countToResend(deps.database, flow, selection);
      return { ...counts, warnings: warningsOf(deps.configuration, flow, counts) };
    },
    async backfill(key, selection, { by, name }) {
      const flow = flowOf(key);
      if (!flow.isEnabled) throw new KoppelError('FLOW_STATE', { flow: key, state: 'not enabled' });
      return create('BACKFILL', { flow: key, selection: selection as Document, name }, by);
    },
    resync: (records, targets, { by }) =>
      create('REPLAY', { records: records as unknown as Document[], targets: targets as string[] | null }, by),
  };
}

function warningsOf(configuration: ConfigurationSource, flow: Flow, { count, known }: ResendCounts): string[] {
  const target = configuration.current().systems.get(flow.target);
  return [
    ...(count === 0 ? ['No record is meant that the source of the flow knows.'] : []),
    ...(flow.isEnabled ? [] : ['The flow is not enabled: nothing would be sent.']),
    ...(target?.isPaused === true ? [`${target.name} is paused: nothing is sent until it is resumed.`] : []),
    ...(!flow.settings.createMissing && known < count ? ['The flow does not make records that the target lacks.'] : []),
    ...(!flow.settings.updateExisting && known > 0 ? ['The flow does not change records that the target has.'] : []),
    ...(flow.settings.startFrom === 'now' ? ['The flow starts now: orders of before are not sent.'] : []),
  ];
}

/** The work of a job of kind BACKFILL. */
export function backfillWork(deps: ResendDeps): JobHandler {
  return async ({ id, input }, progress) => {
    const { flow: key, selection } = input as unknown as { flow: string; selection: ResendSelection };
    const flow = deps.configuration.current().flows.find((each) => each.key === key);
    if (flow === undefined) throw new KoppelError('FLOW_UNKNOWN', { flow: key });
    const entity = deps.store.eventEntityOf(flow.entity);
    const { count } = await deps.store.countToResend(deps.database, flow, selection);
    const tally: Tally = { succeeded: 0, failed: 0, skipped: 0 };
    await progress(0, count);
    for (let done = 0, after = ''; ;) {
      const ids = await deps.store.recordsToResend(deps.database, flow, selection, after, portion);
      const last = ids.at(-1);
      if (last === undefined) break;
      const records = ids.map((record) => ({ entity, id: record }));
      const look = { flow: key, targets: null, traceId: id };
      const rows = await deps.database.tx((tx) => deps.store.lookForResend(tx, records, look));
      await settleResent(deps, rows, tally, () => progress(done, Math.max(count, done)));
      after = last;
      done += ids.length;
      await progress(done, Math.max(count, done));
    }
    return tally;
  };
}

/** The work of a job of kind REPLAY. */
export function resyncWork(deps: ResendDeps): JobHandler {
  return async ({ id, input }, progress) => {
    const { records, targets } = input as unknown as { records: ResendRecord[]; targets: string[] | null };
    const tally: Tally & { reread: number } = { succeeded: 0, failed: 0, skipped: 0, reread: 0 };
    await progress(0, records.length);
    for (let done = 0; done < records.length; done += portion) {
      const part = records.slice(done, done + portion);
      tally.reread += await deps.retake(part.map((record) => record.id));
      const look = { flow: null, targets, traceId: id };
      const rows = await deps.database.tx((tx) => deps.store.lookForResend(tx, part, look));
      await settleResent(deps, rows, tally, () => progress(done, records.length));
      await progress(Math.min(done + portion, records.length), records.length);
    }
    return tally;
  };
}

/** Waits until the rows have come to rest, and counts how. */
export async function settleResent(
  deps: Pick<ResendDeps, 'database' | 'store' | 'clock' | 'looked'>,
  rows: readonly ResentRow[],
  tally: Tally,
  stillAt: () => ReturnType<Progress>,
): Promise<void> {
  deps.looked();
  const until = deps.clock.now().getTime() + portionMs;
  let states: ResendStates = await deps.store.statesOfResent(deps.database, rows);
  while (states.underWay > 0 && deps.clock.now().getTime() < until) {
    // Keeps the job, and ends it here when somebody has asked for that.
    await stillAt();
    await deps.clock.sleep(lookEveryMs);
    states = await deps.store.statesOfResent(deps.database, rows);
  }
  tally.succeeded += states.succeeded;
  tally.failed += states.failed;
  tally.skipped += states.skipped + states.underWay;
}
