/**
 * Says that several customers are one, and takes that back. In: who survives, and for whom it stands from then on. Out: first a plan with what
 * becomes of every record that systems have of them; then, with the hash of that plan, one transaction. Each customer keeps its own
 * record here, with what systems go on saying of it: so a merge is only a word, and taken apart they are what they would have been
 * without it (decision 44).
 */
import { contentHash } from '../base/content-hash.js';
import type { Json } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import { planMerge, type MergeItem, type MergingCustomer } from '../canonical/customer-merges.js';
import { worker } from '../canonical/ownership.js';
import type { Clock } from '../base/clock.js';
import type { ChangeLog } from '../log/change-log.js';
import type { CanonicalEvent } from '../log/envelope.js';
import type { MergeReference, MovedRecord } from '../store/customer-merges.js';
import type { Database, Query, Tx } from '../store/database.js';
import type { JournalEntry } from '../store/journal.js';
import type { ConfigurationSource } from './configuration.js';

export interface CustomerMergesDeps {
  readonly database: Database;
  readonly configuration: Pick<ConfigurationSource, 'current'>;
  readonly store: typeof import('../store/customer-merges.js');
  readonly projections: typeof import('../store/projection-moves.js');
  readonly erasures: Pick<typeof import('../store/erasures.js'), 'holdErasures'>;
  readonly looks: Pick<typeof import('../store/projection-looks.js'), 'lookAt'>;
  readonly lockMatching: (typeof import('../store/references.js'))['lockMatching'];
  readonly journal: Pick<typeof import('../store/journal.js'), 'appendJournal'>;
  readonly log: Pick<ChangeLog<Tx>, 'append'>;
  readonly canonicalTopic: string;
  readonly clock: Clock;
  /** Called when rows have become due. */
  readonly looked: () => void;
}

export interface PlannedMerge extends MergeItem {
  /** Orders that count with the survivor from then on. */
  readonly orders: number;
}

export interface MergePlan {
  readonly planHash: string;
  readonly survivorId: string;
  readonly items: readonly PlannedMerge[];
}

/** Whom to merge, and into whom. */
export interface MergeSelection {
  readonly survivorId: string;
  readonly duplicateIds: readonly string[];
}

/** Who does it, and why. */
export interface MergeWord {
  readonly by: string;
  readonly reason: string;
}

export interface CustomerMerges {
  plan(selection: MergeSelection): Promise<MergePlan>;
  /** Throws the code of a refusal, MERGE_PLAN_OUTDATED, or RECORD_BEING_WRITTEN. */
  merge(selection: MergeSelection, planHash: string, word: MergeWord): Promise<void>;
  /** Returns the survivor's id. Throws MERGE_UNKNOWN when nobody stands for the customer. */
  takeApart(duplicateId: string, word: MergeWord): Promise<string>;
}

export function makeCustomerMerges(deps: CustomerMergesDeps): CustomerMerges {
  const { database, store } = deps;
  return {
    plan: (selection) => planOf(deps, database, selection, false),
    async merge(selection, planHash, word) {
      await database.tx(async (tx) => {
        await deps.erasures.holdErasures(tx);
        await deps.lockMatching(tx, 'customer');
        const plan = await planOf(deps, tx, selection, true);
        const refused = plan.items.find(({ refusal }) => refusal !== null)?.refusal;
        if (refused != null) throw new KoppelError(refused, {});
        if (plan.planHash !== planHash) throw new KoppelError('MERGE_PLAN_OUTDATED', {});
        await carryOut(deps, tx, plan, word);
      });
      deps.looked();
    },
    async takeApart(duplicateId, word) {
      const survivorId = await database.tx(async (tx) => {
        await deps.erasures.holdErasures(tx);
        await deps.lockMatching(tx, 'customer');
        const open = await store.openMergeOf(tx, duplicateId);
        if (open === null) throw new KoppelError('MERGE_UNKNOWN', {});
        const ids = [open.survivorId, duplicateId];
        const rows = await store.mergeRows(tx, ids, true);
        if (rows.some(({ isErased }) => isErased)) throw new KoppelError('MERGE_ERASED', {});
        await refuseWhileWritten(deps, tx, ids);
        const returned = await store.returnRecords(tx, open.moved, open.survivorId, duplicateId);
        const version = await store.endMerge(tx, open.id, word.by, word.reason);
        await follow(deps, tx, ids, returned.map((record) => ({ record, from: open.survivorId, to: duplicateId }))); // prettier-ignore
        await announce(deps, tx, [{ id: duplicateId, version, stoodFor: [open.survivorId, null], merge: open.id }]);
        const about = { survivor: open.survivorId, duplicate: duplicateId, records: returned };
        await note(deps, tx, 'unmerged', about, word);
        return open.survivorId;
      });
      deps.looked();
      return survivorId;
    },
  };
}

