/** Collects what came of each change of a batch: what apply has to carry out, and the counts. No I/O. */
import type { Document } from '../base/document.js';
import type { ChangeDecision, Decided } from '../canonical/decide-batch.js';
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
import { keyOfMention } from '../canonical/mentions.js';
import { isRemembered } from '../canonical/statements.js';
import { wordsOfLast, type Words } from '../canonical/words.js';
import { changeKey } from '../log/envelope.js';
import type { JournalEntry } from '../store/journal.js';
import type { ParkedRecord, ParkedStage } from '../store/parked.js';
import type { ReferenceWrite } from '../store/references.js';
import type { MergedId } from '../store/reservations.js';
import type { UnmappedValue } from '../store/unmapped-values.js';
import type { ApplyBatch, Observed, Step, StepSource } from '../sync/apply.js';
import type { Configuration } from '../sync/configuration.js';
import type { Placed } from './classify.js';
import { makeTally, type Counts } from './counts.js';
import type { KnownReferences } from './look-up.js';
import { parkedRecord } from './parked-record.js';
import { flowFrom, flowsInUse, ownershipOf } from './sources.js';
import type { Failure, Translation } from './translate.js';

export interface BatchOutcome {
  readonly counts: Counts;
  read(placed: Placed): void;
  /** Nothing to do: known already, or older than what is known. */
  settle(placed: Placed, as: 'unchanged' | 'stale'): void;
  park(placed: Placed, failure: Failure, stage: ParkedStage): void;
  /** `called`: by what people know it, for the log; null when that is not known. */
  exclude(placed: Placed, reason: string, called: string | null): void;
  /** `canonicalId`: what it is to the hub, also where another entity stands for it. */
  observe(placed: Placed, result: 'echo' | 'drift' | 'unknown', canonicalId: string | null): void;
  /** Put aside until a write of ours to the same record is over. */
  defer(placed: Placed): void;
  /** How what is taken in stands to what the system should hold; told when nothing else comes of the change. */
  compared(placed: Placed, result: 'echo' | 'drift' | 'unknown'): void;
  decide(
    placed: Placed,
    drafts: Extract<Translation, { type: 'drafts' }>,
    decided: Extract<ChangeDecision, { type: 'decided' }>,
    identities: Identities,
    mapping: string,
  ): void;
  /** Ids that turned out to be others, and what follows for records that mention them; `by`: the change that showed it. */
  merge(by: Placed, mapping: string, decisions: readonly Decided[], identities: Identities): void;
  setRecords(records: readonly { readonly record: CanonicalRecord; readonly expected: number }[]): void;
  toApply(): ApplyBatch;
}

export function makeBatchOutcome(system: string, configuration: Configuration, known: KnownReferences): BatchOutcome {
  const tally = makeTally();
  const steps: Step[] = [];
  const references = makeByRecord<ReferenceWrite>();
  const observed = makeByRecord<Observed>();
  const parked = new Map<string, Omit<ParkedRecord, 'id'>>();
  /** Keys of records that went through, with the version that did. */
  const resolved = new Map<string, string>();
  const unmapped: UnmappedValue[] = [];
  const journal: JournalEntry[] = [];
  const comparisons = new Map<string, 'echo' | 'drift' | 'unknown'>();
  const merges: MergedId[] = [];
  const overtaken: { entity: CanonicalEntity; externalId: string }[] = [];
  const ownership = ownershipOf(configuration);
  const isTarget = flowsInUse(configuration).some((flow) => flow.target === system);
  let records: ApplyBatch['records'] = [];

  const flows = new Map<CanonicalEntity, string | null>();
  const flowOf = ({ entity }: Placed): string | null => {
    if (!flows.has(entity)) flows.set(entity, flowFrom(configuration, system, entity)?.key ?? null);
    return flows.get(entity) ?? null;
  };
  const resolve = (placed: Placed): void => {
    const { change } = placed.incoming;
    const key = changeKey(change);
    resolved.set(key, change.version);
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

  const sourceOf = (placed: Placed, mapping: string): StepSource => {
    const { change, traceId, place } = placed.incoming;
    const log = place === null ? null : `${place.topic}/${place.partition}/${place.offset}`;
    return { traceId, seenAt: change.seenAt, cause: change.externalId, flow: flowOf(placed), log, mapping };
  };
  const addSteps = (decisions: readonly Decided[], source: StepSource): void => {
    for (const { entity, externalId, decision } of decisions) {
      if (decision.type !== 'unchanged') steps.push({ entity, externalId, decision, source });
    }
  };

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
    exclude(placed, reason, called) {
      tally.add(placed.entity, 'excluded');
      // Of what was only mentioned nothing was taken: it is judged again whenever it is shown.
      if (known.get(placed.entity, placed.externalId)?.origin !== 'MENTIONED') remember(placed);
      resolve(placed);
      const detail = called === null ? null : { called };
      journal.push({ ...journalOf(placed), step: 'excluded', outcome: 'excluded', message: reason, detail });
    },
    observe(placed, result, canonicalId) {
      tally.add(placed.entity, result);
      remember(placed);
      resolve(placed);
      if (result === 'unknown') return;
      const row = journalOf(placed);
      journal.push({ ...row, canonicalId: row.canonicalId ?? canonicalId, step: result, outcome: 'seen' });
    },
    defer(placed) {
      tally.add(placed.entity, 'deferred');
      journal.push({ ...journalOf(placed), step: 'captured', outcome: 'deferred' });
    },
    compared: (placed, result) => void comparisons.set(changeKey(placed.incoming.change), result),
    decide(placed, drafts, { decisions: made, shown, shownOfParts }, identities, mapping) {
      const { change, traceId } = placed.incoming;
      resolve(placed);
      tally.add(placed.entity, 'cleaned', drafts.cleaned);
      const compared = comparisons.get(changeKey(change)) ?? 'unknown';
      const decisions = made.map((each) => (isRemembered(each.entity, ownership) ? uncontested(each, compared) : each));
      const what = outcomeOf(decisions);
      tally.add(placed.entity, what === 'unchanged' && compared !== 'unknown' ? compared : what);
      if (compared === 'drift' || (compared === 'echo' && what === 'unchanged')) {
        journal.push({ ...journalOf(placed), step: compared, outcome: 'seen' });
      }
      addSteps(decisions, sourceOf(placed, mapping));
      unmapped.push(...drafts.unmapped.map((note) => ({ ...note, traceId })));
      for (const { entity, externalId } of [drafts.main, ...(drafts.variants ?? [])]) {
        const former = identities.overtaken(entity, externalId);
        if (former !== undefined) overtaken.push({ entity, externalId: former });
      }
      const words = wordsOfLast(drafts.words, drafts.main.fields, shown);
      collectReferences(references, known, identities, drafts.main, { ...change, shown, words });
      for (const variant of drafts.variants ?? []) {
        const said = shownOfParts.get(variant.externalId);
        const stated = said === undefined ? null : { version: null, hash: null, shown: said, words: {} };
        collectReferences(references, known, identities, variant, stated);
      }
    },
    merge(by, mapping, decisions, identities) {
      merges.push(...identities.merges.map(({ entity, from, to }) => ({ entity, from, to })));
      addSteps(decisions, sourceOf(by, mapping));
    },
    setRecords(changed) {
      records = changed;
    },
    toApply: () => ({
      system,
      steps,
      records,
      merges,
      overtaken,
      references: withoutNeedless(references.values()).sort(byKey),
      appeared: isTarget ? appearedAmong(references.values(), merges, known) : [],
      observed: observed.values(),
      parked: [...parked.values()],
      resolved: [...resolved].map(([recordKey, version]) => ({ recordKey, version })),
      unmapped,
      journal,
    }),
  };
}

