/**
 * Taking several changes back, on a real database: of a run, of chosen events, of a version of a mapping, and of an undo. Several changes of one
 * record, changes since and in between, more records than a plan looks at, a death in between.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ownershipOf } from '../../src/cdc/sources.js';
import { canonicalTopic } from '../../src/log/change-log.js';
import * as jobs from '../../src/store/jobs.js';
import * as journal from '../../src/store/journal.js';
import * as rows from '../../src/store/rows.js';
import * as reads from '../../src/store/undo-reads.js';
import type { UndoSelection } from '../../src/store/undo-reads.js';
import * as records from '../../src/store/undo-records.js';
import type { UndoPlan } from '../../src/sync/undo-plan.js';
import { systemClock } from '../../src/base/clock.js';
import { makeUndo, undoWork, type Undo, type UndoDeps } from '../../src/sync/undo.js';
import { openTwoWayHub, type TwoWayHub } from './two-way-hub.js';

let hub: TwoWayHub;
let deps: UndoDeps;
let undo: Undo;
beforeAll(async () => {
  hub = await openTwoWayHub();
  const { database, log, configuration } = hub;
  await database.query(`insert into system (id, key, connector, name) select 'sys_' || k, k, 'test', k from unnest('{till,shop}'::text[]) k`); // prettier-ignore
  await database.query(`insert into flow (id, key, name, entity, source, target, state) values ('flw_1', 'till-customer', 'Customers', 'customer', 'till', 'shop', 'ENABLED')`); // prettier-ignore
  deps = { database, reads, records, rows, journal, jobs, log, canonicalTopic, configuration, ownershipOf, clock: systemClock, changed: () => undefined, jobMade: () => undefined, portion: 2 }; // prettier-ignore
  undo = makeUndo(deps);
});
afterAll(() => hub.close());
/** Customers of one test. */
let prefix = 0;
beforeEach(() => void prefix++);

const idOf = (n: number): string => `${prefix}-${n}`;
const emailOf = (n: number): string => `c${idOf(n)}@example.com`;
/** The till shows these customers with these telephone numbers. */
const call = (phones: Readonly<Record<number, string | null>>): Promise<void> =>
  hub.take(
    'customers',
    Object.entries(phones).map(([n, phone]) => {
      const document = { email: emailOf(Number(n)), fullName: `Ann ${idOf(Number(n))}` };
      return { id: idOf(Number(n)), document: phone === null ? { ...document, cleared: ['phone'] } : { ...document, phone } };
    }),
  ); // prettier-ignore
async function phones(count: number): Promise<readonly unknown[]> {
  const found = await hub.database.query<{ email: string; phone: string | null }>(
    'select email, phone from customer where email = any($1)',
    [Array.from({ length: count }, (_, n) => emailOf(n))],
  );
  return Array.from({ length: count }, (_, n) => found.find(({ email }) => email === emailOf(n))?.phone);
}
/** What the till shows in `work` comes in with one run. */
async function runOf(work: () => Promise<void>): Promise<UndoSelection> {
  const id = `run_${prefix}`;
  await hub.database.query(`insert into flow_run (id, flow, trigger, status, started_at) values ($1, 'till-customer', 'SCHEDULE', 'RUNNING', clock_timestamp())`, [id]); // prettier-ignore
  await work();
  await hub.database.query(`update flow_run set finished_at = clock_timestamp(), status = 'SUCCEEDED' where id = $1`, [id]); // prettier-ignore
  return { of: 'run', id };
}
/** Ids of the changes of a customer, the oldest first. */
const changesOf = async (n: number): Promise<readonly string[]> =>
  (
    await hub.database.query<{ id: string }>(
      `select 'evt_' || position as id from journal where step = 'applied' and canonical_id = (select id from customer where email = $1) order by position`,
      [emailOf(n)],
    )
  ).map(({ id }) => id);
