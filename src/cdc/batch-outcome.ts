/** Collects what came of each change of a batch: what apply has to carry out, and the counts. No I/O. */
import { contentHash } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';
import { cleanJson } from '../canonical/clean-text.js';
import type { Decided } from '../canonical/decide-batch.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import type { CanonicalRecord } from '../canonical/record.js';
import {
  eachMention,
  makeByRecord,
  naturalKeyOf,
  type ByRecord,
  type Draft,
  type Identities,
} from '../canonical/identity.js';
import { changeKey } from '../log/envelope.js';
import type { JournalEntry } from '../store/journal.js';
import type { ParkedRecord, ParkedStage } from '../store/parked.js';
import type { ReferenceWrite } from '../store/references.js';
import type { UnmappedValue } from '../store/unmapped-values.js';
import type { ApplyBatch, Observed, Step } from '../sync/apply.js';
import type { Configuration } from '../sync/configuration.js';
import type { Placed } from './classify.js';
import { makeTally, type Counts } from './counts.js';
import type { KnownReferences } from './look-up.js';
import { flowFrom } from './sources.js';
import type { Failure, Translation } from './translate.js';

export interface BatchOutcome {
  readonly counts: Counts;
  read(placed: Placed): void;
  /** Nothing to do: known already, or older than what is known. */
  settle(placed: Placed, as: 'unchanged' | 'stale'): void;
  park(placed: Placed, failure: Failure, stage: ParkedStage): void;
  exclude(placed: Placed, reason: string): void;
  observe(placed: Placed, result: 'echo' | 'drift' | 'unknown'): void;
  decide(
    placed: Placed,
    drafts: Extract<Translation, { type: 'drafts' }>,
    decisions: readonly Decided[],
    identities: Identities,
    mapping: string,
  ): void;
  setRecords(records: readonly { readonly record: CanonicalRecord; readonly expected: number }[]): void;
  toApply(): ApplyBatch;
}

export function makeBatchOutcome(system: string, configuration: Configuration, known: KnownReferences): BatchOutcome {
  const tally = makeTally();
  const steps: Step[] = [];
  const references = makeByRecord<ReferenceWrite>();
  const observed = makeByRecord<Observed>();
  const parked = new Map<string, Omit<ParkedRecord, 'id'>>();
  const resolved = new Set<string>();
  const unmapped: UnmappedValue[] = [];
  const journal: JournalEntry[] = [];
  let records: ApplyBatch['records'] = [];

  const flows = new Map<CanonicalEntity, string | null>();
  const flowOf = ({ entity }: Placed): string | null => {
    if (!flows.has(entity)) flows.set(entity, flowFrom(configuration, system, entity)?.key ?? null);
    return flows.get(entity) ?? null;
  };
  const resolve = (placed: Placed): void => {
    const key = changeKey(placed.incoming.change);
    resolved.add(key);
    parked.delete(key);
  };
  const remember = (placed: Placed): void => {
    const { entity, externalId, incoming } = placed;
    const { version, hash } = incoming.change;
    if (known.has(entity, externalId)) observed.set(entity, externalId, { entity, externalId, version, hash });
  };
  const journalOf = (placed: Placed): Omit<JournalEntry, 'step' | 'outcome'> => ({
    traceId: placed.incoming.traceId,
    flow: flowOf(placed),
    system,
    entity: placed.entity,
    canonicalId: known.get(placed.entity, placed.externalId)?.canonicalId ?? null,
    externalId: placed.incoming.change.externalId,
  });

  return {
    counts: tally.counts,
    read: (placed) => tally.add(placed.entity, 'read'),
    settle(placed, as) {
      tally.add(placed.entity, as);
      resolve(placed);
    },
    park(placed, failure, stage) {
      tally.add(placed.entity, 'parked');
      const { change, traceId } = placed.incoming;
      resolved.delete(changeKey(change));
      parked.set(changeKey(change), parkedRecord(system, placed, failure, stage, flowOf(placed), known));
      unmapped.push(...failure.unmapped.map((value) => ({ ...value, traceId })));
    },
    exclude(placed, reason) {
      tally.add(placed.entity, 'excluded');
      remember(placed);
      resolve(placed);
      journal.push({ ...journalOf(placed), step: 'excluded', outcome: 'excluded', message: reason });
    },
    observe(placed, result) {
      tally.add(placed.entity, result);
      remember(placed);
      resolve(placed);
      if (result !== 'unknown') journal.push({ ...journalOf(placed), step: result, outcome: 'seen' });
    },
    decide(placed, drafts, decisions, identities, mapping) {
      const { change, traceId, place } = placed.incoming;
      resolve(placed);
      tally.add(placed.entity, 'cleaned', drafts.cleaned);
      tally.add(placed.entity, outcomeOf(decisions));
      const log = place === null ? null : `${place.topic}/${place.partition}/${place.offset}`;
      const flow = flowOf(placed);
      const source = { traceId, seenAt: change.seenAt, cause: change.externalId, flow, log, mapping };
      for (const { entity, externalId, decision } of decisions) {
        if (decision.type !== 'unchanged') steps.push({ entity, externalId, decision, source });
      }
      collectReferences(references, known, identities, drafts.main, change);
      for (const variant of drafts.variants ?? []) collectReferences(references, known, identities, variant, null);
    },
    setRecords(changed) {
      records = changed;
    },
    toApply: () => ({
      system,
      steps,
      records,
      references: references.values().sort(byKey),
      observed: observed.values(),
      parked: [...parked.values()],
      resolved: [...resolved],
      unmapped,
      journal,
    }),
  };
}

