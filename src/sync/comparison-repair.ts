/**
 * Puts right what a comparison has found. In: findings. Out: a job that has the target asked and written where it differs or lacks
 * something, by the ordinary way of the flow, and that takes in what was missed. Where a target is a source too, what differs there is taken in
 * as well, as its stream would tell it. Nothing is deleted anywhere.
 */
import type { Clock } from '../base/clock.js';
import type { CanonicalEntity, ProjectedEntity } from '../canonical/entities.js';
import type { IngestBatch } from '../cdc/ingest-batch.js';
import type { readWhole } from '../cdc/whole-streams.js';
import type { Change } from '../log/envelope.js';
import { newId } from '../base/ids.js';
import type { Database } from '../store/database.js';
import type { StoredFinding } from '../store/comparisons.js';
import type { PageDeps } from './comparison-page.js';
import { comparedStreams } from './comparison-work.js';
import { flowInUse, type RepairInput } from './comparisons.js';
import type { Configuration, ConfigurationSource, Flow } from './configuration.js';
import type { Progress } from './impact.js';
import type { JobHandler } from './jobs.js';
import { isLeftToStream } from './left-to-stream.js';
import { settleResent, type ResendDeps, type Tally } from './resend.js';

export interface RepairDeps extends Pick<ResendDeps, 'clock' | 'looked'>, Pick<PageDeps, 'heldAs'> {
  readonly database: Database;
  readonly configuration: ConfigurationSource;
  readonly clock: Clock;
  readonly readWhole: typeof readWhole;
  readonly ingestBatch: IngestBatch;
  /** Whether another transaction was first. */
  readonly wasOvertaken: (error: unknown) => boolean;
  readonly findings: Pick<typeof import('../store/comparisons.js'), 'findingsToRepair' | 'markRepairAsked'>;
  readonly store: ResendDeps['store'];
  readonly versions: PageDeps['versions'];
}

const portion = 200;
const mostTries = 10;

/** The work of a job of kind REPAIR. */
export function repairWork(deps: RepairDeps): JobHandler {
  return async ({ id, input }, progress) => {
    const wanted = input as unknown as RepairInput;
    const flow = flowInUse(deps.configuration, wanted.flow);
    const found = await deps.findings.findingsToRepair(deps.database, wanted.comparison, wanted);
    const missed = found.filter(({ state }) => state === 'MISSED');
    const strayed = found.filter((finding) => isToldByStream(deps.configuration.current(), flow, finding));
    const toSend = found.filter((each) => each.state !== 'MISSED' && each.canonicalId !== null && !strayed.includes(each)); // prettier-ignore
    const tally: Tally = { succeeded: 0, failed: 0, skipped: 0 };
    let done = 0;
    const still = (): ReturnType<Progress> => progress(done, found.length);
    await still();
    await forgetVersions(deps, flow, found.filter(({ reasonCode }) => reasonCode === 'RECORD_WENT_BACK')); // prettier-ignore
    for (const system of new Set(missed.map((finding) => finding.system))) {
      const its = missed.filter((finding) => finding.system === system);
      const taken = await takeIn(deps, { flow, system }, its, still);
      await deps.findings.markRepairAsked(deps.database, its.map((finding) => finding.id)); // prettier-ignore
      tally.succeeded += taken.size;
      // What the system shows no longer.
      tally.skipped += its.length - taken.size;
      done += its.length;
      await still();
    }
    if (strayed.length > 0) await putRight(deps, { flow, findings: strayed }, tally, still);
    done += strayed.length;
    for (let from = 0; from < toSend.length; from += portion) {
      const part = toSend.slice(from, from + portion);
      const look = { flow: flow.key, targets: [flow.target], traceId: id };
      const rows = await deps.database.tx(async (tx) => {
        await deps.findings.markRepairAsked(tx, part.map((finding) => finding.id)); // prettier-ignore
        return deps.store.lookForResend(tx, recordsOf(part), look);
      });
      // What comes along (the variants of a product) is none of the findings.
      const meant = new Set(part.map(({ entity, canonicalId }) => `${entity}:${canonicalId}`));
      const its = rows.filter(({ entity, canonicalId }) => meant.has(`${entity}:${canonicalId}`));
      await settleResent(deps, its, tally, still);
      done += part.length;
      await still();
    }
    return { ...tally };
  };
}