const planOf = async (selection: UndoSelection): Promise<UndoPlan> => (await undo.plan(selection))!;
async function start(selection: UndoSelection, { planHash }: Pick<UndoPlan, 'planHash'>, by = undo) {
  return (await by.start(selection, { planHash, by: 'usr_1', reason: 'an import went wrong' })).job;
}
/** Does the work of a job, as a runner would; `dies`: the process is gone when the job has told so often how far it is. */
async function work(job: string, dies = Infinity, by = deps): Promise<unknown> {
  let told = 0;
  const progress = (): Promise<void> => {
    if (++told > dies) throw new Error('died');
    return Promise.resolve();
  };
  const result = await undoWork(by)((await jobs.findJob(hub.database, job))!, progress);
  await hub.database.query(`update job set status = 'SUCCEEDED', finished_at = clock_timestamp() where id = $1`, [job]);
  return result;
}
const undoAll = async (selection: UndoSelection): Promise<UndoSelection> => {
  const job = await start(selection, await planOf(selection));
  await work(job);
  return { of: 'job', id: job };
};

describe('a run that brought wrong changes in', () => {
  it('is taken back to what each record held before the first of them, and leaves alone what was changed since', async () => {
    await call({ 0: '1', 1: '1', 2: '1', 3: '1', 4: null });
    const run = await runOf(async () => {
      await call({ 0: '2', 1: '2', 2: '2', 4: '2' });
      await call({ 0: '3', 2: '1' });
      await call({ 0: '4', 5: '4' });
    });
    await call({ 1: '9' });
    const plan = await planOf(run);
    expect(plan.records).toEqual({ total: 5, judged: 5, reverse: 2, changedSince: 1, irreversible: 1, unchanged: 1 });
    expect(plan).toMatchObject({ reversible: 2, changedSince: 1, irreversible: 0, warnings: [] });
    expect(plan.reasons).toEqual([{ message: expect.stringMatching(/^This made the record/), records: 1 }]);
    expect(plan.items).toContainEqual(
      expect.objectContaining({ verdict: 'reverse', changeCount: 3, fields: [expect.objectContaining({ field: 'phone', now: '4', former: '1' })] }),
    ); // prettier-ignore
    const job = await start(run, plan);
    expect(await work(job)).toEqual({ succeeded: 2, failed: 0, skipped: 0 });
    expect(await phones(6)).toEqual(['1', '9', '1', '1', null, '4']);
    const [told] = await hub.database.query(
      `select count(*)::int as count, bool_and(approved_at is not null and state = 'pending') as "isApproved" from projection p join customer c on c.id = p.canonical_id where c.email = any($1)`,
      [[emailOf(0), emailOf(4)]],
    );
    expect(told).toEqual({ count: 2, isApproved: true });
    const [noted] = await hub.database.query(`select outcome, detail from journal where detail ->> 'job' = $1 order by position limit 1`, [job]); // prettier-ignore
    expect(noted).toMatchObject({ outcome: 'undone', detail: { fields: ['phone'], by: 'usr_1', reason: 'an import went wrong' } }); // prettier-ignore
  });

  it('is put back as it was by an undo of the undo, and that once more', async () => {
    await call({ 0: '1', 1: '1' });
    const run = await runOf(() => call({ 0: '2', 1: '2' }));
    const undone = await undoAll(run);
    expect(await phones(2)).toEqual(['1', '1']);
    expect((await planOf(run)).records).toMatchObject({ total: 2, reverse: 0, changedSince: 2 });
    const again = await undoAll(undone);
    expect(await phones(2)).toEqual(['2', '2']);
    await undoAll(again);
    expect(await phones(2)).toEqual(['1', '1']);
  });

  it('cannot be taken back while it goes on, nor when there is none', async () => {
    await hub.database.query(`insert into flow_run (id, flow, trigger, status, started_at) values ('run_open', 'till-customer', 'SCHEDULE', 'RUNNING', clock_timestamp())`); // prettier-ignore
    expect(await undo.plan({ of: 'run', id: 'run_open' })).toBeNull();
    expect(await undo.about({ of: 'run', id: 'run_none' })).toBeNull();
  });
});

