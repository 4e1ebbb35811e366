/**
 * Takes a batch of changes of one system in, inside one transaction: what is known already is left alone, the rest is
 * translated, identified, decided and applied. Look-ups are one statement per entity, whatever the size of the batch.
 */
import { KoppelError } from '../base/errors.js';
import { valueAt } from '../base/value-at.js';
import { makeWorkspace, type ChangeDecision, type Workspace } from '../canonical/decide-batch.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import { makeByRecord, type Draft, type Identities } from '../canonical/identity.js';
import type { Change } from '../log/envelope.js';
import type { Tx } from '../store/database.js';
import type { Apply } from '../sync/apply.js';
import type { ConfigurationSource } from '../sync/configuration.js';
import type { Batch, BatchOptions } from './batch.js';
import { makeBatchOutcome } from './batch-outcome.js';
import { compare, place, sift, type Incoming, type Placed, type Taken } from './classify.js';
import type { Counts } from './counts.js';
import { identifyDrafts } from './identify-drafts.js';
import { addReferences, loadRecords, type KnownReferences, type LookUps } from './look-up.js';
import { duplicate, markedBy, recognise, type Marked } from './marks.js';
import { lockShown, observeAll } from './observe-only.js';
import { whyNotTaken } from './order-selection.js';
import { withRenamedLevels } from './renamed-levels.js';
import { erasedReason, withoutErased, type ErasedStore } from './erased.js';
import { flowFrom, hasSeveralSources, isTarget, isTold, mentioningSystems, ownershipOf } from './sources.js';
import { entityIn, externalIdsOf, forgetAhead, streamOf, takenOf, type ForgetsVersions } from './taken.js';
import { failureOf, translate, type Failure, type Translation } from './translate.js';
import { separate, type TwoWayDeps } from './two-way.js';

export interface IngestBatchDeps extends LookUps, TwoWayDeps, ForgetsVersions {
  readonly configuration: ConfigurationSource;
  readonly apply: Apply;
  readonly erasures: ErasedStore;
}

export type IngestBatch = (
  tx: Tx,
  system: string,
  incoming: readonly Incoming[],
  options?: BatchOptions,
) => Promise<Counts>;

export function makeIngestBatch(deps: IngestBatchDeps): IngestBatch {
  return async (tx, system, incoming, options = {}) => {
    const configuration = deps.configuration.current();
    const connected = configuration.systems.get(system);
    if (connected === undefined) throw new KoppelError('MAPPING_MISSING', { record: 'any record', system });
    const known: KnownReferences = makeByRecord();
    const outcome = makeBatchOutcome(system, configuration, known);
    const { force = false, refused, asOwn = false, ending } = options;
    const unordered: Batch['unordered'] = makeByRecord();
    const batch: Batch = { tx, system, connected, configuration, known, unordered, outcome, force, refused, asOwn };

    const shown = incoming.map(({ change }) => change);
    const { changes, isErased } = await withoutErased(tx, deps.erasures, system, connected.connector, shown);
    const placed = incoming.map((item, index) => {
      const change = changes[index] ?? item.change;
      return place({ ...item, change }, entityIn(streamOf(connected, change), change));
    });
    for (const item of placed) outcome.read(item);
    await addReferences(deps, tx, system, externalIdsOf(connected, placed), known);
    if (options.isInOrder === true) await forgetAhead(deps, batch, placed);
    const taken = (item: Placed): Taken | undefined => takenOf(batch, item);
    const sifted = sift(placed, taken, batch.force, (item, as) => outcome.settle(item, as));
    const fresh = sifted.filter(({ incoming: { change } }) => !isErased(change));
    for (const item of sifted) if (isErased(item.incoming.change)) outcome.exclude(item, erasedReason, null);
    const isTakenIn = (item: Placed): boolean =>
      flowFrom(configuration, system, item.entity) !== undefined || item.incoming.change.problem !== undefined;
    const [takenIn, others] = [fresh.filter(isTakenIn), fresh.filter((item) => !isTakenIn(item))];
    // What is taken in is compared in steps of its own; of a system that is only a source, or only a target, there is one at most.
    const isCompared = takenIn.length > 0 && fresh.some(({ entity }) => isTarget(configuration, system, entity));
    if (isCompared) await lockShown(deps, batch, fresh);
    await observeAll(deps, batch, others);
    await takeIn(deps, batch, takenIn);
    await deps.apply(tx, outcome.toApply(), ending);
    return outcome.counts;
  };
}

