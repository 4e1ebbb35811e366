/** Sending again over the API of a real hub: what comes of it is looked for in the shop's own data. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openOperatedHub, type Answer, type OperatedHub } from '../support/operated-hub.js';
import { until } from '../support/wait.js';

let world: OperatedHub;
beforeAll(async () => {
  world = await openOperatedHub();
}, 120_000);
afterAll(() => world.close(), 60_000);

/** As somebody in the shop would, while the hub does not read the shop. */
async function rename(external: string): Promise<string> {
  const before = await world.nameOf(external);
  await world.shop('PATCH', `/products/${external}`, { name: `Spoilt ${external}` });
  return before;
}
/** The hub does not read the shop any more, so that it notices nothing by itself. */
const look = (state: 'running' | 'stopped') =>
  world.stage.ask(
    `update capture_position set state = $1, stopped_code = 'TEST', stopped_message = 'test' where system = 'softmaat'`,
    [state],
  );

/** Variants of which no two belong to one product, because products are what the flow sends. */
const ofDifferentProducts = () =>
  world.stage.ask<{ id: string; external: string }>(
    `select distinct on (v.product_id) v.id, r.external_id as external
     from variant v join external_reference r on r.canonical_id = v.id and r.entity = 'variant'
     where r.system = 'softmaat' and r.external_id not like 'key:%' order by v.product_id`,
  );

