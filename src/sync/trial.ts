/**
 * What flows would do, found out before they are enabled: their systems are read up to a limit, and what was read goes the whole way
 * (translated, identified, decided, stored, planned) inside a transaction that is always undone. In: keys of flows. Out: what would become of the
 * records, how the systems know the same ones, and codes without an entry. Sends nothing and keeps nothing but the report.
 */
import type { Clock } from '../base/clock.js';
import type { Document } from '../base/document.js';
import { asKoppelError, KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import { isCarriedBy, type FlowEntity, type ProjectedEntity } from '../canonical/entities.js';
import type { IngestBatch } from '../cdc/ingest-batch.js';
import type { readForTrial, TrialStream } from '../cdc/trial-reading.js';
import type { Database, Tx } from '../store/database.js';
import type { ParkedRecord } from '../store/parked.js';
import type { Projection } from '../store/projections.js';
import type { UnmappedValue } from '../store/unmapped-values.js';
import type { Configuration, ConfigurationSource, ConnectedSystem, Flow } from './configuration.js';
import type { Progress } from './impact.js';
import type { JobHandler } from './jobs.js';
import { undone } from './mapping-preview.js';
import { evaluate, type Evaluated, type EvaluateStores } from './project-evaluate.js';
import { callsAtOnce } from './projector-deps.js';
import {
  FlowTally,
  matchesOf,
  parkedSample,
  sampleOf,
  unmappedOf,
  unplannedSample,
  type TrialReport,
} from './trial-report.js';

/** Hears what ingest would note. */
export interface TrialEars {
  readonly unmapped: (values: readonly UnmappedValue[]) => void;
  readonly parked: (records: readonly Omit<ParkedRecord, 'id'>[]) => void;
}

export interface TrialDeps {
  readonly database: Database;
  readonly configuration: ConfigurationSource;
  readonly clock: Clock;
  readonly read: typeof readForTrial;
  /** Ingest by another configuration, whose events go nowhere. */
  readonly ingestBy: (configuration: Configuration, ears: TrialEars) => IngestBatch;
  readonly flows: Pick<typeof import('../store/configuration.js'), 'setFlowState' | 'goLive'>;
  readonly looks: Pick<typeof import('../store/projection-looks.js'), 'enrol'>;
  readonly rows: Pick<typeof import('../store/projection-rows.js'), 'rowsAfter'>;
  readonly stores: EvaluateStores & {
    readonly references: Pick<typeof import('../store/target-references.js'), 'writeTargetReferences'>;
  };
  readonly callMs: typeof import('../store/impacts.js').medianCallMs;
}

export interface TrialInput {
  readonly flows: readonly string[];
  /** Most records that are read of one stream. */
  readonly most: number;
  /** Records of each flow that are shown one by one. */
  readonly samples: number;
}

/** Records that others need come first. */
const flowOrder: readonly FlowEntity[] = ['category', 'product', 'stock', 'customer', 'order'];
const entityOrder: readonly ProjectedEntity[] = ['category', 'product', 'variant', 'stock', 'customer', 'contact', 'order']; // prettier-ignore
const portion = 250;
/** So deep may records of one kind lie in each other. */
const mostRounds = 10;
const longestMs = 120_000;

/** The trial run as the work of a job of kind TRIAL. */
export function trialWork(deps: TrialDeps): JobHandler {
  return async ({ input }, progress) => (await tryFlows(deps, input as unknown as TrialInput, progress)) as unknown as Document; // prettier-ignore
}

async function tryFlows(deps: TrialDeps, input: TrialInput, progress: Progress): Promise<TrialReport> {
  const isKnown = (key: string): boolean => deps.configuration.current().flows.some((flow) => flow.key === key);
  // The news of a flow that was made a moment ago may still be on its way.
  if (!input.flows.every(isKnown)) await deps.configuration.refresh?.();
  const configuration = asEnabled(deps.configuration.current(), input.flows);
  const flows = flowOrder.flatMap((entity) => configuration.flows.filter((flow) => flow.isEnabled && flow.entity === entity)); // prettier-ignore
  const missing = input.flows.filter((key) => !flows.some((flow) => flow.key === key));
  if (missing.length > 0) throw new KoppelError('FLOW_UNKNOWN', { flow: missing.join(', ') });
  await progress(0, null);
  const streams = await deps.read(configuration, {
    most: input.most,
    clock: deps.clock,
    signal: AbortSignal.timeout(longestMs),
    read: (count) => progress(count, null),
  });
  const run = async (): Promise<Omit<TrialReport, 'reads' | 'matches'>> =>
    undone(deps.database, (tx) => goThrough(deps, tx, { configuration, flows, streams, input }));
  const found = await run().catch((thrown: unknown) => {
    // The hub took in the same records at the same time.
    if (asKoppelError(thrown).code === 'WRITE_RACED') return run();
    throw thrown;
  });
  const reads = streams.map(({ system, entity, incoming, isComplete }) => ({
    ...{ system, entity, isComplete },
    count: incoming.length,
  }));
  return { reads, matches: matchesOf(configuration, flows, streams), ...found };
}

/** The configuration as it would be with these flows and no others enabled. */
function asEnabled(current: Configuration, keys: readonly string[]): Configuration {
  return {
    ...current,
    flows: current.flows.map((flow) => {
      const isTried = keys.includes(flow.key);
      return { ...flow, isEnabled: isTried, isRead: isTried, isInUse: isTried || flow.isInUse };
    }),
  };
}

interface Trial {
  readonly configuration: Configuration;
  readonly flows: readonly Flow[];
  readonly streams: readonly TrialStream[];
  readonly input: TrialInput;
}

async function goThrough(deps: TrialDeps, tx: Tx, trial: Trial): Promise<Omit<TrialReport, 'reads' | 'matches'>> {
  const { configuration, flows, streams, input } = trial;
  const tallies = new Map(flows.map((flow) => [flow.key, new FlowTally(flow, input.samples)]));
  const unmapped: { list: string; value: string; secondKey?: string }[] = [];
  const ingest = deps.ingestBy(configuration, {
    unmapped: (values) => void unmapped.push(...values),
    parked: (records) => {
      for (const record of records) tallies.get(record.flow ?? '')?.add(parkedSample(record));
    },
  });
  for (const { key } of flows) {
    await deps.flows.setFlowState(tx, key, ['DRAFT', 'DISABLED', 'PAUSED', 'SUSPENDED'], 'ENABLED', null);
    await deps.flows.goLive(tx, key);
  }
  for (const { system, incoming } of streams) {
    for (let from = 0; from < incoming.length; from += portion)
      await ingest(tx, system, incoming.slice(from, from + portion));
  }
  const reports = [];
  for (const flow of flows) {
    const tally = tallies.get(flow.key)!;
    await deps.looks.enrol(tx, flow.key, newId('trace'));
    const notes = await plan(deps, tx, trial, flow, tally);
    unmapped.push(...notes);
    const callMs = (await deps.callMs(tx, [flow.target], flow.entity)) ?? readingMs(streams, flow.target);
    reports.push(tally.report(callMs, callsAtOnce));
  }
  return { flows: reports, unmapped: unmappedOf(unmapped) };
}

/** Nothing was written to the target yet: as long as reading a page of it took. */
function readingMs(streams: readonly TrialStream[], system: string): number | null {
  const its = streams.filter((each) => each.system === system);
  const calls = its.reduce((sum, each) => sum + each.calls, 0);
  return calls === 0 ? null : its.reduce((sum, each) => sum + each.durationMs, 0) / calls;
}

type Notes = readonly { readonly list: string; readonly value: string; readonly secondKey?: string }[];

/** Plans the records of a flow as the projector would; those that wait for others of their kind once these count as written. */
async function plan(deps: TrialDeps, tx: Tx, trial: Trial, flow: Flow, tally: FlowTally): Promise<Notes> {
  const { configuration } = trial;
  const system = configuration.systems.get(flow.target);
  if (system === undefined) return [];
  const notes: { list: string; value: string; secondKey?: string }[] = [];
  for (const entity of entityOrder) {
    const isTaken = system.connector.targets.some((each) => each.entity === entity);
    if (!isTaken || !isCarriedBy(entity, flow.entity)) continue;
    const keys = keysAt(trial.streams, flow.target);
    let rows = await rowsOf(deps, tx, flow, entity);
    for (let round = 1; rows.length > 0; round++) {
      const { evaluated, unplanned } = await evaluate(deps.stores, tx, configuration, system, rows);
      const waiting = evaluated.filter(({ plan: made }) => made.type === 'waiting');
      const isLast = round === mostRounds || waiting.length === rows.length;
      for (const each of unplanned) tally.add(unplannedSample(each, entity));
      for (const each of evaluated) {
        if (each.plan.type === 'waiting' && !isLast) continue;
        const { sample, calls } = sampleOf(each, entity, isKnown(each, keys));
        tally.add(sample, calls);
        notes.push(...each.unmapped);
      }
      await countAsWritten(deps, tx, system, entity, evaluated);
      rows = isLast ? [] : waiting.map(({ row }) => row);
    }
  }
  return notes;
}

async function rowsOf(deps: TrialDeps, tx: Tx, flow: Flow, entity: ProjectedEntity): Promise<readonly Projection[]> {
  const all: Projection[] = [];
  for (let after = ''; ;) {
    const rows = await deps.rows.rowsAfter(tx, { target: flow.target, entity, flows: [flow.key] }, after, portion);
    all.push(...rows);
    const last = rows.at(-1);
    if (last === undefined || rows.length < portion) return all;
    after = last.canonicalId;
  }
}

const keysAt = (streams: readonly TrialStream[], system: string): ReadonlySet<string> =>
  new Set(streams.filter((each) => each.system === system).flatMap(({ keys }) => [...keys.keys()]));

function isKnown({ read }: Evaluated, keys: ReadonlySet<string>): boolean {
  const variants = (read?.['variants'] ?? []) as readonly Document[];
  const own = [read?.['sku'], read?.['email'], ...variants.map(({ sku }) => sku)];
  return own.some((key) => typeof key === 'string' && (keys.has(key) || keys.has(key.toLowerCase())));
}

/** What would be written counts as there for what refers to it: by an id that no system has, and by its own key. */
async function countAsWritten(
  deps: TrialDeps,
  tx: Tx,
  { key: target, connector }: ConnectedSystem,
  entity: ProjectedEntity,
  evaluated: readonly Evaluated[],
): Promise<void> {
  const references = evaluated.flatMap(({ row, plan: made, read, reference }) => {
    if (made.type !== 'write' || reference !== undefined) return [];
    const variants = (read?.['variants'] ?? []) as readonly Document[];
    const one = (of: string, canonicalId: string, key: unknown) => ({
      ...{ entity: of, canonicalId, externalId: `trial:${canonicalId}` },
      key: typeof key === 'string' ? key : null,
      ...{ origin: 'CREATED' as const, isWritten: false },
    });
    // Where they are records of their own they are planned by themselves.
    const areParts = entity === 'product' && !connector.targets.some((each) => each.entity === 'variant');
    const parts = areParts ? variants.map(({ id, sku }) => one('variant', String(id), sku)) : [];
    const own = read?.['sku'] ?? read?.['code'] ?? variants[0]?.['sku'] ?? read?.['number'] ?? read?.['email'];
    return [one(entity, row.canonicalId, own), ...parts];
  });
  await deps.stores.references.writeTargetReferences(tx, target, references);
}

/** Starts trial runs. */
export interface Trials {
  /** Returns the id of the job. */
  start(input: TrialInput, by: string): Promise<string>;
}

export function makeTrials(deps: {
  readonly database: Database;
  readonly jobs: Pick<typeof import('../store/jobs.js'), 'createJob'>;
  readonly jobMade: () => void;
}): Trials {
  return {
    async start(input, createdBy) {
      const id = newId('job');
      await deps.database.tx((tx) =>
        deps.jobs.createJob(tx, { id, kind: 'TRIAL', input: input as unknown as Document, createdBy }),
      );
      deps.jobMade();
      return id;
    },
  };
}
