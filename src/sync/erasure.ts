/**
 * Erasing a customer, and what the hub holds of one; those who were merged into him are the same person and go with him. In: a
 * customer, and whether the systems are told, too. Out: first a plan, made by doing it in a transaction that is taken back; then a job. From its first moment on the hub learns nothing of him any more;
 * systems are told a placeholder by the ordinary writes; then one transaction takes him out of every store. A job that dies
 * begins anew and comes to the same end.
 */
import { contentHash } from '../base/content-hash.js';
import type { Clock } from '../base/clock.js';
import type { Document, Json } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import type { Database, Query, Tx } from '../store/database.js';
import type { CanonicalRecord } from '../canonical/record.js';
import type { ToldRow } from '../store/erasure-records.js';
import type { PersonIds } from '../store/erasure-scrub.js';
import type { Job } from '../store/jobs.js';
import type { Configuration, ConfigurationSource } from './configuration.js';
import { logKeysOf, makeErasePerson, type ErasePerson, type ErasePersonDeps, type StoreCount } from './erase-person.js';
import type { Progress } from './impact.js';
import type { JobHandler } from './jobs.js';
import { reasonWithoutValues } from './without-values.js';

export type ErasureReach = 'HUB_ONLY' | 'HUB_AND_SYSTEMS';

export interface ErasureDeps extends ErasePersonDeps {
  readonly database: Database;
  readonly configuration: ConfigurationSource;
  readonly looks: Pick<typeof import('../store/projection-looks.js'), 'lookAt'>;
  readonly jobs: Pick<typeof import('../store/jobs.js'), 'createJob'>;
  readonly merges: Pick<typeof import('../store/customer-merges.js'), 'mergedInto' | 'openMergeOf'>;
  readonly documents: typeof import('../store/person-export.js');
  readonly clock: Clock;
  /** The change log is in Kafka, which deletes by age only. */
  readonly isLogInKafka: boolean;
  /** Called when rows have become due. */
  readonly looked: () => void;
  /** Called when there is a job to be done. */
  readonly jobMade: () => void;
  /** How long systems may take to be told, and writes that are under way to end. */
  readonly patienceMs?: number;
}

/**
 * What became of a system that has a record of the customer. TOLD: it holds a placeholder. LEFT: it was not asked to be told.
 * BY_HAND: the hub cannot tell it. SHARED: its record stands for another customer as well.
 */
export interface SystemOutcome {
  readonly system: string;
  readonly externalId: string | null;
  readonly outcome: 'TOLD' | 'LEFT' | 'BY_HAND' | 'SHARED';
  /** What the hub said of the state there, when it could not be told; nothing of the customer, because it is kept for good. */
  readonly reason: string | null;
}

export interface ErasureReport {
  readonly customerId: string;
  readonly reach: ErasureReach;
  readonly stores: readonly StoreCount[];
  readonly systems: readonly SystemOutcome[];
  readonly isLogInKafka: boolean;
}

export interface ErasurePlan extends ErasureReport {
  readonly planHash: string;
  /** Orders of his that are neither completed nor cancelled: their addresses go too. */
  readonly openOrders: number;
  /** What may be typed to confirm; the first one is asked for. */
  readonly confirmations: readonly string[];
}

export interface Erasures {
  plan(customerId: string, reach: ErasureReach): Promise<ErasurePlan>;
  /** Returns the id of the job. Refused when the confirmation is another one, or the plan is. */
  start(
    erasure: { readonly customerId: string; readonly reach: ErasureReach },
    confirmed: { readonly confirmation: string; readonly planHash: string },
    by: string,
  ): Promise<string>;
  /** All that the hub holds of the customer, by store. */
  export(customerId: string): Promise<Document>;
}

/** Thrown to take a transaction back; holds what was found out in it. */
class TakenBack extends Error {
  constructor(readonly plan: ErasurePlan) {
    super('taken back');
  }
}

const closed: ReadonlySet<string> = new Set(['COMPLETED', 'CANCELLED']);