const byKey = (a: ReferenceWrite, b: ReferenceWrite): number =>
  a.entity === b.entity ? (a.externalId < b.externalId ? -1 : 1) : a.entity < b.entity ? -1 : 1;

/** A reservation by key is not needed for a record whose own reference is written beside it. */
function withoutNeedless(writes: readonly ReferenceWrite[]): ReferenceWrite[] {
  const written = new Set<string>();
  for (const { entity, externalId, canonicalId } of writes) {
    if (keyOfMention(externalId) === undefined) written.add(`${entity}:${canonicalId}`);
  }
  return writes.filter(
    ({ entity, externalId, canonicalId }) =>
      keyOfMention(externalId) === undefined || !written.has(`${entity}:${canonicalId}`),
  );
}

/** Records that the system is known to have from now on, or by another record's key: others may be waiting for them. */
function appearedAmong(
  writes: readonly ReferenceWrite[],
  merges: readonly MergedId[],
  known: KnownReferences,
): ApplyBatch['appeared'] {
  const appeared = writes.filter(({ entity, externalId, naturalKey }) => {
    const before = known.get(entity as CanonicalEntity, externalId);
    return before === undefined || (before.naturalKey === null && naturalKey !== null);
  });
  return [...appeared, ...merges.map(({ entity, to }) => ({ entity, canonicalId: to }))].map(
    ({ entity, canonicalId }) => ({ entity, canonicalId }),
  );
}

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

/**
 * A record that we have written to the system says some things in words of its own (its number, its lines): that contests
 * nothing as long as it holds what we wrote, and where it does not, that is told as drift.
 */
function uncontested(decided: Decided, compared: 'echo' | 'drift' | 'unknown'): Decided {
  const { decision } = decided;
  if (compared === 'unknown') return decided;
  if (decision.type === 'updated') return { ...decided, decision: { ...decision, conflicts: {} } };
  if (decision.type !== 'conflict' || compared === 'drift') return decided;
  return { ...decided, decision: { type: 'unchanged', record: decision.record } };
}

/** A draft's own reference when something of it is to be stored, and new ones of what it mentions. */
function collectReferences(
  references: ByRecord<ReferenceWrite>,
  known: KnownReferences,
  identities: Identities,
  draft: Draft,
  change: {
    readonly version: string | null;
    readonly hash: string | null;
    readonly shown: Document | null;
    readonly words: Words;
  } | null,
): void {
  const { entity, externalId } = draft;
  const identity = identities.of(entity, externalId);
  const stored = known.get(entity, externalId);
  const naturalKey = naturalKeyOf(entity, draft.fields);
  // Under the key that it has now it is mentioned from now on, also when nothing else of it is kept.
  const isRenamed = naturalKey !== null && stored?.naturalKey !== naturalKey;
  if (change !== null || identity.isNew || stored?.origin === 'MENTIONED' || isRenamed) {
    references.set(entity, externalId, {
      entity,
      externalId,
      canonicalId: identity.canonicalId,
      naturalKey,
      origin: identity.origin,
      sourceVersion: change?.version ?? null,
      contentHash: change?.hash ?? null,
      shown: change?.shown ?? null,
      words: change?.words ?? {},
    });
  }
  eachMention(draft, (of, id) => {
    if (known.has(of, id) || references.has(of, id)) return;
    const { canonicalId } = identities.of(of, id);
    const empty = { naturalKey: keyOfMention(id) ?? null, sourceVersion: null, contentHash: null };
    references.set(of, id, { entity: of, externalId: id, canonicalId, origin: 'MENTIONED', ...empty });
  });
}