const byKey = (a: ReferenceWrite, b: ReferenceWrite): number =>
  a.entity === b.entity ? (a.externalId < b.externalId ? -1 : 1) : a.entity < b.entity ? -1 : 1;

/** The strongest thing that happened to the change. */
function outcomeOf(decisions: readonly Decided[]): 'created' | 'updated' | 'conflict' | 'unchanged' {
  if (decisions[0]?.decision.type === 'created') return 'created';
  let strongest: 'conflict' | 'unchanged' = 'unchanged';
  for (const { decision } of decisions) {
    if (decision.type === 'created' || decision.type === 'updated') return 'updated';
    if (decision.type === 'conflict') strongest = 'conflict';
  }
  return strongest;
}

/** A draft's own reference when something of it is to be stored, and new ones of what it mentions. */
function collectReferences(
  references: ByRecord<ReferenceWrite>,
  known: KnownReferences,
  identities: Identities,
  draft: Draft,
  change: { readonly version: string; readonly hash: string } | null,
): void {
  const { entity, externalId } = draft;
  const identity = identities.of(entity, externalId);
  if (change !== null || identity.isNew || known.get(entity, externalId)?.origin === 'MENTIONED') {
    references.set(entity, externalId, {
      entity,
      externalId,
      canonicalId: identity.canonicalId,
      naturalKey: naturalKeyOf(entity, draft.fields),
      origin: identity.origin,
      sourceVersion: change?.version ?? null,
      contentHash: change?.hash ?? null,
    });
  }
  eachMention(draft, (of, id) => {
    if (known.has(of, id) || references.has(of, id)) return;
    const { canonicalId } = identities.of(of, id);
    const empty = { naturalKey: null, sourceVersion: null, contentHash: null };
    references.set(of, id, { entity: of, externalId: id, canonicalId, origin: 'MENTIONED', ...empty });
  });
}

function parkedRecord(
  system: string,
  placed: Placed,
  failure: Failure,
  stage: ParkedStage,
  flow: string | null,
  known: KnownReferences,
): Omit<ParkedRecord, 'id'> {
  const { change, traceId, place } = placed.incoming;
  const path = failure.path?.replace(/\.\d+\./g, '.*.') ?? null;
  return {
    stage,
    system,
    flow,
    entity: placed.entity,
    canonicalId: known.get(placed.entity, placed.externalId)?.canonicalId ?? null,
    externalId: change.externalId,
    recordKey: changeKey(change),
    traceId,
    code: failure.code,
    message: failure.message,
    hint: failure.hint,
    path: failure.path,
    original: failure.original,
    classification: failure.classification,
    fingerprint: contentHash([stage, system, placed.entity, failure.code, path]),
    payload: cleanJson(change as unknown as Json) as Document,
    log: place,
  };
}