describe('chosen changes of one record', () => {
  it('go back only as far as nobody else has changed it in between', async () => {
    for (const phone of ['1', '2', '3', '4']) await call({ 0: phone });
    const [, first, between, last] = await changesOf(0);
    const around = await planOf({ of: 'events', ids: [first!, last!] });
    expect(around.items).toEqual([
      expect.objectContaining({ verdict: 'reverse', message: expect.stringMatching(/in between/), fields: [expect.objectContaining({ now: '4', former: '3' })] }), // prettier-ignore
    ]);
    const all: UndoSelection = { of: 'events', ids: [last!, first!, between!] };
    const [record] = (await undo.about(all))!.samples;
    const found: UndoSelection = { of: 'filter', filter: { entityId: { eq: record! } } };
    expect((await planOf(found)).records).toMatchObject({ total: 1, irreversible: 1 });
    await undoAll(all);
    expect(await phones(1)).toEqual(['1']);
    expect((await undo.about({ of: 'events', ids: [first!, 'evt_999999999'] }))!.missing).toEqual(['evt_999999999']);
  });
});

describe('what came in by a version of a mapping', () => {
  it('is taken back, with a warning while its rules are in use', async () => {
    await hub.database.query(`insert into mapping (id, key, connector, direction, record, entity, published_version) values ('map_1', 'test-in', 'test', 'inbound', 'any', 'product', 1)`); // prettier-ignore
    await call({ 0: '1' });
    await hub.database.query(`insert into mapping_version (mapping, version, definition, published_at) values ('test-in', 1, '{}', clock_timestamp())`); // prettier-ignore
    await call({ 0: '2' });
    const version: UndoSelection = { of: 'version', mapping: 'test-in', version: 1 };
    expect(await undo.plan({ ...version, version: 2 })).toBeNull();
    const plan = await planOf(version);
    expect(plan.records).toMatchObject({ total: 1, reverse: 1 });
    expect(plan.warnings).toEqual([expect.stringMatching(/still in use/)]);
    await undoAll(version);
    expect(await phones(1)).toEqual(['1']);
  });
});

describe('a plan', () => {
  it('is refused when something has changed since it was shown, and nothing is begun', async () => {
    await call({ 0: '1', 1: '1' });
    const run = await runOf(() => call({ 0: '2', 1: '2' }));
    const plan = await planOf(run);
    await call({ 1: '3' });
    await expect(start(run, plan)).rejects.toMatchObject({ code: 'UNDO_PLAN_OUTDATED' });
    const [left] = await hub.database.query(`select count(*)::int as count from job where input ->> 'name' is not null and status = 'QUEUED'`); // prettier-ignore
    expect(left).toEqual({ count: 0 });
  });

  it('is refused when nothing can be put back', async () => {
    await call({ 0: '1' });
    const run = await runOf(() => call({ 0: '2' }));
    await call({ 0: '3' });
    await expect(start(run, await planOf(run))).rejects.toMatchObject({ code: 'UNDO_NOTHING' });
  });

  it('says when there are more records than it looks at, and the job judges those', async () => {
    await call({ 0: '1', 1: '1', 2: '1', 3: '1', 4: '1' });
    const run = await runOf(() => call({ 0: '2', 1: '2', 2: '2', 3: '2', 4: '2', 5: '2' }));
    await call({ 4: '9' });
    const short = makeUndo({ ...deps, mostJudged: 2 });
    const plan = (await short.plan(run))!;
    expect(plan.records).toMatchObject({ total: 6, judged: 2, reverse: 2 });
    expect(await work(await start(run, plan, short))).toEqual({ succeeded: 4, failed: 0, skipped: 1 });
    expect(await phones(6)).toEqual(['1', '1', '1', '1', '9', '2']);
  });
});