function unreadable(system: string, { document }: Change, problem: NonNullable<Change['problem']>): Failure {
  const { code, message, path } = problem;
  const place = path === undefined ? {} : { path, sourcePath: path, value: valueAt(document, path) ?? null };
  return { ...failureOf(new KoppelError('RECORD_UNREADABLE', { system, what: message }, place)), code, message };
}

interface Translated {
  readonly placed: Placed;
  readonly mapping: string;
  readonly result: Translation;
}

async function takeIn(deps: IngestBatchDeps, batch: Batch, placed: readonly Placed[]): Promise<void> {
  if (placed.length === 0) return;
  const { tx, system, known, configuration, outcome } = batch;
  const translations = translateAll(batch, placed);
  // What a flow tells the system is no count of its own; it is compared with what it should be.
  const told = new Set(translations.filter((each) => isToldTo(batch, each)));
  await observeAll(
    deps,
    batch,
    [...told].map((each) => each.placed),
  );
  const own = translations.filter((each) => !told.has(each));
  const all = await withFormers(deps, batch, own);
  const marked = await markedBy(deps, batch, draftsOf(all));
  const selected = all.map((each) => {
    const taken = select(batch, each, marked);
    return { ...taken, result: recognise(batch, taken.placed.entity, taken.result, marked) };
  });
  const translated = await separate(deps, batch, selected, marked);
  const drafts = draftsOf(translated);
  const identified = await identifyDrafts(deps, tx, {
    system,
    drafts,
    known,
    marked: marked.externalIds,
    hasSeveralSources: (entity) => hasSeveralSources(configuration, entity),
    mentioningSystems: mentioningSystems(configuration),
  });
  const identities = await withRenamedLevels(deps, tx, system, drafts, identified);
  const rows = await loadRecords(deps, tx, drafts, identities);
  const workspace = makeWorkspace({
    system,
    rows,
    identities,
    ownership: ownershipOf(configuration),
    shown: (entity, externalId) => known.get(entity, externalId)?.shown ?? null,
  });
  const cause = translated.find(({ result }) => result.type === 'drafts' && isOf(result, identities.merges[0]?.draft));
  if (cause !== undefined) outcome.merge(cause.placed, cause.mapping, workspace.merge(), identities);
  decideAll(batch, translated, workspace, identities);
  outcome.setRecords(workspace.changed());
}

type Drafts = Extract<Translation, { type: 'drafts' }>;

const draftsOf = (translated: readonly Translated[]): readonly Draft[] =>
  translated.flatMap(({ result }) =>
    result.type === 'drafts' ? [result.main, ...(result.variants ?? []), ...result.formers] : [],
  );

const isOf = ({ main, variants }: Drafts, draft: Draft | undefined): boolean =>
  draft !== undefined && (main === draft || variants?.includes(draft) === true);

const isToldTo = ({ configuration, system }: Batch, { result }: Translated): boolean =>
  result.type === 'drafts' && isTold(configuration, system, result.main);

