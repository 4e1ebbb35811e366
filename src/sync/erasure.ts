/**
 * Erasing a customer, and what the hub holds of one. In: a customer, and whether the systems are told, too. Out: first a plan, made
 * by doing it in a transaction that is taken back; then a job. From its first moment on the hub learns nothing of him any more;
 * systems are told a placeholder by the ordinary writes; then one transaction takes him out of every store. A job that dies
 * begins anew and comes to the same end.
 */
import { contentHash } from '../base/content-hash.js';
import type { Clock } from '../base/clock.js';
import type { Document, Json } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import type { Database, Query, Tx } from '../store/database.js';
import type { ToldRow } from '../store/erasure-records.js';
import type { Job } from '../store/jobs.js';
import type { ConfigurationSource } from './configuration.js';
import { logKeysOf, makeErasePerson, type ErasePersonDeps, type StoreCount } from './erase-person.js';
import type { Progress } from './impact.js';
import type { JobHandler } from './jobs.js';

export type ErasureReach = 'HUB_ONLY' | 'HUB_AND_SYSTEMS';

export interface ErasureDeps extends ErasePersonDeps {
  readonly database: Database;
  readonly configuration: ConfigurationSource;
  readonly looks: Pick<typeof import('../store/projection-looks.js'), 'lookAt'>;
  readonly jobs: Pick<typeof import('../store/jobs.js'), 'createJob'>;
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
  /** What the hub said of the state there, when it could not be told. */
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
        const { ids, customer, orders } = await personIn(deps, tx, customerId);
        await lookAtCustomer(deps, tx, customerId);
        const told = await deps.scrub.toldRows(tx, customerId);
        const stores = await erase(tx, deps.configuration.current(), ids);
        const systems = told.filter(isOwnRecord).map((row) => expected(row, reach));
        const { number, companyName, fullName, lastName } = customer.fields;
        const names = [number, companyName ?? fullName ?? lastName].filter((name) => typeof name === 'string');
        const states = orders.map(({ fields, version, id }) => ({ id, version, status: fields['status'] ?? null }));
        throw new TakenBack({
          ...{ customerId, reach, stores, systems, isLogInKafka: deps.isLogInKafka },
          planHash: contentHash({ customerId, reach, version: customer.version, orders: states, systems } as unknown as Json),
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
      const { ids } = await personIn(deps, deps.database, customerId);
      const references = await deps.store.referencesOf(deps.database, [customerId, ...ids.orderIds]);
      const keys = logKeysOf(deps.configuration.current(), deps, references);
      return deps.documents.personDocuments(deps.database, ids, deps.canonicalTopic, keys);
    },
  };
} // prettier-ignore

/** Makes what is told of the customer due, also where nothing was told until now. */
const lookAtCustomer = ({ looks, clock }: ErasureDeps, tx: Tx, id: string): Promise<unknown> =>
  looks.lookAt(tx, [{ event: { entity: 'customer', id }, traceId: newId('trace'), at: clock.now() }]);

/** A company's contact is told with the company. */
const isOwnRecord = ({ entity }: ToldRow): boolean => entity === 'customer';
const restful: ReadonlySet<string> = new Set(['none', 'excluded', 'paused', 'held']);

function expected({ target, externalId, state, reason, isShared }: ToldRow, reach: ErasureReach): SystemOutcome {
  const about = { system: target, externalId };
  if (reach === 'HUB_ONLY') return { ...about, outcome: 'LEFT', reason: null };
  if (isShared) return { ...about, outcome: 'SHARED', reason: null };
  return restful.has(state) ? { ...about, outcome: 'BY_HAND', reason } : { ...about, outcome: 'TOLD', reason: null };
}

async function personIn({ rows, store }: ErasureDeps, query: Query, customerId: string) {
  const [customer] = await rows.loadRows(query, 'customer', [customerId]);
  if (customer === undefined) throw new KoppelError('CUSTOMER_UNKNOWN', { id: customerId });
  const { email } = customer.fields;
  const orderIds = await store.ordersOfPerson(query, customerId, typeof email === 'string' ? email : null);
  return { customer, orders: await rows.loadRows(query, 'order', orderIds), ids: { customerId, orderIds } };
}

/** The work of a job of the kind ERASURE. Once it has begun it is not cancelled: half of it would be neither one nor the other. */
export function erasureWork(deps: ErasureDeps): JobHandler {
  const erase = makeErasePerson(deps);
  const { database, store, scrub, patienceMs = 60_000 } = deps;
  const stages = 3;

  const mark = (job: Job, customerId: string, reach: ErasureReach): Promise<void> =>
    database.tx(async (tx) => {
      await store.lockErasures(tx);
      const { ids } = await personIn(deps, tx, customerId);
      const references = await store.referencesOf(tx, [customerId, ...ids.orderIds]);
      await store.markErased(tx, { customerId, reach, job: job.id }, references);
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
      return isTold ? { ...plan, outcome: 'TOLD', reason: null } : { ...plan, outcome: 'BY_HAND', reason: row.reason };
    });
  }; // prettier-ignore

  const remove = (customerId: string, reach: ErasureReach, systems: readonly SystemOutcome[]) =>
    database.tx(async (tx): Promise<ErasureReport | readonly string[]> => {
      await store.lockErasures(tx);
      const { ids } = await personIn(deps, tx, customerId);
      const busy = await scrub.writesUnderWay(tx, [customerId, ...ids.orderIds]);
      if (busy.length > 0) return busy;
      const stores = await erase(tx, deps.configuration.current(), ids);
      const report: ErasureReport = { customerId, reach, stores, systems, isLogInKafka: deps.isLogInKafka };
      await store.setErased(tx, customerId, report as unknown as Document);
      return report;
    });

  return async (job, progress) => {
    const { customerId, reach } = job.input as unknown as { customerId: string; reach: ErasureReach };
    await progress(0, stages);
    await mark(job, customerId, reach);
    const known = await store.erasureReport(database, customerId, job.id);
    if (known !== null) return known;
    const systems = await tell(customerId, reach, () => onward(progress, 1, stages));
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
