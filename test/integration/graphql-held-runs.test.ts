/** Runs that the write guard holds, over the API: what is shown to whom, who may end them, and the limits among the settings. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as guard from '../../src/store/write-holds.js';
import { makeHeldRuns, type HeldRuns } from '../../src/sync/held-runs.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';

let world: GraphWorld;
let heldRuns: HeldRuns;
beforeAll(async () => {
  world = await openGraphWorld({ commands: { heldRuns: { end: (run, how) => heldRuns.end(run, how) } } });
  heldRuns = makeHeldRuns({ database: world.database, store: guard, released: () => undefined });
  await fillCatalogue(world.database, 2);
  const sample = (entity: string) => ({ entity, canonicalId: 'x', harm: 'blanked', label: 'Sofie', changes: [{ path: 'name', item: null, before: 'Sofie', after: '' }] }); // prettier-ignore
  await world.database.query(
    `insert into flow_run (id, flow, trigger, status, started_at, finished_at) select 'run_held', key, 'SCHEDULE', 'HELD', now(), now() from flow where id = 'flw_A'`,
  );
  await world.database.query(
    `insert into write_hold (flow, run, records, percent, samples) select key, 'run_held', 20, 5, $1 from flow where id = 'flw_A'`,
    [JSON.stringify([sample('product'), sample('customer')])],
  );
  await world.database.query(
    `insert into projection (target, entity, canonical_id, flow, state, reason, reason_code)
     select target, 'customer', 'cus_' || n, key, 'held', 'because', case when n < 3 then 'HELD_BLANKED' else 'HELD_ENDED' end from flow, generate_series(1, 3) n where id = 'flw_A'`,
  );
}, 60_000);
afterAll(() => world.close());

const hold = 'hold { reason affectedCount affected { kind count } samples { entityType label kind changes { path before after } } ending note }'; // prettier-ignore
const shownTo = async (key?: string, language = 'en') => {
  const { body } = await world.post(JSON.stringify({ query: `{ flow(id: "flw_A") { heldRun { id status ${hold} } } }` }), {
    'accept-language': language,
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  }); // prettier-ignore
  return (body as { data: { flow: { heldRun: Record<string, any> | null } } }).data.flow.heldRun; // eslint-disable-line @typescript-eslint/no-explicit-any
};
const release = async (input: object, key?: string) => {
  const { body } = await world.ask(
    `mutation ($input: FlowRunReleaseInput!) { flowRunRelease(input: $input) { affectedCount run { status ${hold} } userErrors { code reason field message } } }`,
    { input },
    key,
  );
  return body as { data: { flowRunRelease: Record<string, unknown> } | null; errors?: readonly { extensions: { code: string } }[] }; // prettier-ignore
};

describe('a held run over the API', () => {
  it('is found by its flow, says how many of which kind it holds, and why in the language of the request', async () => {
    expect(await shownTo()).toMatchObject({
      id: 'run_held',
      status: 'HELD',
      hold: {
        reason: expect.stringContaining('More than 20 records, and more than 5 %'),
        affectedCount: 3,
        affected: [{ kind: 'ENDED', count: 1 }, { kind: 'BLANKED', count: 2 }],
        samples: [{ entityType: 'PRODUCT', label: 'Sofie' }, { entityType: 'CUSTOMER', label: 'Sofie', changes: [{ before: 'Sofie' }] }],
        ending: null,
      },
    }); // prettier-ignore
    expect((await shownTo(undefined, 'nl'))!['hold'].reason).toContain('Meer dan 20 records');
  });

  it('shows nobody who may not see people what their records hold', async () => {
    const key = await world.keyWith(['READ_OPERATIONS']);
    const found = await shownTo(key);
    expect(found!['hold'].samples).toMatchObject([
      { label: 'Sofie', changes: [{ before: 'Sofie' }] },
      { label: '•••', changes: [] },
    ]);
  });

  it('is ended by operators, not by viewers, once, and stands in the audit', async () => {
    const input = { runId: 'run_held', isApproved: false, reason: ' a mistake ' };
    expect((await release(input, await world.keyOf('VIEWER'))).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await release({ ...input, runId: 'run_none' })).data?.flowRunRelease).toMatchObject({ run: null, userErrors: [{ code: 'NOT_FOUND', field: ['input', 'runId'] }] }); // prettier-ignore
    const done = await release(input, await world.keyOf('OPERATOR'));
    expect(done.data?.flowRunRelease).toMatchObject({
      affectedCount: 3,
      userErrors: [],
      run: { status: 'CANCELLED', hold: { ending: 'DROPPED', note: 'a mistake', affectedCount: 3 } },
    });
    expect((await release(input)).data?.flowRunRelease).toMatchObject({ userErrors: [{ reason: 'HOLD_OVER' }] });
    expect(await shownTo()).toBeNull();
    const audit = await world.database.query(`select action, subject, detail ->> 'count' as count, detail ->> 'reason' as reason from audit where action like 'flowRun%'`); // prettier-ignore
    expect(audit).toEqual([{ action: 'flowRunDrop', subject: 'flw_A', count: '3', reason: 'a mistake' }]);
  });
});

describe('the limits of the guard', () => {
  it('have defaults, are checked, and go to the flow', async () => {
    const shown = await world.ask('{ flow(id: "flw_A") { settings { guard { isOn maxRecords maxPercent maxPriceFactor } } } }'); // prettier-ignore
    expect(shown.body.data).toEqual({ flow: { settings: { guard: { isOn: true, maxRecords: 20, maxPercent: 5, maxPriceFactor: '3' } } } }); // prettier-ignore
    const set = async (input: string) => {
      const { body } = await world.ask(`mutation { flowUpdate(input: { id: "flw_A", expectedVersion: 1, settings: { guard: { ${input} } } }) { userErrors { field } } }`); // prettier-ignore
      return (body.data as { flowUpdate: { userErrors: readonly { field: readonly string[] }[] } }).flowUpdate
        .userErrors;
    };
    for (const [wrong, field] of [
      ['maxRecords: -1', 'maxRecords'],
      ['maxPercent: 101', 'maxPercent'],
      ['maxPriceFactor: "1"', 'maxPriceFactor'],
      ['maxPriceFactor: "2,5"', 'maxPriceFactor'],
    ] as const)
      // prettier-ignore
      expect({ wrong, field: (await set(wrong)).map((error) => error.field.at(-1)) }).toEqual({ wrong, field: [field] });
    world.told.splice(0);
    expect(await set('maxRecords: 50, maxPriceFactor: "2.5"')).toEqual([]);
    expect(world.told.at(-1)).toContain('"guard":{"records":50,"priceFactor":"2.5"}');
  });
});