export function makeErasures(deps: ErasureDeps): Erasures {
  const erase = makeErasePerson(deps);
  const plan = async (customerId: string, reach: ErasureReach): Promise<ErasurePlan> => {
    try {
      return await deps.database.tx(async (tx): Promise<never> => {
        await refuseMerged(deps, tx, customerId);
        const persons = await personsIn(deps, tx, customerId);
        const told: ToldRow[] = [];
        for (const { ids } of persons) {
          await lookAtCustomer(deps, tx, ids.customerId);
          told.push(...(await deps.scrub.toldRows(tx, ids.customerId)));
        }
        const stores = await eraseAll(tx, erase, deps.configuration.current(), persons);
        const systems = told.filter(isOwnRecord).map((row) => expected(row, reach));
        const { number, companyName, fullName, lastName } = persons[0]!.customer.fields;
        const names = [number, companyName ?? fullName ?? lastName].filter((name) => typeof name === 'string');
        const version = persons.map(({ customer }) => customer.version);
        const states = persons.flatMap(({ orders }) =>
          orders.map(({ fields, version: of, id }) => ({ id, version: of, status: fields['status'] ?? null })),
        );
        throw new TakenBack({
          ...{ customerId, reach, stores, systems, isLogInKafka: deps.isLogInKafka },
          planHash: contentHash({ customerId, reach, version, orders: states, systems } as unknown as Json),
          openOrders: states.filter(({ status }) => !closed.has(String(status))).length,
          confirmations: [...new Set([...names, customerId])],
        });
      });
    } catch (thrown) {
      if (thrown instanceof TakenBack) return thrown.plan;
      throw thrown;
    }
  };
  return {
    plan,
    async start({ customerId, reach }, { confirmation, planHash }, by) {
      const now = await plan(customerId, reach);
      if (!now.confirmations.includes(confirmation.trim())) {
        throw new KoppelError('ERASURE_NOT_CONFIRMED', { wanted: now.confirmations[0] ?? customerId });
      }
      if (planHash !== now.planHash) throw new KoppelError('ERASURE_PLAN_OUTDATED', {});
      const id = newId('job');
      const input = { customerId, reach };
      await deps.database.tx((tx) => deps.jobs.createJob(tx, { id, kind: 'ERASURE', input, createdBy: by }));
      deps.jobMade();
      return id;
    },
    async export(customerId) {
      // Whoever was merged is one person with the one that stands for him: all of it is given.
      const survivor = (await deps.merges.openMergeOf(deps.database, customerId))?.survivorId ?? customerId;
      const persons = await personsIn(deps, deps.database, survivor);
      const customerIds = persons.map(({ ids }) => ids.customerId);
      const orderIds = persons.flatMap(({ ids }) => ids.orderIds);
      const references = await deps.store.referencesOf(deps.database, [...customerIds, ...orderIds]);
      const keys = logKeysOf(deps.configuration.current(), deps, references);
      return deps.documents.personDocuments(deps.database, { customerIds, orderIds }, deps.canonicalTopic, keys);
    },
  };
} // prettier-ignore

/** Makes what is told of the customer due, also where nothing was told until now. */
const lookAtCustomer = ({ looks, clock }: ErasureDeps, tx: Tx, id: string): Promise<unknown> =>
  looks.lookAt(tx, [{ event: { entity: 'customer', id }, traceId: newId('trace'), at: clock.now() }]);

/** A company's contact is told with the company. */
const isOwnRecord = ({ entity }: ToldRow): boolean => entity === 'customer';
const restful: ReadonlySet<string> = new Set(['none', 'excluded', 'paused', 'held']);

function expected(row: ToldRow, reach: ErasureReach): SystemOutcome {
  const { target, externalId, state, isShared } = row;
  const about = { system: target, externalId };
  if (reach === 'HUB_ONLY') return { ...about, outcome: 'LEFT', reason: null };
  if (isShared) return { ...about, outcome: 'SHARED', reason: null };
  if (restful.has(state)) return { ...about, outcome: 'BY_HAND', reason: reasonWithoutValues(row) };
  return { ...about, outcome: 'TOLD', reason: null };
}

/** One of the customers that are the person, with orders that are of none before him. */
interface Person {
  readonly customer: CanonicalRecord;
  readonly orders: readonly CanonicalRecord[];
  readonly ids: PersonIds;
}

/** The customer, and those who were merged into him. */
async function personsIn({ rows, store, merges }: ErasureDeps, query: Query, customerId: string): Promise<readonly Person[]> {
  const persons: Person[] = [];
  const seen = new Set<string>();
  for (const id of [customerId, ...(await merges.mergedInto(query, customerId))]) {
    const [customer] = await rows.loadRows(query, 'customer', [id]);
    if (customer === undefined) throw new KoppelError('CUSTOMER_UNKNOWN', { id });
    const { email } = customer.fields;
    const found = await store.ordersOfPerson(query, id, typeof email === 'string' ? email : null);
    const orderIds = found.filter((each) => !seen.has(each));
    for (const each of orderIds) seen.add(each);
    persons.push({ customer, orders: await rows.loadRows(query, 'order', orderIds), ids: { customerId: id, orderIds } });
  }
  return persons;
} // prettier-ignore

/** Half of a person is not erased. */
async function refuseMerged({ merges }: ErasureDeps, query: Query, customerId: string): Promise<void> {
  if ((await merges.openMergeOf(query, customerId)) !== null) throw new KoppelError('ERASURE_MERGED', {});
}

/** What was removed of all of them, by store. */
async function eraseAll(tx: Tx, erase: ErasePerson, configuration: Configuration, persons: readonly Person[]): Promise<readonly StoreCount[]> {
  const counts = new Map<string, StoreCount>();
  for (const { ids } of persons) {
    for (const { store, removed, retained } of await erase(tx, configuration, ids)) {
      const before = counts.get(store) ?? { removed: 0, retained: 0 };
      counts.set(store, { store, removed: before.removed + removed, retained: before.retained + retained });
    }
  }
  return [...counts.values()];
} // prettier-ignore

