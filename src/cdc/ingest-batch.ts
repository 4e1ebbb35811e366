/**
 * Takes a batch of changes of one system in, inside one transaction: what is known already is left alone, the rest is
 * translated, identified, decided and applied. Look-ups are one statement per entity, whatever the size of the batch.
 */
import type { Document } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { makeWorkspace, type ChangeDecision, type Workspace } from '../canonical/decide-batch.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import { makeByRecord, type Draft, type Identities } from '../canonical/identity.js';
import type { Change } from '../log/envelope.js';
import type { Tx } from '../store/database.js';
import type { Apply } from '../sync/apply.js';
import type { Configuration, ConfigurationSource, ConnectedSystem } from '../sync/configuration.js';
import { makeBatchOutcome, type BatchOutcome } from './batch-outcome.js';
import { compare, place, sift, type Incoming, type Placed, type Taken } from './classify.js';
import type { Counts } from './counts.js';
import { addReferences, identifyDrafts, loadRecords, type KnownReferences, type LookUps } from './look-up.js';
import { flowFrom, hasSeveralSources, ownershipOf } from './sources.js';
import { failureOf, translate, type Failure, type Translation } from './translate.js';

export interface Observation {
  readonly system: string;
  readonly record: string;
  readonly entity: CanonicalEntity;
  readonly externalId: string;
  readonly document: Document;
}

/**
 * Compares records of a system that is only a target with what the hub knows it to hold. `echo`: our own write. `drift`:
 * somebody else changed it. `unknown`: the hub has no such record.
 */
export type Observe = (
  tx: Tx,
  observations: readonly Observation[],
) => Promise<readonly { readonly externalId: string; readonly result: 'echo' | 'drift' | 'unknown' }[]>;

export interface IngestBatchDeps extends LookUps {
  readonly configuration: ConfigurationSource;
  readonly apply: Apply;
  readonly observe: Observe;
}

export interface BatchOptions {
  /** Also what has the same hash as before is decided again; for replays. */
  readonly force?: boolean;
  /** Set when the database refused this one change: it is parked unread. */
  readonly refused?: KoppelError;
}

export type IngestBatch = (
  tx: Tx,
  system: string,
  incoming: readonly Incoming[],
  options?: BatchOptions,
) => Promise<Counts>;

interface Batch {
  readonly tx: Tx;
  readonly system: string;
  readonly connected: ConnectedSystem;
  readonly configuration: Configuration;
  readonly known: KnownReferences;
  readonly outcome: BatchOutcome;
  readonly force: boolean;
  readonly refused: KoppelError | undefined;
}

export function makeIngestBatch(deps: IngestBatchDeps): IngestBatch {
  return async (tx, system, incoming, options = {}) => {
    const configuration = deps.configuration.current();
    const connected = configuration.systems.get(system);
    if (connected === undefined) throw new KoppelError('MAPPING_MISSING', { record: 'any record', system });
    const known: KnownReferences = makeByRecord();
    const outcome = makeBatchOutcome(system, configuration, known);
    const { force = false, refused } = options;
    const batch: Batch = { tx, system, connected, configuration, known, outcome, force, refused };

    const placed = incoming.map((item) => place(item, entityOf(connected, item.change)));
    for (const item of placed) outcome.read(item);
    await addReferences(deps, tx, system, externalIdsOf(placed), known);
    const taken = (item: Placed): Taken | undefined => takenOf(known, item);
    const fresh = sift(placed, taken, batch.force, (item, as) => outcome.settle(item, as));
    const isTakenIn = (item: Placed): boolean =>
      flowFrom(configuration, system, item.entity) !== undefined || item.incoming.change.problem !== undefined;
    await observeAll(
      deps,
      batch,
      fresh.filter((item) => !isTakenIn(item)),
    );
    await takeIn(deps, batch, fresh.filter(isTakenIn));
    await deps.apply(tx, outcome.toApply());
    return outcome.counts;
  };
}

function entityOf(connected: ConnectedSystem, change: Change): CanonicalEntity {
  const stream = connected.connector.streams.find((candidate) => candidate.name === change.stream);
  if (stream === undefined) throw new KoppelError('UNEXPECTED', { what: `unknown stream ${change.stream} in the log` });
  return stream.entity;
}

function externalIdsOf(placed: readonly Placed[]): ReadonlyMap<CanonicalEntity, ReadonlySet<string>> {
  const ids = new Map<CanonicalEntity, Set<string>>();
  for (const { entity, incoming } of placed) {
    const group = ids.get(entity);
    if (group === undefined) ids.set(entity, new Set([incoming.change.externalId]));
    else group.add(incoming.change.externalId);
  }
  return ids;
}