describe('sending again', () => {
  it('puts right what the hub could not notice, of the records that are named and no others; a plan does nothing', async () => {
    await look('stopped');
    const [first, second, third] = await ofDifferentProducts();
    const names = [await rename(first!.external), await rename(second!.external), await rename(third!.external)];
    const flow = await world.flowOf('PRODUCT');
    const input = { id: flow['id'], selection: { entityIds: [first!.id, second!.id] }, name: 'after the fire' };
    const shape = 'job { id } plan { count { value } known { value } warnings }';
    const planned = await world.mutate('flowBackfill', { ...input, isDryRun: true }, shape);
    expect(planned).toMatchObject({ job: null, plan: { count: { value: 2 }, warnings: [] }, userErrors: [] });
    const [before] = await world.stage.ask<{ n: number }>('select count(*)::int as n from job');
    expect(before!.n).toBe(0);

    const started = await world.mutate('flowBackfill', { ...input, idempotencyKey: 'once' }, shape);
    const again = await world.mutate('flowBackfill', { ...input, idempotencyKey: 'once' }, shape);
    expect(again['job']).toEqual(started['job']);
    const job = await world.ended(started['job'].id as string);
    expect(job).toMatchObject({
      kind: 'BACKFILL',
      status: 'SUCCEEDED',
      name: 'after the fire',
      done: 2,
      total: 2,
      failed: 0,
    });
    expect(job['succeeded']).toBeGreaterThanOrEqual(2);
    expect([await world.nameOf(first!.external), await world.nameOf(second!.external)]).toEqual(names.slice(0, 2));
    expect(await world.nameOf(third!.external)).toBe(`Spoilt ${third!.external}`);

    const all = await world.mutate('flowBackfill', { id: flow['id'], selection: { all: true } }, shape);
    expect(await world.ended(all['job'].id as string)).toMatchObject({ status: 'SUCCEEDED', failed: 0 });
    expect(await world.nameOf(third!.external)).toBe(names[2]);
    const [ledger] = await world.stage.ask<{ n: number }>(
      `select count(*)::int as n from audit where action = 'flowBackfill'`,
    );
    expect(ledger!.n).toBe(2);
  }, 90_000);

  it('since a moment means what the hub has changed since, and by ids of the source what that calls so', async () => {
    const flow = await world.flowOf('PRODUCT');
    const count = async (selection: object): Promise<number> =>
      (await world.mutate('flowBackfill', { id: flow['id'], selection, isDryRun: true }, 'plan { count { value } }'))[
        'plan'
      ].count.value as number;
    expect(await count({ changedSince: new Date(Date.now() + 60_000).toISOString() })).toBe(0);
    expect(await count({ changedSince: '2020-01-01T00:00:00Z' })).toBe(await count({ all: true }));
    const [one] = await world.stage.ask<{ external: string }>(
      `select external_id as external from external_reference where system = 'mpluskassa' and entity = 'product' and origin = 'INGESTED' limit 1`,
    );
    expect(await count({ externalIds: [one!.external, 'nothing'] })).toBe(1);
    const refused = await world.mutate('flowBackfill', { id: flow['id'], selection: { entityIds: [] } }, 'job { id }');
    expect(refused['userErrors']).toMatchObject([{ code: 'BLANK', field: ['input', 'selection'] }]);
  });

  it('can be cancelled, and says how far it came', async () => {
    const [system] = await world.stage.ask<{ id: string }>(`select id from system where key = 'softmaat'`);
    await world.mutate('systemPause', { id: system!.id }, 'system { status }');
    const flow = await world.flowOf('PRODUCT');
    const shape = 'job { id } plan { warnings }';
    const started = await world.mutate('flowBackfill', { id: flow['id'], selection: { all: true } }, shape);
    expect(started['plan'].warnings).toEqual([expect.stringContaining('is paused')]);
    const id = started['job'].id as string;
    await until(
      async () => (await world.stage.ask(`select 1 from job where id = $1 and status = 'RUNNING'`, [id])).length > 0,
      { what: 'the job to run' },
    );
    await world.mutate('jobCancel', { id }, 'job { status }');
    expect(await world.ended(id)).toMatchObject({ status: 'CANCELLED', done: 0 });
    await world.mutate('systemResume', { id: system!.id }, 'system { status }');
    await world.settled();
  }, 60_000);

  it('takes a record in again as its source showed it last, and compares it with the target', async () => {
    const [, one] = await world.inBoth('variant');
    const before = await rename(one!.external);
    const [product] = await world.stage.ask<{ id: string; name: string }>(
      `select p.id, p.name from product p join variant v on v.product_id = p.id where v.id = $1`,
      [one!.id],
    );
    await world.stage.ask(`update product set name = 'Wrong in the hub' where id = $1`, [product!.id]);
    const started = await world.mutate('entityResync', { entityIds: [one!.id, product!.id] }, 'job { id kind }');
    expect(started).toMatchObject({ job: { kind: 'REPLAY' }, userErrors: [] });
    expect(await world.ended(started['job'].id as string)).toMatchObject({ status: 'SUCCEEDED', failed: 0 });
    const [after] = await world.stage.ask<{ name: string }>('select name from product where id = $1', [product!.id]);
    expect(after!.name).toBe(product!.name);
    expect(await world.nameOf(one!.external)).toBe(before);
    const unknown = await world.mutate('entityResync', { entityIds: ['prd_none'] }, 'job { id }');
    expect(unknown['userErrors']).toMatchObject([{ code: 'NOT_FOUND', field: ['input', 'entityIds'] }]);
  }, 60_000);

  it('is refused for more systems than it takes, and for none, instead of leaving some or all of them out', async () => {
    const [one] = await world.inBoth('variant');
    const [shop] = await world.stage.ask<{ id: string }>(`select id from system where key = 'softmaat'`);
    const asked = (systemIds: string[]) =>
      world.mutate('entityResync', { entityIds: [one!.id], systemIds }, 'job { id }');
    for (const [systemIds, code, message] of [
      [Array.from({ length: 101 }, (_, i) => `sys_${i}`), 'TOO_MANY', 'Name at most 100 systems.'],
      [[], 'BLANK', 'Name at least one system, or leave it out for all.'],
      [[shop!.id, 'sys_none'], 'NOT_FOUND', 'There is no system sys_none.'],
    ] as const)
      expect(await asked([...systemIds])).toMatchObject({ job: null, userErrors: [{ code, message, field: ['input', 'systemIds'] }] }); // prettier-ignore
    const many = await asked(Array.from({ length: 200 }, () => shop!.id));
    expect(many).toMatchObject({ userErrors: [] });
    expect(await world.ended(many['job'].id as string)).toMatchObject({ status: 'SUCCEEDED', failed: 0 });
    const [stored] = await world.stage.ask(`select input -> 'targets' as targets from job where id = $1`, [many['job'].id as string]); // prettier-ignore
    expect(stored).toEqual({ targets: ['softmaat'] });
  }, 60_000);

  it('goes the way of an event again, also when that had succeeded', async () => {
    const [one] = await world.inBoth('variant');
    const before = await rename(one!.external);
    const { syncEvents } = await world.hub.graphql<{ syncEvents: { nodes: Answer[] } }>(
      `query ($filter: SyncEventFilter) { syncEvents(first: 100, filter: $filter) { nodes { id action target { key } } } }`,
      { filter: { entityId: { eq: one!.id }, action: ['CREATE', 'UPDATE'] } },
    );
    const event = syncEvents.nodes.find(({ target }) => target?.key === 'softmaat')!;
    const shape = 'event { id } job { id } preview { operation result }';
    const dry = await world.mutate('syncEventReplay', { id: event['id'], isDryRun: true }, shape);
    expect(dry).toMatchObject({ event: { id: event['id'] }, job: null, userErrors: [] });
    expect(dry['preview'].result).toMatchObject({ name: before });
    const started = await world.mutate('syncEventReplay', { id: event['id'] }, shape);
    expect(started).toMatchObject({ event: { id: event['id'] }, preview: null, userErrors: [] });
    expect(await world.ended(started['job'].id as string)).toMatchObject({ status: 'SUCCEEDED', failed: 0 });
    expect(await world.nameOf(one!.external)).toBe(before);
  }, 60_000);
});