/** Of what a record would no longer be, keeps what it was as far as the hub knows. */
async function withFormers(
  deps: IngestBatchDeps,
  { tx, system, known }: Batch,
  translated: readonly Translated[],
): Promise<readonly Translated[]> {
  const wanted = new Map<CanonicalEntity, Set<string>>();
  for (const { result } of translated) {
    for (const { entity, externalId } of result.type === 'drafts' ? result.formers : [])
      wanted.set(entity, (wanted.get(entity) ?? new Set()).add(externalId));
  }
  if (wanted.size === 0) return translated;
  await addReferences(deps, tx, system, wanted, known);
  const wasSo = ({ entity, externalId }: Draft): boolean =>
    (known.get(entity, externalId)?.origin ?? 'MENTIONED') !== 'MENTIONED';
  return translated.map((each) =>
    each.result.type === 'drafts'
      ? { ...each, result: { ...each.result, formers: each.result.formers.filter(wasSo) } }
      : each,
  );
}

/** Leaves out orders that no flow takes, unless the hub has them already. */
function select(batch: Batch, translated: Translated, { externalIds }: Marked): Translated {
  const { placed, result } = translated;
  if (result.type !== 'drafts' || placed.entity !== 'order') return translated;
  const reference = batch.known.get('order', placed.externalId);
  const isOurs =
    (reference !== undefined && reference.origin !== 'MENTIONED') || externalIds.has(result.main.hubId ?? '');
  const reason = isOurs ? undefined : whyNotTaken(batch.configuration, batch.system, result.main);
  return reason === undefined
    ? translated
    : { ...translated, result: { type: 'excluded', reason, called: numberOf(result.main) } };
}

const numberOf = ({ fields: { number } }: Draft): string | null => (typeof number === 'string' ? number : null);

function translateAll(batch: Batch, placed: readonly Placed[]): readonly Translated[] {
  const seen = makeByRecord<true>();
  return placed.map((item): Translated => {
    const { change } = item.incoming;
    if (batch.refused !== undefined) return unread(item, failureOf(batch.refused));
    if (change.problem !== undefined) return unread(item, unreadable(batch.system, change, change.problem));
    const mapping = batch.configuration.inbound(batch.system, change.record);
    if (mapping === undefined)
      throw new KoppelError('MAPPING_MISSING', { record: change.record, system: batch.system });
    const { entity, externalId } = item;
    const reference = batch.known.get(entity, externalId);
    const isKnown = (reference !== undefined && reference.origin !== 'MENTIONED') || seen.has(entity, externalId);
    const result = translate(change, entity, batch.connected, mapping, isKnown ? 'update' : 'create');
    // Of one that fails or is left out nothing is made.
    if (result.type === 'drafts') seen.set(entity, externalId, true);
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
    const { entity } = streamOf(batch.connected, change);
    const as = compare(placed.incoming, latest.get(entity, placed.externalId), batch.force);
    if (as !== 'fresh') batch.outcome.settle(placed, as);
    else if (result.type === 'excluded') batch.outcome.exclude(placed, result.reason, result.called);
    else if (result.type === 'failed') {
      batch.outcome.park(placed, result.failure, change.problem === undefined ? 'ingest' : 'capture');
    } else {
      const decision = workspace.decide({ ...result, seenAt: change.seenAt });
      if (decision.type === 'decided') {
        const version = batch.unordered.has(entity, placed.externalId) ? null : BigInt(change.version);
        latest.set(entity, placed.externalId, { hash: change.hash, version });
        batch.outcome.decide(placed, result, decision, identities, mapping);
      } else batch.outcome.park(placed, failureOf(refusal(batch, placed.externalId, decision)), 'ingest');
    }
  }
}

function refusal(
  batch: Batch,
  externalId: string,
  decision: Exclude<ChangeDecision, { type: 'decided' }>,
): KoppelError {
  switch (decision.type) {
    case 'refused':
      return new KoppelError('RECORD_INCOMPLETE', { what: decision.reason }, { path: decision.path });
    case 'ambiguous':
      return new KoppelError('AMBIGUOUS_MATCH', { key: decision.key });
    case 'duplicate':
      return duplicate(batch, externalId, decision.other);
  }
}