function takenOf(known: KnownReferences, { entity, externalId }: Placed): Taken | undefined {
  const reference = known.get(entity, externalId);
  return reference === undefined ? undefined : { hash: reference.contentHash, version: reference.sourceVersion };
}

const unreadable = (system: string, problem: NonNullable<Change['problem']>): Failure => ({
  ...failureOf(new KoppelError('RECORD_UNREADABLE', { system, what: problem.message })),
  code: problem.code,
  message: problem.message,
  path: problem.path ?? null,
});

/** Records of a system that is only a target: nothing is taken over, they are compared with what it should hold. */
async function observeAll(deps: IngestBatchDeps, batch: Batch, placed: readonly Placed[]): Promise<void> {
  if (placed.length === 0) return;
  const observations = placed.map(({ incoming: { change }, entity }) => ({
    system: batch.system,
    record: change.record,
    entity,
    externalId: change.externalId,
    document: change.document,
  }));
  const results = await deps.observe(batch.tx, observations);
  const byId = new Map(results.map((result) => [result.externalId, result.result]));
  for (const item of placed) batch.outcome.observe(item, byId.get(item.incoming.change.externalId) ?? 'unknown');
}

interface Translated {
  readonly placed: Placed;
  readonly mapping: string;
  readonly result: Translation;
}

async function takeIn(deps: IngestBatchDeps, batch: Batch, placed: readonly Placed[]): Promise<void> {
  if (placed.length === 0) return;
  const translated = translateAll(batch, placed);
  const drafts = translated.flatMap(({ result }): readonly Draft[] =>
    result.type === 'drafts' ? [result.main, ...(result.variants ?? [])] : [],
  );
  const { tx, system, known, configuration } = batch;
  const identities = await identifyDrafts(deps, tx, {
    system,
    drafts,
    known,
    hasSeveralSources: (entity) => hasSeveralSources(configuration, entity),
  });
  const rows = await loadRecords(deps, tx, drafts, identities);
  const workspace = makeWorkspace({ system, rows, identities, ownership: ownershipOf(configuration) });
  decideAll(batch, translated, workspace, identities);
  batch.outcome.setRecords(workspace.changed());
}

function translateAll(batch: Batch, placed: readonly Placed[]): readonly Translated[] {
  const seen = makeByRecord<true>();
  return placed.map((item): Translated => {
    const { change } = item.incoming;
    if (batch.refused !== undefined) return unread(item, failureOf(batch.refused));
    if (change.problem !== undefined) return unread(item, unreadable(batch.system, change.problem));
    const mapping = batch.configuration.inbound(batch.system, change.record);
    if (mapping === undefined)
      throw new KoppelError('MAPPING_MISSING', { record: change.record, system: batch.system });
    const { entity, externalId } = item;
    const reference = batch.known.get(entity, externalId);
    const isKnown = (reference !== undefined && reference.origin !== 'MENTIONED') || seen.has(entity, externalId);
    seen.set(entity, externalId, true);
    const result = translate(change, entity, batch.connected.connector, mapping, isKnown ? 'update' : 'create');
    return { placed: item, mapping: `${mapping.key}@${mapping.version}`, result };
  });
}

const unread = (placed: Placed, failure: Failure): Translated => ({
  placed,
  mapping: '',
  result: { type: 'failed', failure },
});

/** In the order of the log, so that the last change of a record decides what becomes of its problem. */
function decideAll(
  batch: Batch,
  translated: readonly Translated[],
  workspace: Workspace,
  identities: Identities,
): void {
  const latest = makeByRecord<Taken>();
  for (const { placed, mapping, result } of translated) {
    const { change } = placed.incoming;
    const as = compare(placed.incoming, latest.get(placed.entity, placed.externalId), batch.force);
    if (as !== 'fresh') batch.outcome.settle(placed, as);
    else if (result.type === 'excluded') batch.outcome.exclude(placed, result.reason);
    else if (result.type === 'failed') {
      batch.outcome.park(placed, result.failure, change.problem === undefined ? 'ingest' : 'capture');
    } else {
      const decision = workspace.decide({ main: result.main, variants: result.variants, seenAt: change.seenAt });
      if (decision.type === 'decided') {
        latest.set(placed.entity, placed.externalId, { hash: change.hash, version: BigInt(change.version) });
        batch.outcome.decide(placed, result, decision.decisions, identities, mapping);
      } else batch.outcome.park(placed, failureOf(refusal(decision)), 'ingest');
    }
  }
}

function refusal(decision: Exclude<ChangeDecision, { type: 'decided' }>): KoppelError {
  return decision.type === 'refused'
    ? new KoppelError('RECORD_INCOMPLETE', { what: decision.reason }, { path: decision.path })
    : new KoppelError('AMBIGUOUS_MATCH', { key: decision.key });
}