/** The work of a job of the kind ERASURE. Once it has begun it is not cancelled: half of it would be neither one nor the other. */
export function erasureWork(deps: ErasureDeps): JobHandler {
  const erase = makeErasePerson(deps);
  const { database, store, scrub, patienceMs = 60_000 } = deps;
  const stages = 3;

  const mark = (job: Job, customerId: string, reach: ErasureReach): Promise<void> =>
    database.tx(async (tx) => {
      await store.lockErasures(tx);
      await refuseMerged(deps, tx, customerId);
      for (const { ids } of await personsIn(deps, tx, customerId)) {
        const references = await store.referencesOf(tx, [ids.customerId, ...ids.orderIds]);
        await store.markErased(tx, { customerId: ids.customerId, reach, job: job.id }, references);
      }
    });

  /** Until it holds or patience ends; whether it does. */
  const until = async (holds: () => Promise<boolean>, goOn: () => Promise<void>): Promise<boolean> => {
    const end = deps.clock.monotonic() + patienceMs;
    for (;;) {
      if (await holds()) return true;
      if (deps.clock.monotonic() >= end) return false;
      await goOn();
      await deps.clock.sleep(100);
    }
  };

  const tell = async (customerId: string, reach: ErasureReach, goOn: () => Promise<void>) => {
    if (reach === 'HUB_AND_SYSTEMS') await database.tx((tx) => lookAtCustomer(deps, tx, customerId));
    const before = await scrub.toldRows(database, customerId);
    if (reach === 'HUB_ONLY') return before.filter(isOwnRecord).map((row) => expected(row, reach));
    const asked = before.filter((row) => expected(row, reach).outcome === 'TOLD');
    deps.looked();
    const moving = new Set(['pending', 'writing', 'in_doubt', 'retrying', 'waiting_for']);
    const isAsked = (row: ToldRow): boolean => asked.some((each) => each.target === row.target && each.entity === row.entity);
    await until(async () => !(await scrub.toldRows(database, customerId)).some((row) => isAsked(row) && moving.has(row.state)), goOn);
    const after = await scrub.toldRows(database, customerId);
    return after.filter(isOwnRecord).map((row): SystemOutcome => {
      const plan = expected(row, reach);
      if (!isAsked(row)) return plan;
      const isTold = after.filter((each) => each.target === row.target && isAsked(each)).every(({ state }) => state === 'in_sync' || state === 'excluded' && row.entity === 'contact');
      return isTold ? { ...plan, outcome: 'TOLD', reason: null } : { ...plan, outcome: 'BY_HAND', reason: reasonWithoutValues(row) };
    });
  }; // prettier-ignore

  const remove = (customerId: string, reach: ErasureReach, systems: readonly SystemOutcome[]) =>
    database.tx(async (tx): Promise<ErasureReport | readonly string[]> => {
      await store.lockErasures(tx);
      const persons = await personsIn(deps, tx, customerId);
      const busy = await scrub.writesUnderWay(
        tx,
        persons.flatMap(({ ids }) => [ids.customerId, ...ids.orderIds]),
      );
      if (busy.length > 0) return busy;
      const stores = await eraseAll(tx, erase, deps.configuration.current(), persons);
      const report: ErasureReport = { customerId, reach, stores, systems, isLogInKafka: deps.isLogInKafka };
      for (const { ids } of persons) await store.setErased(tx, ids.customerId, report as unknown as Document);
      return report;
    });

  return async (job, progress) => {
    const { customerId, reach } = job.input as unknown as { customerId: string; reach: ErasureReach };
    // Begun anew after its process died, it goes on even when somebody has asked for an end meanwhile.
    if (await store.hasBegun(database, customerId, job.id)) await onward(progress, 0, stages);
    else await progress(0, stages);
    await mark(job, customerId, reach);
    const known = await store.erasureReport(database, customerId, job.id);
    if (known !== null) return known;
    const systems: SystemOutcome[] = [];
    for (const id of [customerId, ...(await deps.merges.mergedInto(database, customerId))]) {
      systems.push(...(await tell(id, reach, () => onward(progress, 1, stages))));
    }
    let found: Awaited<ReturnType<typeof remove>> = [];
    const isDone = await until(
      async () => !Array.isArray((found = await remove(customerId, reach, systems))),
      () => onward(progress, 2, stages),
    );
    if (!isDone) throw new KoppelError('ERASURE_WRITE_UNDER_WAY', { systems: (found as readonly string[]).join(', ') });
    await onward(progress, stages, stages);
    deps.looked();
    return found as unknown as Document;
  };
}

/** Ends when the process is stopped or another one has taken over, but not when somebody asks for an end. */
async function onward(progress: Progress, done: number, total: number): Promise<void> {
  await progress(done, total).catch((thrown: unknown) => {
    if ((thrown as { why?: string }).why !== 'cancel') throw thrown;
  });
}