async function planOf(
  deps: CustomerMergesDeps,
  query: Query,
  { survivorId, duplicateIds }: MergeSelection,
  isKept: boolean,
): Promise<MergePlan> {
  const ids = [survivorId, ...duplicateIds];
  const rows = new Map((await deps.store.mergeRows(query, ids, isKept)).map((row) => [row.id, row]));
  const references = await deps.store.mergeReferences(query, ids);
  const customerOf = (id: string): MergingCustomer => {
    const row = rows.get(id);
    if (row === undefined) throw new KoppelError('CUSTOMER_UNKNOWN', { id });
    const records = references.filter(({ canonicalId }) => canonicalId === id);
    return { ...row, records, isDefault: records.some((record) => isDefaultOf(deps, record)) };
  };
  const items = planMerge(customerOf(survivorId), duplicateIds.map(customerOf)).map((item): PlannedMerge => ({
    ...item,
    orders: rows.get(item.customerId)?.orders ?? 0,
  }));
  const versions = ids.map((id) => rows.get(id)?.version ?? 0);
  return { planHash: contentHash({ survivorId, versions, items } as unknown as Json), survivorId, items };
}

/** A flow gives orders that have no buyer to it. */
const isDefaultOf = ({ configuration }: CustomerMergesDeps, { system, externalId }: MergeReference): boolean =>
  configuration
    .current()
    .flows.some(({ target, settings }) => target === system && settings.order.defaultCustomer === externalId);

async function refuseWhileWritten({ projections }: CustomerMergesDeps, tx: Tx, ids: readonly string[]): Promise<void> {
  const [system] = await projections.busyTargets(tx, ids);
  if (system !== undefined) throw new KoppelError('RECORD_BEING_WRITTEN', { system });
}

/** A link that another customer has from now on. */
interface Handed {
  readonly record: MovedRecord;
  readonly from: string;
  readonly to: string;
}

async function carryOut(deps: CustomerMergesDeps, tx: Tx, { survivorId, items }: MergePlan, word: MergeWord): Promise<void> {
  const { store } = deps;
  const ids = [survivorId, ...items.map(({ customerId }) => customerId)];
  await refuseWhileWritten(deps, tx, ids);
  const handed: Handed[] = [];
  const told: About[] = [];
  const announced: Announced[] = [];
  for (const { customerId: duplicateId, records } of items) {
    const moved: MovedRecord[] = [];
    for (const { system, fate } of records) {
      if (fate === 'MOVES') moved.push(...(await store.moveRecords(tx, system, duplicateId, survivorId)));
    }
    const merge = newId('customer_merge');
    const version = await store.beginMerge(tx, { id: merge, survivorId, duplicateId, ...word, moved });
    announced.push({ id: duplicateId, version, stoodFor: [null, survivorId], merge });
    handed.push(...moved.map((record) => ({ record, from: duplicateId, to: survivorId })));
    told.push({ survivor: survivorId, duplicate: duplicateId, records: moved });
  }
  await deps.projections.endWritingProblems(tx, ids.slice(1));
  await follow(deps, tx, ids, handed);
  // The counters of the log and of the journal are taken last, as everywhere: who holds them waits for nothing else.
  await announce(deps, tx, announced);
  for (const about of told) await note(deps, tx, 'merged', about, word);
} // prettier-ignore

interface Announced {
  readonly id: string;
  readonly version: number;
  /** Who stood for the customer before, and who does now. */
  readonly stoodFor: readonly [string | null, string | null];
  readonly merge: string;
}

/** Tells those who follow the hub's events: of the record nothing has changed but who stands for it. */
async function announce(deps: CustomerMergesDeps, tx: Tx, announced: readonly Announced[]): Promise<void> {
  const entries = announced.map(({ id, version, stoodFor, merge }) => {
    const cause = { system: worker, externalId: merge };
    const event: CanonicalEvent = { entity: 'customer', id, version, action: 'updated', changes: { mergedInto: stoodFor }, cause }; // prettier-ignore
    return { key: id, traceId: newId('trace'), payload: event as unknown as Json };
  });
  await deps.log.append(tx, deps.canonicalTopic, entries);
}

/** Lets the projectors see what follows: the customers, the records that others have now, and orders that wait. */
async function follow(deps: CustomerMergesDeps, tx: Tx, ids: readonly string[], handed: readonly Handed[]): Promise<void> {
  const { looks, projections, clock } = deps;
  const traceId = newId('trace');
  // First, so that there is a row that what is known of a record can move to.
  await looks.lookAt(tx, ids.map((id) => ({ event: { entity: 'customer', id }, traceId, at: clock.now() }))); // prettier-ignore
  for (const { record, from, to } of handed) await projections.moveProjection(tx, record, from, to);
  await projections.lookAtOrders(tx, ids);
} // prettier-ignore

interface About {
  readonly survivor: string;
  readonly duplicate: string;
  readonly records: readonly MovedRecord[];
}

/** In the history of both. */
async function note(
  { journal }: CustomerMergesDeps,
  tx: Tx,
  step: 'merged' | 'unmerged',
  about: About,
  { by, reason }: MergeWord,
): Promise<void> {
  const traceId = newId('trace');
  const { survivor, duplicate } = about;
  const records = about.records.map(({ system, entity, externalId }) => ({ system, entity, externalId }));
  const detail = { survivor, duplicate, records, by };
  await journal.appendJournal(
    tx,
    [survivor, duplicate].map((canonicalId): JournalEntry => ({ traceId, step, outcome: step, entity: 'customer', canonicalId, message: reason, detail })), // prettier-ignore
  );
}