describe('the job', () => {
  it('leaves alone what was changed after it was started', async () => {
    await call({ 0: '1', 1: '1' });
    const run = await runOf(() => call({ 0: '2', 1: '2' }));
    const job = await start(run, await planOf(run));
    await call({ 1: '3' });
    expect(await work(job)).toEqual({ succeeded: 1, failed: 0, skipped: 1 });
    expect(await phones(2)).toEqual(['1', '3']);
  });

  it('goes on after a death in between, and puts nothing back twice', async () => {
    const all = (phone: string) => ({ 0: phone, 1: phone, 2: phone, 3: phone, 4: phone });
    await call(all('1'));
    const run = await runOf(() => call(all('2')));
    const job = await start(run, await planOf(run));
    await expect(work(job, 2)).rejects.toThrow('died');
    expect((await phones(5)).filter((phone) => phone === '1')).toHaveLength(4);
    expect(await records.countUndoRecords(hub.database, job)).toEqual({ total: 5, done: 4, putBack: 4 });
    // Somebody goes on with one that is done: the job does not touch it again.
    await call({ 0: '7' });
    expect(await work(job)).toEqual({ succeeded: 5, failed: 0, skipped: 0 });
    expect(await phones(5)).toEqual(['7', '1', '1', '1', '1']);
    const undone = await hub.database.query(`select canonical_id from journal where detail ->> 'job' = $1`, [job]);
    expect(new Set(undone.map((row) => row['canonical_id'])).size).toBe(undone.length);
    expect(undone).toHaveLength(5);
  });
});

describe('a plan that takes long', () => {
  it('shows what it comes to in time, and what is started is what was shown, however much time there is then', async () => {
    await call({ 0: '1', 1: '1', 2: '1', 3: '1', 4: '1' });
    const run = await runOf(() => call({ 0: '2', 1: '2', 2: '2', 3: '2', 4: '2' }));
    const hurried = makeUndo({ ...deps, pageSize: 2, planWithinMs: 0 });
    const plan = (await hurried.plan(run))!;
    expect(plan.records).toMatchObject({ total: 5, judged: 2, reverse: 2 });
    const again = makeUndo({ ...deps, pageSize: 2 });
    expect((await again.plan(run))!.records).toMatchObject({ judged: 5 });
    await expect(start(run, { ...plan, planHash: plan.planHash.replace('2:', '4:') }, again)).rejects.toMatchObject({ code: 'UNDO_PLAN_OUTDATED' }); // prettier-ignore
    expect(await work(await start(run, plan, again))).toEqual({ succeeded: 5, failed: 0, skipped: 0 });
    expect(await phones(5)).toEqual(['1', '1', '1', '1', '1']);
  });

  it('is looked at once more by the job when a request has no time for it, before anything is put back', async () => {
    const paged = { ...deps, pageSize: 2 };
    const [patient, hurried] = [makeUndo(paged), makeUndo({ ...paged, startWithinMs: 0 })];
    await call({ 0: '1', 1: '1', 2: '1', 3: '1', 4: '1' });
    const run = await runOf(() => call({ 0: '2', 1: '2', 2: '2', 3: '2', 4: '2' }));
    const plan = (await patient.plan(run))!;
    const [outdated, begun] = [await start(run, plan, hurried), await start(run, plan, hurried)];
    expect(await records.countUndoRecords(hub.database, begun)).toMatchObject({ total: 0 });
    // It dies while it looks, and another one looks from the beginning.
    await expect(work(begun, 0, paged)).rejects.toThrow('died');
    expect(await work(begun, Infinity, paged)).toEqual({ succeeded: 5, failed: 0, skipped: 0 });
    expect(await phones(5)).toEqual(['1', '1', '1', '1', '1']);
    await expect(work(outdated, Infinity, paged)).rejects.toMatchObject({ code: 'UNDO_PLAN_OUTDATED' });
    expect(await records.countUndoRecords(hub.database, outdated)).toMatchObject({ total: 0 });
  });

  it('is not begun at all when what could be looked at in time shows that nothing can be put back', async () => {
    await call({ 0: '1' });
    const run = await runOf(() => call({ 0: '2' }));
    await call({ 0: '3' });
    const hurried = makeUndo({ ...deps, startWithinMs: 0 });
    await expect(start(run, await planOf(run), hurried)).rejects.toMatchObject({ code: 'UNDO_NOTHING' });
  });
});