/** What a system shows of records that it has set back counts from now on, whatever version it has: by them nothing is newer. */
async function forgetVersions(deps: RepairDeps, flow: Flow, findings: readonly StoredFinding[]): Promise<void> {
  for (const system of new Set(findings.map((finding) => finding.system))) {
    const connected = deps.configuration.current().systems.get(system);
    if (connected === undefined) continue;
    const read = comparedStreams(deps, connected, flow).flatMap(({ entity, others }) => [
      entity,
      ...Object.values(others ?? {}),
    ]);
    const entities = new Set([...read, ...read.flatMap((entity) => deps.heldAs[entity])]);
    const records = findings.flatMap(({ system: of, externalId }) =>
      of !== system || externalId === null ? [] : [...entities].map((entity) => ({ entity, externalId, version: '0' })),
    );
    await deps.database.tx((tx) => deps.versions.forgetVersionsAbove(tx, system, records));
  }
}

/** Whether a look at the target would leave what was found to its stream, which may have told it already, or never will. */
function isToldByStream(
  configuration: Configuration,
  { target }: Flow,
  { state, system, entity, externalId }: StoredFinding,
): boolean {
  if (state !== 'DIFFERENT' || system !== target || externalId === null) return false;
  return isLeftToStream(configuration, target, entity as ProjectedEntity);
}

/** Takes in what the target shows now, as if its stream had told it: what there is not the target's to say is written as anywhere else. */
async function putRight(
  deps: RepairDeps,
  { flow, findings }: { readonly flow: Flow; readonly findings: readonly StoredFinding[] },
  tally: Tally,
  still: () => ReturnType<Progress>,
): Promise<void> {
  const { target } = flow;
  const taken = await takeIn(deps, { flow, system: target }, findings, still);
  await deps.findings.markRepairAsked(deps.database, findings.map((finding) => finding.id)); // prettier-ignore
  const isShown = ({ externalId }: StoredFinding): boolean => externalId !== null && taken.has(externalId);
  const shown = findings.filter(isShown);
  tally.skipped += findings.length - shown.length;
  const rows = shown.map(({ entity, canonicalId }) => ({ target, entity: entity as ProjectedEntity, canonicalId: canonicalId! })); // prettier-ignore
  await settleResent(deps, rows, tally, still);
}

/** The record of the hub by which each is looked at: stock by its article, a contact by its company. */
function recordsOf(findings: readonly StoredFinding[]): readonly { entity: CanonicalEntity; id: string }[] {
  const records = new Map<string, CanonicalEntity>();
  for (const { entity, canonicalId } of findings) {
    const as = entity === 'stock' ? 'variant' : entity === 'contact' ? 'customer' : entity;
    if (canonicalId !== null) records.set(canonicalId, as);
  }
  return [...records].map(([id, entity]) => ({ entity, id }));
}

/** Reads the system again and takes these records in as they are now; ids of those that it has shown. */
async function takeIn(
  deps: RepairDeps,
  { flow, system }: { readonly flow: Flow; readonly system: string },
  findings: readonly StoredFinding[],
  still: () => ReturnType<Progress>,
): Promise<ReadonlySet<string>> {
  const taken = new Set<string>();
  const connected = deps.configuration.current().systems.get(system);
  if (connected === undefined) return taken;
  const open = new Set(findings.flatMap(({ externalId }) => (externalId === null ? [] : [externalId])));
  const abort = new AbortController();
  try {
    const streams = comparedStreams(deps, connected, flow);
    const options = { clock: deps.clock, limit: portion, signal: abort.signal, still };
    for await (const { changes } of deps.readWhole(connected, streams, options)) {
      await still();
      const wanted = changes.filter(({ externalId }) => open.has(externalId));
      if (wanted.length === 0) continue;
      await ingest(deps, system, wanted);
      for (const { externalId } of wanted) if (open.delete(externalId)) taken.add(externalId);
      if (open.size === 0) break;
    }
  } finally {
    abort.abort();
  }
  return taken;
}

async function ingest(deps: RepairDeps, system: string, changes: readonly Change[]): Promise<void> {
  const incoming = changes.map((change) => ({ change, traceId: newId('trace'), place: null }));
  for (let tries = 1; ; tries++) {
    try {
      await deps.database.tx((tx) => deps.ingestBatch(tx, system, incoming, { force: true }));
      return;
    } catch (thrown) {
      if (tries >= mostTries || !deps.wasOvertaken(thrown)) throw thrown;
    }
  }
}
